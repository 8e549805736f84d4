import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EksAmiType, ManagedNodeGroupWithAmiTracking } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class QuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new eks.Cluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      vpc: new ec2.Vpc(this, 'Vpc', { availabilityZones: ['us-west-2a', 'us-west-2b'] }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    });

    new ManagedNodeGroupWithAmiTracking(this, 'Workers', {
      cluster,
      instanceTypes: [new ec2.InstanceType('m7i.large')],
    });

    new ManagedNodeGroupWithAmiTracking(this, 'Bottlerocket', {
      cluster,
      eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64,
      instanceTypes: [new ec2.InstanceType('m7g.large')],
    });

    new ManagedNodeGroupWithAmiTracking(this, 'Gpu', {
      cluster,
      eksAmiType: EksAmiType.AL2023_X86_64_NVIDIA,
      instanceTypes: [new ec2.InstanceType('g6.xlarge')],
    });
  }
}

const app = new App();
new QuickstartStack(app, 'Quickstart', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'us-west-2' },
});
