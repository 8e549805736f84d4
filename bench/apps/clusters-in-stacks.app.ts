import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, DefaultCapacityType, KubernetesVersion, Nodegroup, type NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { runMeasured } from './measured-app';
import { CLUSTER, ENVIRONMENT, KINDS, KUBERNETES_VERSION } from './node-group-kinds';

let library: typeof import('../../src/index.js');

/** How many node groups each cluster has. */
const GROUPS = Number(process.env.BENCH_GROUPS ?? 2);

/** Where the clusters are, in turn. */
const REGIONS = (process.env.BENCH_REGIONS ?? ENVIRONMENT.region).split(',');

/** As many clusters as are asked for, each in a stack of its own, with pinned releases: nothing is looked up but by the preview. */
void runMeasured({
  loadCdk: () => [App, Stack, InstanceType, Vpc, Cluster, KubernetesVersion, Nodegroup, Role],
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.UpgradableCluster, library.AmiTracking];
  },
  build(size) {
    const app = new App();
    for (let index = 0; index < size; index++) addCluster(app, index);
    return app;
  },
});

function addCluster(app: App, index: number): void {
  const stack = new Stack(app, `Stack${index}`, { env: { ...ENVIRONMENT, region: REGIONS[index % REGIONS.length] } });
  const cluster = new library.UpgradableCluster(stack, 'Cluster', {
    clusterName: `cluster-${index}`,
    version: KubernetesVersion.of(KUBERNETES_VERSION),
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: CLUSTER.vpcId, availabilityZones: CLUSTER.availabilityZones, privateSubnetIds: CLUSTER.subnetIds,
    }),
    vpcSubnets: [{ subnetType: SubnetType.PRIVATE_WITH_EGRESS }],
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  const nodeRole = Role.fromRoleArn(stack, 'NodeRole', CLUSTER.nodeRoleArn);
  for (let group = 0; group < GROUPS; group++) {
    const { amiType, instanceType, releaseVersion } = KINDS[group % KINDS.length];
    cluster.addManagedNodeGroup(`Group${group}`, {
      nodegroupName: `group-${group}`,
      amiType: amiType as NodegroupAmiType,
      amiTracking: library.AmiTracking.pinned(releaseVersion),
      nodeRole,
      instanceTypes: [new InstanceType(instanceType)],
    });
  }
}
