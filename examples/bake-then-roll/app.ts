import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      nodeKubernetesVersion: eks.KubernetesVersion.V1_35, // a week later: remove this line
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
    });

    cluster.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
    });

    cluster.addManagedNodeGroup('Arm', {
      instanceTypes: [new ec2.InstanceType('m7g.large')],
    });
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
