import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EksAmiType, ManagedAddOn, TrackedAmiRelease, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

const version = eks.KubernetesVersion.V1_36;

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2 });
    const cluster = new UpgradableCluster(this, 'Cluster', {
      version,
      vpc,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
    });

    const release = new TrackedAmiRelease(this, 'Release', {
      eksAmiType: EksAmiType.BOTTLEROCKET_X86_64,
      kubernetesVersion: version,
    });

    const nodes = new autoscaling.AutoScalingGroup(this, 'Nodes', {
      vpc,
      instanceType: new ec2.InstanceType('m7i.large'),
      minCapacity: 2,
      maxCapacity: 4,
      machineImage: ec2.MachineImage.genericLinux({ [this.region]: release.imageId }, { userData: ec2.UserData.custom('') }),
      updatePolicy: autoscaling.UpdatePolicy.rollingUpdate({ minInstancesInService: 2 }),
    });
    cluster.connectAutoScalingGroupCapacity(nodes, { machineImageType: eks.MachineImageType.BOTTLEROCKET }); // writes the user data
    cluster.grantAccess('NodeAccess', nodes.role.roleArn, [], { accessEntryType: eks.AccessEntryType.EC2_LINUX });
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
