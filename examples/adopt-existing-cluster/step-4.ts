import { App, CfnResource, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 3,
    });

    cluster.addNodegroupCapacity('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      maxSize: 6,
    });

    new ManagedNodeGroupWithAmiTracking(this, 'Batch', {
      cluster,
      instanceTypes: [new ec2.InstanceType('c7g.xlarge')],
      labels: { workload: 'batch' },
    });

    const vpcCni = cluster.addManagedAddOn(ManagedAddOn.vpcCni());
    (vpcCni.node.defaultChild as CfnResource).overrideLogicalId('VpcCniEC2AF11A');

    cluster.addManagedAddOn(ManagedAddOn.kubeProxy());
    cluster.addManagedAddOn(ManagedAddOn.coreDns({
      configurationValues: { replicaCount: 3 },
    }));
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
