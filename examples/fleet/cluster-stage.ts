import { Duration, Stack, Stage } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiTracking, ManagedAddOn, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';
import { ALARM, ERRORS, FleetCluster, releaseOf, Wave } from './fleet';

/** One cluster of the fleet. */
export class ClusterStage extends Stage {
  constructor(scope: Construct, wave: string, { name, account, region }: FleetCluster) {
    super(scope, `${wave}-${name}`, { env: { account, region } });
    new PlatformStack(this, wave, region);
  }
}

/** The clusters of a wave. */
export function stagesOf(scope: Construct, { name, clusters }: Wave): ClusterStage[] {
  return clusters.map((cluster) => new ClusterStage(scope, name, cluster));
}

class PlatformStack extends Stack {
  /** Two zones that each Region has: to look them up would ask every account. */
  public get availabilityZones(): string[] {
    return ['a', 'b'].map((zone) => `${this.region}${zone}`);
  }

  constructor(scope: Construct, wave: string, region: string) {
    super(scope, 'Platform');

    const errors = new cloudwatch.Alarm(this, 'Errors', {
      alarmName: ALARM,
      metric: new cloudwatch.Metric({ ...ERRORS, statistic: 'Sum' }),
      threshold: 10,
      evaluationPeriods: 3,
    });
    const bake = { duration: Duration.minutes(30), alarms: [errors] };

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36, // the next one goes through the same waves, together with `RELEASES`
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
      controlPlaneBake: bake,
    });

    const nodes = {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      amiTracking: AmiTracking.fromParameter(releaseOf(wave, region)),
    };
    const canary = cluster.addManagedNodeGroup('Canary', { ...nodes, desiredSize: 1 });
    cluster.addManagedNodeGroup('Workers', { ...nodes, minSize: 3, maxSize: 30, upgradeAfter: [canary.baked(bake)] });
  }
}
