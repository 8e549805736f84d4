import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppliedByConstruct } from './kubernetes-objects';
import { notes, warnings } from './messages';
import { behavioursOfObject } from './object-behaviours';
import { inform, warn } from '../diagnostics/annotations';
import { appObjectsOf } from '../engine/change/applied-objects';
import { behaviourChange, ChangedBehaviour } from '../engine/kubernetes/behaviour-changes';
import { controllerMisfit } from '../engine/kubernetes/controllers';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { API_REMOVALS_URL, isGoneIn, replacementIn } from '../engine/kubernetes/removed-apis';
import { AppObjects, ControllerUse, RemovedApiUse } from '../engine/state/app-objects';

/** What of a manifest or chart says something about Kubernetes versions. */
export interface Shown extends AppObjects {
  readonly construct: IConstruct;
  /** The custom resource that applies it. */
  readonly resource: CfnResource;
  readonly behaviours: ReadonlySet<ChangedBehaviour>;
}

export function shownBy(applied: AppliedByConstruct): Shown {
  const { construct, resource } = applied;
  return { construct, resource, ...appObjectsOf(construct.node.path, applied), behaviours: behavioursOf(applied) };
}

/** Says of a manifest or chart, on its construct, what does not fit the Kubernetes version that the app wants, or the next one. */
export function reportShown({ construct, removedApis, controllers, behaviours }: Shown, kubernetesVersion: string): void {
  const version = KubernetesMinor.parse(kubernetesVersion);
  reportRemovedApis(construct, removedApis, version);
  reportControllers(construct, controllers, version);
  behaviours.forEach((behaviour) => reportBehaviour(construct, behaviour, version));
}

function reportRemovedApis(construct: IConstruct, uses: readonly RemovedApiUse[], kubernetes: KubernetesMinor): void {
  const isNext = !uses.some(({ removedIn }) => isGoneIn(kubernetes, removedIn));
  const version = isNext ? kubernetes.plus(1) : kubernetes;
  const gone = uses.filter(({ removedIn }) => isGoneIn(version, removedIn));
  if (gone.length === 0) return;
  const said = gone.map((use) => describeUse(use, version));
  warn(construct, warnings.removedApi({ version, isNext, uses: said, source: API_REMOVALS_URL }));
}

function describeUse({ apiVersion, kind, name, removedIn, replacement }: RemovedApiUse, version: KubernetesMinor): string {
  const served = replacementIn(version, replacement);
  return `${apiVersion} ${kind}${name === undefined ? '' : ` '${name}'`}, gone in ${removedIn}, `
    + (served === undefined ? `for which no replacement is known: move it to a version that Kubernetes ${version} serves, if there is one` : `use ${served}`);
}

function reportControllers(construct: IConstruct, uses: readonly ControllerUse[], kubernetesVersion: KubernetesMinor): void {
  for (const { controller, version } of uses) {
    const misfit = controllerMisfit(controller, version, kubernetesVersion);
    if (misfit) {
      const { why, consequence, source, asOf } = misfit;
      warn(construct, warnings.controllerVersion({ controller, version, kubernetesVersion, why, consequence, source, asOf }));
    }
  }
}

/** Says what Kubernetes treats otherwise in a version. */
export function reportBehaviour(construct: IConstruct, behaviour: ChangedBehaviour, kubernetesVersion: KubernetesMinor): void {
  const change = behaviourChange(behaviour, kubernetesVersion);
  if (change !== undefined) inform(construct, notes.changedBehaviour({ change }));
}

function behavioursOf({ objects, chart }: AppliedByConstruct): ReadonlySet<ChangedBehaviour> {
  return new Set([
    ...objects.flatMap(behavioursOfObject), ...chart && /(^|\/)ingress-nginx$/.test(chart.name) ? ['ingress-nginx' as const] : [],
  ]);
}
