import { CORE_DNS, KUBE_PROXY, VPC_CNI } from '../add-on-names';

/** An image of what every node needs, as pods in kube-system run it: whoever installed it. */
export interface CoreImage {
  /** The add-on that EKS would make of it. */
  readonly addOn: CoreAddOn;
  /** What runs it, such as `DaemonSet kube-proxy`. */
  readonly workload: string;
  /** Such as `v1.36.2-eksbuild.1`; absent where the image has a digest alone. */
  readonly version?: string;
}

/** The add-ons that a cluster can have without EKS knowing of them. */
export type CoreAddOn = typeof KUBE_PROXY | typeof VPC_CNI | typeof CORE_DNS;
