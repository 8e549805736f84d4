import { App, CfnResource, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AddOnConflictPolicy, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_35,
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

    // an eks.Addon until now: it stays the same resource of the stack, because it keeps its logical ID (`cdk diff` shows it)
    const vpcCni = cluster.addManagedAddOn(ManagedAddOn.vpcCni());
    (vpcCni.node.defaultChild as CfnResource).overrideLogicalId('VpcCniEC2AF11A');

    // installed by EKS when it made the cluster, and nobody's since: these become EKS add-ons in place
    cluster.addManagedAddOn(ManagedAddOn.kubeProxy({
      conflictPolicy: AddOnConflictPolicy.OVERWRITE,
    }));
    cluster.addManagedAddOn(ManagedAddOn.coreDns({
      conflictPolicy: AddOnConflictPolicy.OVERWRITE,
      configurationValues: { replicaCount: 3 }, // what was changed with kubectl would be lost if it were not said here
    }));
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
