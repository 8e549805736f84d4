import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class NetworkStack extends Stack {
  readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    this.vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }); // with addresses for two clusters
  }
}

interface PlatformStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
  readonly version: eks.KubernetesVersion;
}

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, { vpc, version, ...props }: PlatformStackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version,
      vpc,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
    });

    cluster.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
    });
  }
}

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const { vpc } = new NetworkStack(app, 'Network', { env });
new PlatformStack(app, 'Blue', { env, vpc, version: eks.KubernetesVersion.V1_35 });
new PlatformStack(app, 'Green', { env, vpc, version: eks.KubernetesVersion.V1_36 });
