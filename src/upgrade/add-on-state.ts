import { HealthIssue } from './cluster-state';
import { Known } from './known';

/** What is known of an add-on that EKS manages. */
export interface AddOnState {
  /** Such as `vpc-cni`. */
  readonly name: string;
  /** The installed version, such as `v1.20.0-eksbuild.1`. */
  readonly version: string;
  /** As `DescribeAddon` tells it: `ACTIVE`, `UPDATING`, `DEGRADED`, … */
  readonly status: string;
  readonly healthIssues: readonly HealthIssue[];
  /** What EKS offers of the add-on. */
  readonly offers: Known<readonly AddOnOffer[]>;
}

/** The versions of an add-on that EKS offers for one Kubernetes version. A Kubernetes version without an entry was not asked for. */
export interface AddOnOffer {
  readonly kubernetesVersion: string;
  /** In no particular order; empty when the add-on is not offered. */
  readonly versions: readonly string[];
  /** The one that EKS installs when none is asked for; often not the newest. */
  readonly defaultVersion?: string;
}

/** What EKS offers for a Kubernetes version; undefined when that is not known. */
export function addOnOfferOf({ offers }: AddOnState, kubernetesVersion: string): AddOnOffer | undefined {
  return offers.known ? offers.value.find((offer) => offer.kubernetesVersion === kubernetesVersion) : undefined;
}
