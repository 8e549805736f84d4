/**
 * The state behind the EKS stand-in: the clusters of a region, what EKS offers there, and how long things take.
 */
import type { AddonIssue, CertificateAuthority, ClusterIssue, Insight, InsightsRefreshStatus, Issue, Update } from '@aws-sdk/client-eks';
import { AwsError, type Input } from './aws-service';
import type { Clock } from './clock';
import type { Ec2 } from './ec2';
import { EksCatalog } from './eks-catalog';
import type { EksAddon, EksCluster, EksNodegroup, Refusal, UpdateError } from './eks-rules';

type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/** A node group, open to a test's hands. */
export interface NodegroupRecord extends Mutable<EksNodegroup> {
  issues: Issue[];
  /** @default - with the cluster */
  createdAt?: Date;
  /** What else `CreateNodegroup` and later updates told, named as there. */
  config?: Input;
  tags?: Record<string, string>;
}

/** An add-on, open to a test's hands. */
export interface AddonRecord extends Mutable<EksAddon> {
  issues: AddonIssue[];
  configurationValues?: string;
  serviceAccountRoleArn?: string;
  namespaceConfig?: { readonly namespace: string };
}

/** An update, and what it is of: the cluster itself unless it names a node group or an add-on. */
export interface UpdateRecord {
  readonly update: Update;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

/** The last refresh of insights that somebody asked for. */
export interface RefreshRecord {
  status: InsightsRefreshStatus;
  message: string;
  readonly startedAt: Date;
  endedAt?: Date;
}

/** A cluster, open to a test's hands. */
export interface ClusterRecord extends Mutable<Omit<EksCluster, 'addons' | 'subnets' | 'insights' | 'nodegroups'>> {
  readonly name: string;
  readonly createdAt: Date;
  readonly subnetIds: string[];
  readonly nodegroups: Map<string, NodegroupRecord>;
  readonly addons: Map<string, AddonRecord>;
  readonly fargateProfiles: string[];
  readonly accessEntries: Map<string, Input>;
  readonly podIdentityAssociations: Map<string, Input>;
  readonly updates: UpdateRecord[];
  autoMode: boolean;
  /** Undefined: the newest one of the Kubernetes version. */
  platformVersion?: string;
  issues: ClusterIssue[];
  /** What else `CreateCluster` and later updates told, named as there. */
  config?: Input;
  tags?: Record<string, string>;
  insights: Insight[];
  refresh?: RefreshRecord;
  /** What EKS finds when it looks again. Undefined: what it found before. */
  insightsAfterRefresh?: Insight[];
  /** Why refreshing fails. Undefined: it does not. */
  refreshFailure?: string;
  /** Undefined: the one that the cluster was created with. */
  certificateAuthorities?: CertificateAuthority[];
}

/** Nodes of a group that EKS has drained, or is about to. */
export interface Drain {
  readonly nodegroupName: string;
  readonly nodes: number;
  /** How many of them go at the same time. */
  readonly atOnce: number;
}

const MINUTE = 60_000;

export class EksRegion {
  readonly clusters = new Map<string, ClusterRecord>();
  readonly catalog = new EksCatalog();

  /** How long things take, in milliseconds. */
  durations = { cluster: 10 * MINUTE, nodegroup: 15 * MINUTE, addon: MINUTE, insightsRefresh: 2 * MINUTE };

  /** How many entries a page has at most; EKS itself has 100. */
  largestPage = 100;

  /** What was drained, in order: by a roll, or because a group was deleted. */
  readonly drains: Drain[] = [];

  /** Why the next update will fail, whatever it is of. */
  nextUpdateFailure?: UpdateError;

  constructor(readonly clock: Clock, readonly ec2: Pick<Ec2, 'freeAddresses' | 'knows' | 'launchTemplates' | 'putSubnet' | 'zoneOf'>) {}

  cluster(name: string): ClusterRecord {
    return found(this.clusters.get(name), `No cluster found for name: ${name}.`, { clusterName: name });
  }

  /** Ends every update and refresh that is under way. */
  finishUpdates(): void {
    this.clock.finish();
  }

  /** A cluster as the rules of EKS see it. */
  forRules(cluster: ClusterRecord): EksCluster {
    return {
      ...cluster,
      subnets: cluster.subnetIds.map((id) => ({ zone: this.ec2.zoneOf(id), freeAddresses: this.ec2.freeAddresses(id) })),
      nodegroups: [...cluster.nodegroups.values()],
      addons: [...cluster.addons.values()],
      insights: cluster.insights.map(({ name = '', category = 'UPGRADE_READINESS', insightStatus, kubernetesVersion = '' }) => ({
        name, category, status: insightStatus?.status ?? 'UNKNOWN', kubernetesVersion,
      })),
    };
  }
}

const STATUS_OF_CODE: Partial<Record<string, number>> = { ResourceNotFoundException: 404, ResourceInUseException: 409 };

/** Passes on what exists. */
export function found<T>(value: T | undefined, otherwise: string, members: Record<string, string>): T {
  refuseIf(value === undefined ? { code: 'ResourceNotFoundException', message: otherwise } : undefined, members);
  return value!;
}

/** Throws what the rules of EKS have against a request. */
export function refuseIf(refusal: Refusal | undefined, members: Record<string, string>): void {
  if (refusal) {
    throw new AwsError(refusal.code, refusal.message, STATUS_OF_CODE[refusal.code] ?? 400, members);
  }
}
