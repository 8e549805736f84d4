/**
 * A cluster with node groups and five add-ons: what the hand-written app and this library's have in common.
 */
import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  DefaultCapacityType, KubernetesVersion, type ClusterProps, type NodegroupAmiType, type NodegroupOptions,
} from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CLUSTER, ENVIRONMENT, KINDS, KUBERNETES_VERSION, type NodeGroupKind } from './node-group-kinds';

export const ADD_ONS = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent', 'coredns', 'metrics-server'];

/** One group of the cluster. */
export interface NodeGroupPart {
  readonly id: string;
  readonly options: NodegroupOptions;
  readonly kind: NodeGroupKind;
}

/** Builds the app; `build` makes the cluster of one stack. */
export function appOfCluster(groups: number, build: (stack: Stack, props: ClusterProps, groups: NodeGroupPart[]) => void): App {
  const app = new App();
  const stack = new Stack(app, 'Cluster', { env: ENVIRONMENT });
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: CLUSTER.vpcId,
    availabilityZones: CLUSTER.availabilityZones,
    privateSubnetIds: CLUSTER.subnetIds,
  });
  const nodeRole = Role.fromRoleArn(stack, 'NodeRole', CLUSTER.nodeRoleArn);
  const props = {
    version: KubernetesVersion.of(KUBERNETES_VERSION),
    vpc,
    vpcSubnets: [{ subnetType: SubnetType.PRIVATE_WITH_EGRESS }],
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  };
  build(stack, props, Array.from({ length: groups }, (_, index) => {
    const kind = KINDS[index % KINDS.length];
    const amiType = kind.amiType as NodegroupAmiType;
    return {
      id: `Group${index}`, kind, options: { amiType, nodeRole, forceUpdate: false, instanceTypes: [new InstanceType(kind.instanceType)] },
    };
  }));
  return app;
}
