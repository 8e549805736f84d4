import { HealthIssue } from './health-issue';
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
  /** The AMI release that runs; with a custom AMI its ID, or absent. */
  readonly releaseVersion?: string;
  /** Absent when EKS does not tell it. */
  readonly scaling?: NodeGroupScaling;
  /** Absent when EKS does not tell it. */
  readonly update?: NodeGroupUpdate;
  /** Absent without a launch template of the user's own. */
  readonly launchTemplate?: LaunchTemplateState;
  readonly subnetIds: readonly string[];
  /** ARN of the role of the nodes; absent when EKS does not tell it. */
  readonly roleArn?: string;
  /** Absent where the launch template decides. */
  readonly instanceTypes?: readonly string[];
  /** In GiB; absent where the launch template decides. */
  readonly diskSize?: number;
  /** `ON_DEMAND`, `SPOT` or `CAPACITY_BLOCK`; absent when EKS does not tell it. */
  readonly capacityType?: string;
  /** Absent without access by SSH, and where the launch template decides. */
  readonly sshAccess?: SshAccess;
  /** Names of its Auto Scaling groups; absent when EKS does not tell them. */
  readonly autoScalingGroups?: readonly string[];
  /** Kubernetes labels that EKS puts on the nodes; absent when EKS does not tell them. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Tags of the node group itself; absent when EKS does not tell them. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Absent when EKS does not tell them. */
  readonly taints?: readonly NodeGroupTaint[];
}

/** A taint that EKS puts on the nodes of a group. */
export interface NodeGroupTaint {
  readonly key?: string;
  readonly value?: string;
  /** `NO_SCHEDULE`, `NO_EXECUTE` or `PREFER_NO_SCHEDULE`. */
  readonly effect?: string;
}

/** How many nodes a node group has. */
export interface NodeGroupScaling {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/** How a node group is rolled: either a number or a percentage of nodes at once. */
export interface NodeGroupUpdate {
  readonly maxUnavailable?: number;
  readonly maxUnavailablePercentage?: number;
  /** `DEFAULT` launches new nodes first, `MINIMAL` terminates old ones first. */
  readonly strategy?: 'DEFAULT' | 'MINIMAL';
}

/** Who may log into the nodes. */
export interface SshAccess {
  /** Name of the key pair. */
  readonly keyName?: string;
  /** From where; none means from everywhere. */
  readonly securityGroupIds: readonly string[];
}

/** The launch template of a node group. */
export interface LaunchTemplateState {
  readonly id: string;
  readonly version: string;
}

/** Whether EKS is about to change the node group. */
export function isBeingChanged({ status }: NodeGroupState): boolean {
  return ['CREATING', 'UPDATING', 'DELETING'].includes(status);
}

/** AMI type of node groups whose launch template names the image. */
export const CUSTOM_AMI_TYPE = 'CUSTOM';

/** Whether the nodes run an AMI of the user's own, which EKS neither updates nor knows the versions of. */
export function hasCustomAmi({ amiType }: NodeGroupState): boolean {
  return amiType === CUSTOM_AMI_TYPE;
}

/** Whether its nodes are those of a Capacity Block: it has no more of them than were reserved. */
export function isInCapacityBlock({ capacityType }: Pick<NodeGroupState, 'capacityType'>): boolean {
  return capacityType === 'CAPACITY_BLOCK';
}

/** Whether its nodes run Windows, as far as its AMI type tells. */
export function runsWindows({ amiType }: Pick<NodeGroupState, 'amiType'>): boolean {
  return amiType.startsWith('WINDOWS');
}
