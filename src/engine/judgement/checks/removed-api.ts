import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { API_REMOVALS_URL, isGoneIn, replacementIn } from '../../kubernetes/removed-apis';
import { messages, Said } from '../../messages/message';
import { RemovedApiUse } from '../../state/app-objects';
import { aboutCluster, Check, unread } from '../check';

const says = messages({
  removed: { text: 'it applies {apis}, which Kubernetes {target} does not serve', remedy: 'change the manifest to {replacements}' },
  removedForGood: {
    text: 'it applies {apis}, which Kubernetes {target} does not serve',
    remedy: 'move it to a version of the API that Kubernetes {target} serves; remove it from the manifest only if there is none',
  },
  unread: unread('what the app applies to it'),
});

/**
 * What the app applies to the cluster must be served by the Kubernetes version that the control plane moves to.
 *
 * Objects that exist go on to exist, but a manifest with an API that is gone cannot be applied any more: it fails when it changes
 * next, weeks later, or in the next cluster. Looked at when the deployment moves the control plane on; for apps that only use a
 * cluster, a warning at synth says it.
 *
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export const removedApi: Check = {
  id: 'removed-api',
  severity: 'error',
  source: API_REMOVALS_URL,
  messages: says,
  *examine(change) {
    const { intent: { objects }, target, direction, isAboutVersion } = change;
    if (!isAboutVersion || direction === 'down') return;
    if (objects?.unread !== undefined) yield { about: aboutCluster(change), unknown: true, ...says.unread({ why: objects.unread }) };
    const gone = (objects?.removedApis ?? []).filter(({ removedIn }) => isGoneIn(target, removedIn));
    for (const construct of new Set(gone.map((use) => use.construct))) {
      const uses = gone.filter((use) => use.construct === construct);
      yield {
        about: { kind: 'manifest', name: construct },
        ...said(uses, target),
        details: uses.map(({ apiVersion, kind, name, removedIn }) =>
          `${apiVersion} ${kind}${name === undefined ? '' : ` ${name}`}: gone in ${removedIn}`),
      };
    }
  },
};

function said(uses: readonly RemovedApiUse[], target: KubernetesMinor): Said {
  const apis = [...new Set(uses.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))];
  const replacements = [...new Set(uses.flatMap(({ replacement }) => replacementIn(target, replacement) ?? []))];
  return replacements.length > 0 ? says.removed({ apis, target, replacements }) : says.removedForGood({ apis, target });
}
