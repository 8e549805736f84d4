/**
 * Clusters of the EKS stand-in come, change their configuration, and go.
 */
import type { CreateClusterResponse, DeleteClusterResponse, Update, UpdateClusterConfigResponse, UpdateType } from '@aws-sdk/client-eks';
import { AwsError, type Input } from './aws-service';
import { describeCluster } from './eks-clusters';
import { refuseIf, type ClusterRecord, type EksRegion } from './eks-region';
import { refuseNewCluster } from './eks-rules';
import { startUpdate } from './eks-updates';
import { nextVersion, passingUpgradeInsights, seenAt } from './sample-insights';

export function clusterLifecycleActions(region: EksRegion) {
  return {
    CreateCluster: (input: Input): CreateClusterResponse => ({ cluster: describeCluster(create(region, input)) }),
    UpdateClusterConfig: (input: Input): UpdateClusterConfigResponse => ({ update: updateConfig(region, input) }),
    DeleteCluster: ({ name }: Input): DeleteClusterResponse => ({ cluster: describeCluster(remove(region, name)) }),
  };
}

function create(region: EksRegion, { name, tags = {}, upgradePolicy, computeConfig, ...input }: Input): ClusterRecord {
  const now = region.clock.now();
  const version = input.version ?? region.catalog.versionsAt(now).at(-1)!.version;
  refuseIf(refuseNewCluster(region.catalog.forRules(now), [...region.clusters.keys()], { name, version }), { clusterName: name });

  const { subnetIds = [] } = input.resourcesVpcConfig;
  subnetIds.filter((id: string) => !region.ec2.knows(id)).forEach((id: string) => region.ec2.putSubnet(id, ROOM));
  const cluster: ClusterRecord = {
    name,
    version,
    status: 'CREATING',
    createdAt: now,
    subnetIds,
    supportType: upgradePolicy?.supportType ?? 'EXTENDED',
    autoMode: computeConfig?.enabled ?? false,
    nodegroups: new Map(),
    addons: new Map(),
    fargateProfiles: [],
    accessEntries: new Map(),
    podIdentityAssociations: new Map(),
    updates: [],
    issues: [],
    insights: passingUpgradeInsights(nextVersion(version)).map((insight) => ({ ...seenAt(now), ...insight })),
    config: input,
    tags,
  };
  region.clusters.set(name, cluster);
  region.clock.after(region.durations.cluster, () => { cluster.status = 'ACTIVE'; });
  return cluster;
}

/** Free addresses of a subnet that nobody said anything about. */
const ROOM = 200;

const UPDATE_TYPES: Partial<Record<string, UpdateType>> = {
  accessConfig: 'AccessConfigUpdate',
  computeConfig: 'AutoModeUpdate',
  deletionProtection: 'DeletionProtectionUpdate',
  kubernetesNetworkConfig: 'AutoModeUpdate',
  logging: 'LoggingUpdate',
  resourcesVpcConfig: 'VpcConfigUpdate',
  storageConfig: 'AutoModeUpdate',
  upgradePolicy: 'UpgradePolicyUpdate',
};

/**
 * What Auto Mode consists of: all are on, or none is.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/44334
 */
function isOnOfAutoMode({ computeConfig, kubernetesNetworkConfig, storageConfig }: Input): unknown[] {
  return [computeConfig?.enabled, kubernetesNetworkConfig?.elasticLoadBalancing?.enabled, storageConfig?.blockStorage?.enabled];
}

/**
 * Changes one thing at a time.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html
 */
function updateConfig(region: EksRegion, { name, ...input }: Input): Update {
  const cluster = region.cluster(name);
  const { clientRequestToken: _, ...members } = input;
  const types = new Set(Object.keys(members).map((member) => UPDATE_TYPES[member]));
  const [type] = types;
  if (!type || types.size > 1) {
    throw new AwsError('InvalidParameterException', 'Only one type of update can be allowed', 400, { clusterName: name });
  }
  if (type === 'AutoModeUpdate' && new Set(isOnOfAutoMode(input)).size > 1) {
    throw new AwsError('InvalidParameterException', 'For EKS Auto Mode, all configurations are either enabled or disabled', 400, { clusterName: name });
  }
  if (cluster.status !== 'ACTIVE') {
    throw new AwsError(
      'ResourceInUseException', `Cannot ${type} because cluster ${name} is in status ${cluster.status}`, 409, { clusterName: name },
    );
  }
  const update = startUpdate(region, cluster, {
    type,
    params: {},
    durationMillis: region.durations.cluster,
    ended: (successful) => {
      cluster.status = 'ACTIVE';
      delete cluster.updateInProgress;
      if (!successful) return;
      for (const [member, value] of Object.entries(members)) {
        cluster.config = { ...cluster.config, [member]: typeof value === 'object' ? { ...cluster.config?.[member], ...value } : value };
      }
      cluster.supportType = input.upgradePolicy?.supportType ?? cluster.supportType;
      cluster.autoMode = input.computeConfig?.enabled ?? cluster.autoMode;
    },
  });
  cluster.status = 'UPDATING';
  cluster.updateInProgress = update.id;
  return update;
}

function remove(region: EksRegion, name: string): ClusterRecord {
  const cluster = region.cluster(name);
  if (cluster.status === 'ACTIVE' && String(cluster.config?.deletionProtection) === 'true') {
    throw new AwsError('InvalidRequestException', `Cluster ${name} has deletion protection enabled`, 400, { clusterName: name });
  }
  if (cluster.nodegroups.size > 0) {
    throw new AwsError('ResourceInUseException', 'Cluster has nodegroups attached', 409, { clusterName: name });
  }
  cluster.status = 'DELETING';
  region.clock.after(region.durations.cluster, () => { region.clusters.delete(name); });
  return cluster;
}
