import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class ControlPlaneStack extends Stack {
  readonly cluster: UpgradableCluster;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    this.cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy()], // what nodes need to become ready
    });
  }
}

interface NodesStackProps extends StackProps {
  readonly cluster: UpgradableCluster;
}

class NodesStack extends Stack {
  constructor(scope: Construct, id: string, { cluster, ...props }: NodesStackProps) {
    super(scope, id, props);

    new ManagedNodeGroupWithAmiTracking(this, 'Workers', {
      cluster,
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      minSize: 2,
      maxSize: 6,
    });

    new ManagedNodeGroupWithAmiTracking(this, 'Arm', {
      cluster,
      instanceTypes: [new ec2.InstanceType('m7g.large')],
    });

    cluster.addManagedAddOn(ManagedAddOn.coreDns({ scope: this })); // needs nodes, so it lives beside them
  }
}

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const { cluster } = new ControlPlaneStack(app, 'ControlPlane', { env });
new NodesStack(app, 'Nodes', { env, cluster });
