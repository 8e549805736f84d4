/**
 * Stacks of node groups for an imported cluster: what the L2 and this library have in common.
 */
import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, KubernetesVersion, Nodegroup, type NodegroupAmiType, type NodegroupProps } from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CLUSTER, ENVIRONMENT, GROUPS_PER_STACK, KINDS, type NodeGroupKind } from './node-group-kinds';

/** Adds one group to a stack. */
export type AddNodeGroup = (stack: Stack, id: string, props: NodegroupProps, kind: NodeGroupKind) => void;

/** The classes of aws-cdk-lib that such an app needs. */
export function classesOfCdk(): unknown[] {
  return [App, Stack, InstanceType, Vpc, Cluster, KubernetesVersion, Nodegroup, Role];
}

/** Builds an app with this many node groups. */
export function appOfNodeGroups(groups: number, addNodeGroup: AddNodeGroup): App {
  const app = new App();
  for (let first = 0; first < groups; first += GROUPS_PER_STACK) {
    const stack = new Stack(app, `Nodes${first}`, { env: ENVIRONMENT });
    const common = propsOfEveryGroup(stack);
    for (let index = first; index < Math.min(first + GROUPS_PER_STACK, groups); index++) {
      const kind = KINDS[index % KINDS.length];
      const props = {
        ...common,
        amiType: kind.amiType as NodegroupAmiType,
        instanceTypes: [new InstanceType(kind.instanceType)],
      };
      addNodeGroup(stack, `Group${index}`, props, kind);
    }
  }
  return app;
}

/** `forceUpdate: false` is this library's default, not the L2's. */
function propsOfEveryGroup(stack: Stack): NodegroupProps {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: CLUSTER.vpcId,
    availabilityZones: CLUSTER.availabilityZones,
    privateSubnetIds: CLUSTER.subnetIds,
  });
  return {
    cluster: Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: CLUSTER.name, vpc }),
    nodeRole: Role.fromRoleArn(stack, 'NodeRole', CLUSTER.nodeRoleArn),
    forceUpdate: false,
  };
}
