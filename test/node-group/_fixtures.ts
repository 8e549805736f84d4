import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Environment, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { ManagedNodeGroupWithAmiTracking, ManagedNodeGroupWithAmiTrackingProps } from '../../src';

export const ENV: Environment = { account: '111122223333', region: 'us-west-2' };

export const AL2023_PARAMETER = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';

/** The key under which the CDK keeps the value of an SSM parameter in `cdk.context.json`. */
export function contextKey(parameterName: string): string {
  return `ssm:account=111122223333:parameterName=${parameterName}:region=us-west-2`;
}

/** Context as it is after a look-up. */
export function lookedUp(value: unknown, parameterName = AL2023_PARAMETER): Record<string, unknown> {
  return { [contextKey(parameterName)]: value };
}

export interface WorldOptions {
  /** Context of the app, feature flags included. */
  readonly context?: Record<string, unknown>;
  /** `null` for a stack without environment. */
  readonly env?: Environment | null;
  readonly version?: string;
}

/** An app with one stack and one cluster in it. */
export class World {
  readonly app: App;
  readonly stack: Stack;
  readonly cluster: eks.Cluster;

  constructor({ context, env = ENV, version = '1.36' }: WorldOptions = {}) {
    this.app = new App({ context });
    this.stack = new Stack(this.app, 'Stack', { env: env ?? undefined });
    this.cluster = clusterIn(this.stack, version);
  }

  /** Adds a tracked node group called `Group`. */
  group(props: Partial<ManagedNodeGroupWithAmiTrackingProps> = {}, scope: Construct = this.stack): ManagedNodeGroupWithAmiTracking {
    return new ManagedNodeGroupWithAmiTracking(scope, 'Group', { cluster: this.cluster, ...props });
  }
}

export function clusterIn(scope: Construct, version: string, id = 'Cluster'): eks.Cluster {
  return new eks.Cluster(scope, id, {
    version: eks.KubernetesVersion.of(version),
    vpc: importedVpc(scope, `${id}Vpc`),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
}

export function importedVpc(scope: Construct, id: string): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(scope, id, {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-west-2a', 'us-west-2b'],
    publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  });
}

export function importedCluster(scope: Construct): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(scope, 'ImportedCluster', { clusterName: 'imported', vpc: importedVpc(scope, 'ImportedVpc') });
}

export function instanceTypes(...names: string[]): ec2.InstanceType[] {
  return names.map((name) => new ec2.InstanceType(name));
}

/** Properties of the only node group in a group's stack. */
export function propertiesOf(group: eks.Nodegroup): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(group.stack).findResources('AWS::EKS::Nodegroup'));
  return resource.Properties;
}

/** IDs of our warnings on a group, as a user acknowledges them. */
export function warningsOn(group: eks.Nodegroup): string[] {
  return Annotations.fromStack(group.stack).findWarning(`/${group.node.path}`, Match.anyValue())
    .map(({ entry }) => /\[ack: ([^\]]+)\]$/.exec(String(entry.data))?.[1] ?? String(entry.data));
}

/** Errors reported on a group, or another construct. */
export function errorsOn(group: IConstruct): string[] {
  return Annotations.fromStack(Stack.of(group)).findError(`/${group.node.path}`, Match.anyValue()).map(({ entry }) => String(entry.data));
}
