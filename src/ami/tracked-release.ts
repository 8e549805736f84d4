import { EksAmiType } from './eks-ami-type';

/**
 * The node group that asks for a release.
 */
export interface TrackedNodeGroup {
  /** AMI type; undefined when only a token is known of it. */
  readonly amiType?: EksAmiType;
  /** Kubernetes minor of the node group, possibly a token. */
  readonly kubernetesVersion: string;
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
