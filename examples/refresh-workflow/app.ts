import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AddOnConflictPolicy, AddOnVersion, ClusterUpgrades, EksAmiType, ManagedAddOn } from 'cdk-eks-upgrades';

const app = new App();
const stack = new Stack(app, 'Nodes', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});

const upgrades = ClusterUpgrades.ofImported(stack, 'Upgrades', {
  clusterName: 'prod',
  version: eks.KubernetesVersion.V1_36,
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-west-2a', 'us-west-2b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  }),
  managedAddOns: [ManagedAddOn.coreDns({
    version: AddOnVersion.tracked(),
    conflictPolicy: AddOnConflictPolicy.OVERWRITE, // once, to take over what EKS installed by itself: remove it after the first deployment
  })],
});

upgrades.addManagedNodeGroup('Workers', { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD });
