import { KubernetesMinor } from './kubernetes-minor';
import { REMOVED_APIS } from './removed-apis-data';

/** When Kubernetes stops serving a kind under an API version. */
export interface ApiRemoval {
  /** The first minor that does not serve it, such as `1.25`. */
  readonly removedIn: string;
  /** API version and kind to use instead, of those that are still served in that minor; absent where Kubernetes names none. */
  readonly replacement?: string;
}

/** Where Kubernetes tells why and how to migrate. */
export const API_REMOVALS_URL = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

const BY_API: ReadonlyMap<string, { readonly removedIn: string; readonly replacement?: string }> = new Map(
  REMOVED_APIS.map(([apiVersion, kind, removedIn, replacement]) => [`${apiVersion} ${kind}`, { removedIn, replacement }]),
);

/** When Kubernetes stops serving an API; undefined for one that stays, or that is not one of Kubernetes's own. */
export function removalOf(apiVersion: string, kind: string): ApiRemoval | undefined {
  const removal = BY_API.get(`${apiVersion} ${kind}`);
  return removal && { removedIn: removal.removedIn, replacement: lastingReplacement(removal.replacement, removal.removedIn) };
}

/** What takes the place may have gone itself by then: then what takes the place of that. */
function lastingReplacement(replacement: string | undefined, minor: string): string | undefined {
  const next = replacement === undefined ? undefined : BY_API.get(replacement);
  return next && isGoneIn(KubernetesMinor.parse(minor), next.removedIn) ? lastingReplacement(next.replacement, minor) : replacement;
}

/** Whether a minor does not serve an API any more. */
export function isGoneIn(version: KubernetesMinor, removedIn: string): boolean {
  return !version.isOlderThan(KubernetesMinor.parse(removedIn));
}
