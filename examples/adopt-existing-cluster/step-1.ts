import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new eks.Cluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_35,
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    });

    // the default capacity has no such option, so it is spelled out: same construct path, same node group
    cluster.addNodegroupCapacity('DefaultCapacity', {
      instanceTypes: [ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.LARGE)],
      minSize: 3,
      forceUpdate: false,
    });

    cluster.addNodegroupCapacity('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      maxSize: 6,
      forceUpdate: false,
    });

    new eks.Nodegroup(this, 'Batch', {
      cluster,
      instanceTypes: [new ec2.InstanceType('c7g.xlarge')],
      labels: { workload: 'batch' },
      forceUpdate: false,
    });

    new eks.Addon(this, 'VpcCni', { cluster, addonName: 'vpc-cni' });
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
