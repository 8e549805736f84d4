import { Known } from './known';
import { SubnetState } from './subnet-state';

/**
 * The room that there is for the new nodes of node groups that are rolled, and how launching went of late.
 *
 * Plain data that survives JSON, read only where somebody asks for it. What AWS does not tell of it is unknown, which refuses nothing.
 */
export interface NodeRoom {
  /** The IP family of pods and services. */
  readonly ipFamily: 'ipv4' | 'ipv6';
  /** The subnets of the node groups. */
  readonly subnets: Known<readonly SubnetState[]>;
  /** What the instance types of the node groups are like. */
  readonly instanceTypes: Known<readonly InstanceTypeState[]>;
  /** In which zones EC2 offers these instance types. */
  readonly offerings: Known<readonly InstanceTypeOffering[]>;
  /** The quotas under which their instances fall. */
  readonly quotas: Known<readonly InstanceQuota[]>;
  /** By name, those that were asked for. */
  readonly nodeGroups: Readonly<Record<string, NodeGroupRoom>>;
}

/** What is known of a node group beyond what EKS describes. */
export interface NodeGroupRoom {
  /** Its last update; nothing when it had none. */
  readonly lastUpdate: Known<NodeGroupUpdateRecord | undefined>;
  /** The last launches of its Auto Scaling groups that have ended, newest first. */
  readonly launches: Known<readonly Launch[]>;
  /** The processes of these groups that somebody has suspended, such as `Launch`. */
  readonly suspended: Known<readonly SuspendedProcess[]>;
  /** The version of its launch template; nothing when EC2 has no such version. Absent without a launch template of the user's own. */
  readonly launchTemplate?: Known<LaunchTemplateVersion | undefined>;
  /** The access entry of its role; nothing when there is none. Absent where something else than access entries can let nodes in. */
  readonly accessEntry?: Known<AccessEntryState | undefined>;
}

/** An update of a node group. */
export interface NodeGroupUpdateRecord {
  /** As `DescribeUpdate` tells it: `VersionUpdate`, `ConfigUpdate`. */
  readonly type: string;
  /** `Successful`, `Failed`, … */
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Why it failed, in EKS's words, and what is concerned. */
  readonly errors: readonly UpdateFailure[];
}

/** Why an update failed. */
export interface UpdateFailure {
  readonly code: string;
  readonly message: string;
  /** Instances, nodes or pods. */
  readonly resourceIds: readonly string[];
}

/** A launch of instances that has ended. */
export interface Launch {
  readonly successful: boolean;
  /** ISO 8601. */
  readonly endedAt: string;
  /** In the words of EC2 Auto Scaling; empty when all went well. */
  readonly message: string;
}

/** A process of an Auto Scaling group that does not run. */
export interface SuspendedProcess {
  /** The Auto Scaling group. */
  readonly group: string;
  readonly name: string;
  /** As AWS gives it. */
  readonly reason: string;
}

/** A version of a launch template, as far as rooms are concerned. */
export interface LaunchTemplateVersion {
  /** Absent when the template leaves it to the node group. */
  readonly instanceType?: string;
}

/** An access entry. */
export interface AccessEntryState {
  /** `EC2_LINUX`, `EC2_WINDOWS`, `STANDARD`, … */
  readonly type: string;
}

/** An instance type. */
export interface InstanceTypeState {
  readonly name: string;
  readonly vcpus: number;
  /** How many IPv4 addresses each of its network interfaces takes. */
  readonly addressesPerInterface: number;
  /** How many network interfaces it takes. */
  readonly interfaces: number;
}

/** Where EC2 offers an instance type. */
export interface InstanceTypeOffering {
  readonly name: string;
  /** IDs of availability zones. */
  readonly zones: readonly string[];
}

/** A quota of vCPUs in the account and Region. */
export interface InstanceQuota {
  /** Such as `L-1216C47A`. */
  readonly code: string;
  /** In the words of Service Quotas. */
  readonly name: string;
  readonly vcpus: number;
}
