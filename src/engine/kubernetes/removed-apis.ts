import { KubernetesMinor } from './kubernetes-minor';
import { REMOVED_APIS } from './removed-apis-data';

/** When Kubernetes stops serving a kind under an API version. */
export interface ApiRemoval {
  /** The first minor that does not serve it, such as `1.25`. */
  readonly removedIn: string;
  /** API version and kind to use instead, which a later minor may not serve either; absent where none is known. */
  readonly replacement?: string;
}

/** Where Kubernetes tells why and how to migrate. */
export const API_REMOVALS_URL = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

const BY_API: ReadonlyMap<string, ApiRemoval> = new Map(
  REMOVED_APIS.map(([apiVersion, kind, removedIn, replacement]) => [`${apiVersion} ${kind}`, { removedIn, replacement }]),
);

/** When Kubernetes stops serving an API; undefined for one that stays, or that is not one of Kubernetes's own. */
export function removalOf(apiVersion: string, kind: string): ApiRemoval | undefined {
  return BY_API.get(`${apiVersion} ${kind}`);
}

/** A replacement that a minor serves: the one that is named or, if it is gone there itself, what takes the place of that. */
export function replacementIn(version: KubernetesMinor, replacement: string | undefined): string | undefined {
  const next = replacement === undefined ? undefined : BY_API.get(replacement);
  return next && isGoneIn(version, next.removedIn) ? replacementIn(version, next.replacement) : replacement;
}

/** Whether a minor does not serve an API any more. */
export function isGoneIn(version: KubernetesMinor, removedIn: string): boolean {
  return !version.isOlderThan(KubernetesMinor.parse(removedIn));
}
