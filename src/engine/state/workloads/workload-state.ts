import { BudgetState } from './budget-state';
import { CoreImage } from './core-image';
import { PodState } from './pod-state';
import { CustomResourceState, WebhookState } from './webhook-state';
import { Known } from '../known';

/**
 * What runs in a cluster, as far as it decides whether nodes can be replaced.
 *
 * Read from the Kubernetes API, and only when it is asked for. Plain data that survives JSON.
 */
export interface WorkloadState {
  readonly nodes: readonly NodeState[];
  /** Whether there may be nodes of no managed node group that are not among them: EC2 tells of the others only. @default false */
  readonly areNodesPartial?: boolean;
  readonly pods: readonly PodState[];
  readonly budgets: readonly BudgetState[];
  /** kube-proxy, VPC CNI and CoreDNS, as they run. */
  readonly coreImages?: readonly CoreImage[];
  /** How kube-proxy forwards, such as `iptables`, by the ConfigMap that EKS gives it; absent where that says nothing or may not be read. */
  readonly kubeProxyMode?: string;
  /** What runs the Ingress NGINX controller: `<namespace>/<owner>`. */
  readonly ingressNginx?: readonly string[];
  /** The Services with `externalIPs`: `<namespace>/<name>`. */
  readonly externalIpServices?: readonly string[];
  /** Webhooks that refuse what they cannot be asked about (`failurePolicy: Fail`). */
  readonly webhooks: Known<readonly WebhookState[]>;
  /** Kinds of custom resources of which objects are stored in versions that are no longer served. */
  readonly customResources: Known<readonly CustomResourceState[]>;
}

/** A node. */
export interface NodeState {
  readonly name: string;
  /** The managed node group that it belongs to; absent for others, such as Karpenter's. */
  readonly nodeGroup?: string;
  /** Its availability zone, such as `us-east-1a`. */
  readonly zone?: string;
  /** The version of its kubelet, such as `v1.36.2-eks-a1b2c3d`; absent where only EC2 tells of the node. */
  readonly kubelet?: string;
  /** What runs its containers, such as `containerd://2.1.4`; absent where only EC2 tells of the node. */
  readonly containerRuntime?: string;
  /** Who provides it, where that is no node group: `fargate`, `auto` or `hybrid`. */
  readonly computeType?: string;
}

/** Whether a node is one of Fargate: it is there for one pod, takes no other, and goes with it. */
export function isOfFargate({ computeType }: Pick<NodeState, 'computeType'>): boolean {
  return computeType === 'fargate';
}
