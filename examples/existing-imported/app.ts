import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AddOnConflictPolicy, ClusterUpgrades, EksAmiType, ManagedAddOn } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class NodesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const conflictPolicy = AddOnConflictPolicy.OVERWRITE; // once, to take over what EKS installed by itself: remove it after the first deployment
    const upgrades = ClusterUpgrades.ofImported(this, 'Upgrades', {
      clusterName: 'prod',
      version: eks.KubernetesVersion.V1_36, // that the control plane has; change it here once it has been upgraded there
      vpc: ec2.Vpc.fromLookup(this, 'Vpc', { vpcId: 'vpc-0a1b2c3d4e5f60718' }),
      managedAddOns: [ManagedAddOn.kubeProxy({ conflictPolicy }), ManagedAddOn.coreDns({ conflictPolicy })], // that nothing else manages
    });

    upgrades.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      minSize: 2,
      maxSize: 6,
    });

    upgrades.addManagedNodeGroup('Gpu', {
      eksAmiType: EksAmiType.AL2023_X86_64_NVIDIA,
      instanceTypes: [new ec2.InstanceType('g6.xlarge')],
    });
  }
}

const app = new App();
new NodesStack(app, 'Nodes', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
