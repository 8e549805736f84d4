import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { EksAmiType } from '../engine/ami/eks-ami-type';

/**
 * The node group that asks for a release.
 */
export interface TrackedNodeGroup {
  /** AMI type; undefined when only a token is known of it. */
  readonly amiType?: EksAmiType;
  /** Kubernetes minor of the node group, possibly a token. */
  readonly kubernetesVersion: string;
  /** Whether one of them is the dummy of a look-up: then the release waits for it, and is a dummy itself. */
  readonly awaitsLookUp?: boolean;
}

/**
 * The answer to a {@link TrackedNodeGroup}.
 */
export interface TrackedRelease {
  /** Release version: a literal, a token, or the dummy value of a first look-up pass. */
  readonly releaseVersion: string;
  /** Key in `cdk.context.json`, where the release was looked up. */
  readonly contextKey?: string;
}

/** The release version where it is known: neither a token nor the dummy value of a first look-up pass. */
export function knownRelease({ amiType }: TrackedNodeGroup, { releaseVersion }: TrackedRelease): string | undefined {
  return isKnownAtSynth(releaseVersion) && amiType?.isRelease(releaseVersion) ? releaseVersion : undefined;
}

/** Where AWS describes a release; undefined where it is not known, and for AMI families that this library does not know. */
export function releaseNotesOf(group: TrackedNodeGroup, release: TrackedRelease): string | undefined {
  const known = knownRelease(group, release);
  return known === undefined ? undefined : group.amiType?.releaseNotesUrl(known);
}
