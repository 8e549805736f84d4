import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class QuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36, // change it, `cdk diff`, `cdk deploy`
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false, // a new cluster: EKS leaves these add-ons to us
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
    });

    cluster.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
    });

    cluster.addManagedNodeGroup('Bottlerocket', {
      eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64,
      instanceTypes: [new ec2.InstanceType('m7g.large')],
    });

    // the construct by itself takes any cluster, imported ones too
    new ManagedNodeGroupWithAmiTracking(this, 'Gpu', {
      cluster,
      eksAmiType: EksAmiType.AL2023_X86_64_NVIDIA,
      instanceTypes: [new ec2.InstanceType('g6.xlarge')],
    });
  }
}

const app = new App();
new QuickstartStack(app, 'Quickstart', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
