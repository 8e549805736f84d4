import * as blueprints from '@aws-quickstart/eks-blueprints';
import { App } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import { AddOnConflictPolicy, ClusterUpgrades, ManagedAddOn, ManagedNodeGroupOptions } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

const conflictPolicy = AddOnConflictPolicy.OVERWRITE; // once, to take over what EKS installed by itself: remove it after the first deployment

/** A cluster whose node groups are tracked, and which has guard and add-ons of `ClusterUpgrades`. */
class TrackedCluster extends eks.Cluster {
  private readonly upgrades = ClusterUpgrades.ofAwsEks(this, 'Upgrades', {
    cluster: this,
    managedAddOns: [
      ManagedAddOn.vpcCni({ conflictPolicy }), ManagedAddOn.kubeProxy({ conflictPolicy }), ManagedAddOn.coreDns({ conflictPolicy }),
    ],
  });

  public override addNodegroupCapacity(id: string, options: eks.NodegroupOptions = {}): eks.Nodegroup {
    // the options and the node groups of both modules are the same but for their types
    return this.upgrades.addManagedNodeGroup(id, options as ManagedNodeGroupOptions) as unknown as eks.Nodegroup;
  }
}

/** Blueprints' own provider, with that cluster. */
class TrackedClusterProvider extends blueprints.GenericClusterProvider {
  protected override internalCreateCluster(scope: Construct, id: string, options: eks.ClusterProps): eks.Cluster {
    return new TrackedCluster(scope, id, options);
  }
}

blueprints.EksBlueprint.builder()
  .account(process.env.CDK_DEFAULT_ACCOUNT)
  .region(process.env.CDK_DEFAULT_REGION)
  .clusterProvider(new TrackedClusterProvider({
    version: eks.KubernetesVersion.V1_35,
    managedNodeGroups: [
      { id: 'workers', instanceTypes: [new ec2.InstanceType('m7i.large')], minSize: 2, maxSize: 6 },
      { id: 'arm', amiType: eks.NodegroupAmiType.BOTTLEROCKET_ARM_64, instanceTypes: [new ec2.InstanceType('m7g.large')] },
    ],
  }))
  .addOns(new blueprints.MetricsServerAddOn(), new blueprints.ClusterAutoScalerAddOn())
  .build(new App(), 'platform');
