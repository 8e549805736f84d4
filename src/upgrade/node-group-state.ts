import { HealthIssue } from './cluster-state';
import { Known } from './known';

/** What is known of a managed node group. */
export interface NodeGroupState {
  readonly name: string;
  /** As `DescribeNodegroup` tells it: `ACTIVE`, `UPDATING`, `DEGRADED`, … */
  readonly status: string;
  readonly healthIssues: readonly HealthIssue[];
  /** As EKS names it: `AL2023_x86_64_STANDARD`, …; `CUSTOM` when the launch template brings the AMI. */
  readonly amiType: string;
  /** The Kubernetes minor of the nodes; EKS does not know it of every custom AMI. */
  readonly version: Known<string>;
  /** The AMI release that runs; absent with a custom AMI. */
  readonly releaseVersion?: string;
  /** What EKS publishes for the AMI type; empty with a custom AMI. */
  readonly amiOffers: Known<readonly AmiOffer[]>;
}

/** What EKS publishes of an AMI type for one Kubernetes version. A version without an entry was not asked for. */
export interface AmiOffer {
  readonly kubernetesVersion: string;
  readonly published: boolean;
  /** The recommended release, where it was looked up. */
  readonly recommendedRelease?: string;
}

/** Whether the nodes run an AMI of the user's own, which EKS neither updates nor knows the versions of. */
export function hasCustomAmi({ amiType }: NodeGroupState): boolean {
  return amiType === 'CUSTOM';
}

/** What EKS publishes for a Kubernetes version; undefined when that is not known. */
export function amiOfferOf({ amiOffers }: NodeGroupState, kubernetesVersion: string): AmiOffer | undefined {
  return amiOffers.known ? amiOffers.value.find((offer) => offer.kubernetesVersion === kubernetesVersion) : undefined;
}
