import { AddOnState } from './add-on-state';
import { CertificateAuthorities } from './certificate-authorities';
import { HealthIssue } from './health-issue';
import { InsightState } from './insight-state';
import { Known } from './known';
import { LaunchTemplateData } from './launch-template-data';
import { NodeGroupState } from './node-group-state';
import { NodeGroupUpdateRecord, NodeRoom } from './node-room';
import { Signals } from './schedule';
import { SubnetState } from './subnet-state';
import { WorkloadState } from './workloads/workload-state';

/**
 * What is known of a live cluster at one moment.
 *
 * Plain data that survives JSON, so that it can be logged and passed on. What one call of EKS tells is known or unknown as a whole.
 * A cluster that cannot even be described has no state: reading it fails.
 */
export interface ClusterState {
  readonly name: string;
  /** What a cluster is known by: names are unique only within an account and a Region. */
  readonly arn: string;
  /** When the state was read, ISO 8601; ages and windows are measured against it. */
  readonly observedAt: string;
  /** The Kubernetes minor of the control plane, such as `1.36`. */
  readonly version: string;
  /** EKS's build of that version, such as `eks.9`; absent where EKS does not tell. */
  readonly platformVersion?: string;
  /** What it was created with, and keeps; absent where nobody has asked. */
  readonly creation?: ClusterCreation;
  /** As `DescribeCluster` tells it: `ACTIVE`, `UPDATING`, … */
  readonly status: string;
  readonly healthIssues: readonly HealthIssue[];
  /** What EKS does at the end of standard support. */
  readonly supportType: Known<SupportType>;
  /** Whether EKS Auto Mode runs (some of) the nodes. */
  readonly autoMode: boolean;
  /** Updates of the control plane that still run. */
  readonly updatesInProgress: Known<readonly OngoingUpdate[]>;
  /** Every version change that succeeded, in no particular order; empty when the cluster still has the version it was created with. */
  readonly versionHistory: Known<readonly VersionChange[]>;
  readonly nodeGroups: Known<readonly NodeGroupState[]>;
  /** The node groups that EKS lists, but does not describe. */
  readonly unreadNodeGroups: readonly UnreadPart[];
  /** The add-ons that EKS manages; self-managed ones are not visible to EKS. */
  readonly addOns: Known<readonly AddOnState[]>;
  /** The add-ons that EKS lists, but does not describe. */
  readonly unreadAddOns: readonly UnreadPart[];
  /** Insights of all categories. */
  readonly insights: Known<readonly InsightState[]>;
  /** The subnets given to the cluster, in which EKS places the interfaces of the control plane. */
  readonly subnets: Known<readonly SubnetState[]>;
  /** The names of the Fargate profiles. */
  readonly fargateProfiles: Known<readonly string[]>;
  /** What runs in the cluster; absent unless it was asked for. */
  readonly workloads?: Known<WorkloadState>;
  /**
   * The last update of each node group by name, nothing when it had none; absent where the room for new nodes tells it, or
   * nobody has looked into the cluster.
   */
  readonly lastUpdates?: Readonly<Record<string, Known<NodeGroupUpdateRecord | undefined>>>;
  /** The authorities that sign its certificates, or may do so; absent where nobody has asked. */
  readonly certificateAuthorities?: Known<CertificateAuthorities>;
  /** What a calendar and alarms say of deployments; absent where the app asks neither. */
  readonly signals?: Signals;
  /**
   * What the launch templates hold by which node groups run, by name of the group; nothing where EC2 has no such version. Absent
   * unless it was asked for.
   */
  readonly launchTemplates?: Readonly<Record<string, Known<LaunchTemplateData | undefined>>>;
  /** The room for new nodes; absent unless it was asked for. */
  readonly nodeRoom?: NodeRoom;
}

/** The Region of a cluster, for commands that change something there; undefined of one that does not exist yet. */
export function regionOfCluster({ arn }: Pick<ClusterState, 'arn'>): string | undefined {
  return arn.split(':')[3];
}

/** What can only be set when a cluster is created; a member is absent where EKS does not tell it. */
export interface ClusterCreation {
  readonly roleArn?: string;
  /** `ipv4` or `ipv6`. */
  readonly ipFamily?: string;
  /** The addresses of services, such as `10.100.0.0/16`. */
  readonly serviceIpv4Cidr?: string;
  /** Of the user's own key by which secrets are encrypted, where there is one. */
  readonly encryptionKeyArn?: string;
}

/** A part of a cluster of which nothing but the name could be read. */
export interface UnreadPart {
  readonly name: string;
  /** Why, in words that name what is missing. */
  readonly why: string;
}

/** `STANDARD`: EKS upgrades the cluster by itself when standard support ends; `EXTENDED`: it stays, at a higher price. */
export type SupportType = 'STANDARD' | 'EXTENDED';

/** An update of the control plane that has not ended. */
export interface OngoingUpdate {
  readonly id: string;
  /** As `DescribeUpdate` tells it: `VersionUpdate`, `LoggingUpdate`, … */
  readonly type: string;
}

/** A version change of the control plane that succeeded. */
export interface VersionChange {
  readonly kind: 'upgrade' | 'rollback';
  /** The version that the change led to. */
  readonly to: string;
  /** When it was started, ISO 8601; EKS does not tell when it completed. */
  readonly startedAt: string;
}
