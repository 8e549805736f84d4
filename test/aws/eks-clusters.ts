/**
 * Clusters and Kubernetes versions in the EKS stand-in.
 */
import type {
  Cluster, ClusterVersionInformation, DescribeClusterResponse, DescribeClusterVersionsResponse, ListClustersResponse,
  ListFargateProfilesResponse,
  UpdateClusterVersionResponse,
} from '@aws-sdk/client-eks';
import { ACCOUNT, AwsError, REGION, type Input } from './aws-service';
import type { CatalogVersion } from './eks-catalog';
import { refuseIf, type ClusterRecord, type EksRegion } from './eks-region';
import { failClusterVersion, refuseClusterVersion, type OfferedVersion } from './eks-rules';
import { startUpdate } from './eks-updates';
import { minorOf } from './minor-of';
import { pageOf } from './pages';
import { nextVersion, passingRollbackInsights, passingUpgradeInsights, seenAt } from './sample-insights';

export function clusterActions(region: EksRegion) {
  return {
    ListClusters: (input: Input): ListClustersResponse => {
      const { items, nextToken } = pageOf([...region.clusters.keys()], input, region.largestPage, 'InvalidParameterException');
      return { clusters: [...items], nextToken };
    },

    DescribeCluster: ({ name }: Input): DescribeClusterResponse => ({ cluster: describeCluster(region.cluster(name)) }),

    UpdateClusterVersion: (input: Input): UpdateClusterVersionResponse => ({ update: updateVersion(region, input) }),

    ListFargateProfiles: (input: Input): ListFargateProfilesResponse => {
      const { fargateProfiles } = region.cluster(input.clusterName);
      const { items, nextToken } = pageOf(fargateProfiles, input, region.largestPage, 'InvalidParameterException');
      return { fargateProfileNames: [...items], nextToken };
    },

    DescribeClusterVersions: (input: Input): DescribeClusterVersionsResponse => {
      const wanted = region.catalog.versionsAt(region.clock.now())
        .map(describeVersion)
        .filter(({ clusterVersion, versionStatus, defaultVersion }) =>
          (input.clusterVersions ?? [clusterVersion]).includes(clusterVersion)
          && (input.versionStatus ?? versionStatus) === versionStatus
          && (input.includeAll || input.clusterVersions || versionStatus !== 'UNSUPPORTED')
          && (!input.defaultOnly || defaultVersion));
      const { items, nextToken } = pageOf(wanted, input, region.largestPage, 'InvalidParameterException');
      return { clusterVersions: [...items], nextToken };
    },
  };
}

/** Starts an upgrade or, towards an older version, a rollback. */
function updateVersion(region: EksRegion, { name, version, force, rollbackConfig }: Input) {
  const cluster = region.cluster(name);
  const now = region.clock.now();
  refuseIf(refuseClusterVersion(region.catalog.forRules(now), region.forRules(cluster), { version, force }, now), { clusterName: name });
  const minutes = rollbackConfig?.timeoutMinutes ?? 720;
  if (minutes < 120 || minutes > 10_080) {
    throw new AwsError('InvalidParameterException', 'timeoutMinutes must be between 120 and 10080', 400, { clusterName: name });
  }

  const from = cluster.version;
  const isRollback = minorOf(version) < minorOf(from);
  const update = startUpdate(region, cluster, {
    type: isRollback ? 'VersionRollback' : 'VersionUpdate',
    params: { Version: version, PlatformVersion: 'eks.1' },
    durationMillis: region.durations.cluster,
    failure: () => failClusterVersion(region.forRules(cluster)),
    ended: (successful, at) => {
      cluster.status = 'ACTIVE';
      delete cluster.updateInProgress;
      if (successful) {
        cluster.version = version;
        delete cluster.platformVersion;
        cluster.lastUpgrade = isRollback ? undefined : { from, completedAt: at };
        // EKS looks at what is next, and at the way back
        cluster.insights = [...passingUpgradeInsights(nextVersion(version)), ...isRollback ? [] : passingRollbackInsights(from)]
          .map((insight) => ({ ...seenAt(at), ...insight }));
      }
    },
  });
  cluster.status = 'UPDATING';
  cluster.updateInProgress = update.id;
  return update;
}

/** A cluster as EKS tells of it; what nobody configured is in good order. */
export function describeCluster(cluster: ClusterRecord): Cluster {
  const { name, version, status, createdAt, supportType, subnetIds, issues, autoMode, config, tags = {} } = cluster;
  return {
    name,
    arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${name}`,
    createdAt,
    version,
    platformVersion: cluster.platformVersion ?? 'eks.1',
    status,
    endpoint: config?.endpoint ?? `https://EXAMPLE.gr7.${REGION}.eks.amazonaws.com`,
    certificateAuthority: config?.certificateAuthority ?? { data: 'RVhBTVBMRQ==' },
    identity: { oidc: { issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/EXAMPLE` } },
    roleArn: config?.roleArn ?? `arn:aws:iam::${ACCOUNT}:role/${name}-role`,
    resourcesVpcConfig: {
      subnetIds,
      vpcId: 'vpc-0example',
      securityGroupIds: [],
      clusterSecurityGroupId: 'sg-0example',
      endpointPublicAccess: true,
      endpointPrivateAccess: false,
      ...config?.resourcesVpcConfig,
    },
    health: { issues },
    upgradePolicy: { supportType },
    accessConfig: { authenticationMode: 'CONFIG_MAP', ...config?.accessConfig },
    logging: config?.logging,
    kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '10.100.0.0/16', ...config?.kubernetesNetworkConfig },
    encryptionConfig: config?.encryptionConfig,
    computeConfig: { enabled: autoMode },
    deletionProtection: false,
    tags,
  };
}

function describeVersion(offered: CatalogVersion & OfferedVersion, index: number, all: readonly unknown[]): ClusterVersionInformation {
  return {
    clusterVersion: offered.version,
    clusterType: 'eks',
    defaultVersion: index === all.length - 1,
    defaultPlatformVersion: 'eks.1',
    releaseDate: new Date(offered.released),
    endOfStandardSupportDate: new Date(offered.endOfStandardSupport),
    endOfExtendedSupportDate: new Date(offered.endOfExtendedSupport),
    versionStatus: offered.status,
    kubernetesPatchVersion: `${offered.version}.${offered.patch}`,
  };
}
