/**
 * Stands in for Amazon EKS: clusters that can be read and updated, by EKS's rules and at EKS's pace.
 */
import type { Insight } from '@aws-sdk/client-eks';
import { ACCOUNT, REGION, type AwsService, type Input } from './aws-service';
import type { Clock } from './clock';
import type { Ec2 } from './ec2';
import { accessActions } from './eks-access';
import { addonActions } from './eks-addons';
import { certificateAuthorityActions } from './eks-certificate-authorities';
import { clusterLifecycleActions } from './eks-cluster-lifecycle';
import { clusterActions } from './eks-clusters';
import { insightActions } from './eks-insights';
import { nodegroupLifecycleActions } from './eks-nodegroup-lifecycle';
import { nodegroupActions } from './eks-nodegroups';
import { EksRegion, type AddonRecord, type ClusterRecord, type NodegroupRecord } from './eks-region';
import { QUERY_MEMBERS, ROUTES } from './eks-routes';
import { updateActions } from './eks-updates';
import { restJson } from './rest-protocol';
import { nextVersion, passingUpgradeInsights, seenAt } from './sample-insights';

/** A cluster as a test describes it; what is left out is in good order. */
export interface ClusterSeed {
  readonly version: string;

  /** @default 'prod' */
  readonly name?: string;

  /** @default 'EXTENDED', as EKS */
  readonly supportType?: ClusterRecord['supportType'];

  /** @default - none */
  readonly nodegroups?: readonly (Partial<NodegroupRecord> & { readonly name: string })[];

  /** With their version, unless it is EKS's default one. @default - none */
  readonly addons?: readonly (Partial<AddonRecord> & { readonly name: string })[];

  /** @default - EKS looked a moment ago and found the cluster ready for the next version */
  readonly insights?: readonly Insight[];

  /** Free addresses by id of the subnet. @default - two subnets with plenty */
  readonly subnets?: Readonly<Record<string, number>>;

  /** Names. @default - none */
  readonly fargateProfiles?: readonly string[];

  /** The upgrade that led to the version. @default - the cluster was created with it */
  readonly lastUpgrade?: ClusterRecord['lastUpgrade'];

  /** @default false */
  readonly autoMode?: boolean;

  /** @default - the newest one */
  readonly platformVersion?: string;
}

/** With a custom AMI, EKS tells its ID where it has the release version otherwise. */
const OWN_AMI = 'ami-0123456789abcdef0';

export class Eks extends EksRegion implements AwsService {
  readonly name = 'eks';
  readonly protocol = restJson(ROUTES, QUERY_MEMBERS);
  readonly errorCodes = {
    accessDenied: { code: 'AccessDeniedException', status: 403 },
    throttled: { code: 'ThrottlingException', status: 429 },
    serverError: { code: 'ServerException', status: 500 },
  };

  readonly actions: AwsService['actions'];

  constructor(clock: Clock, ec2: Pick<Ec2, 'freeAddresses' | 'knows' | 'launchTemplates' | 'putSubnet' | 'zoneOf'>) {
    super(clock, ec2);
    const actions: AwsService['actions'] = {
      ...clusterActions(this),
      ...clusterLifecycleActions(this),
      ...nodegroupActions(this),
      ...nodegroupLifecycleActions(this),
      ...addonActions(this),
      ...accessActions(this),
      ...insightActions(this),
      ...certificateAuthorityActions(this),
      ...updateActions(this),
    };
    this.actions = Object.fromEntries(Object.entries(actions).map(([action, perform]) => [action, (input: Input) => {
      clock.settle();
      return perform(input);
    }]));
  }

  /** Puts a cluster in place of whatever had its name; the record can be changed at any time. */
  addCluster(seed: ClusterSeed): ClusterRecord {
    const { name = 'prod', version, supportType = 'EXTENDED', autoMode = false, subnets = { 'subnet-a': 200, 'subnet-b': 200 } } = seed;
    Object.entries(subnets).forEach(([id, freeAddresses]) => this.ec2.putSubnet(id, freeAddresses));
    const now = this.clock.now();
    const cluster: ClusterRecord = {
      name,
      version,
      supportType,
      autoMode,
      platformVersion: seed.platformVersion,
      status: 'ACTIVE',
      createdAt: now,
      subnetIds: Object.keys(subnets),
      nodegroups: new Map(seed.nodegroups?.map((group) => [group.name, this.nodegroupOf(group, version)])),
      addons: new Map(seed.addons?.map((addon) => [addon.name, this.addonOf(addon, version)])),
      fargateProfiles: [...seed.fargateProfiles ?? []],
      accessEntries: new Map(),
      podIdentityAssociations: new Map(),
      updates: [],
      issues: [],
      insights: (seed.insights ?? passingUpgradeInsights(nextVersion(version))).map((insight) => ({ ...seenAt(now), ...insight })),
      lastUpgrade: seed.lastUpgrade,
    };
    if (seed.lastUpgrade) {
      cluster.updates.push({ update: pastUpgrade(version, seed.lastUpgrade.completedAt, this.durations.cluster) });
    }
    this.clusters.set(name, cluster);
    return cluster;
  }

  resourceOf({ clusterName, name, nodegroupName, addonName, principalArn }: Input): string {
    const cluster = clusterName ?? name;
    if (!cluster) return '*';
    if (principalArn) return `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/${cluster}/role/${ACCOUNT}/${principalArn.split('/').pop()}/*`;
    const [type, child] = nodegroupName ? ['nodegroup', `/${nodegroupName}/*`] : addonName ? ['addon', `/${addonName}/*`] : ['cluster', ''];
    return `arn:aws:eks:${REGION}:${ACCOUNT}:${type}/${cluster}${child}`;
  }

  private nodegroupOf(group: Partial<NodegroupRecord> & { readonly name: string }, clusterVersion: string): NodegroupRecord {
    const { amiType = 'AL2023_x86_64_STANDARD' } = group;
    const version = group.version ?? (amiType === 'CUSTOM' ? undefined : clusterVersion);
    const releaseVersion = amiType === 'CUSTOM' ? OWN_AMI : version && this.catalog.newestRelease(amiType, version);
    return { status: 'ACTIVE', issues: [], releaseVersion, ...group, amiType, version };
  }

  private addonOf(addon: Partial<AddonRecord> & { readonly name: string }, clusterVersion: string): AddonRecord {
    const version = addon.version ?? this.catalog.defaultAddonVersion(addon.name, clusterVersion);
    if (!version) {
      throw new Error(`the local eks offers no '${addon.name}' for Kubernetes ${clusterVersion}: give the version`);
    }
    return { status: 'ACTIVE', issues: [], ...addon, version };
  }
}

function pastUpgrade(version: string, completedAt: Date, durationMillis: number) {
  return {
    id: '11111111-1111-4111-8111-111111111111',
    status: 'Successful' as const,
    type: 'VersionUpdate' as const,
    params: [{ type: 'Version' as const, value: version }],
    createdAt: new Date(completedAt.getTime() - durationMillis),
    errors: [],
  };
}
