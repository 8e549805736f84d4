import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn, UpgradableCluster } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new UpgradableCluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
    });

    // tells whether the application is well: take one of yours
    const errors = new cloudwatch.Alarm(this, 'CheckoutErrors', {
      metric: new cloudwatch.Metric({ namespace: 'Checkout', metricName: 'Errors', statistic: 'Sum' }),
      threshold: 10,
      evaluationPeriods: 3,
    });

    // the second group, with what the first cannot be given any more, and as many nodes as the first has now
    const second = cluster.addManagedNodeGroup('WorkersM8i', {
      instanceTypes: [new ec2.InstanceType('m8i.large')],
      minSize: 3,
      maxSize: 12,
    });
    const baked = second.baked({ duration: Duration.minutes(30), alarms: [errors], onCreation: true });

    // the first group: no new pod goes to it once the second has baked; without these lines, it is removed
    cluster.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      minSize: 3,
      maxSize: 12,
      taints: [{ key: 'leaving', value: 'true', effect: eks.TaintEffect.NO_SCHEDULE }],
      upgradeAfter: [baked],
    });
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
