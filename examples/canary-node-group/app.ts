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

    // one node like those of the workers: it gets the new AMI first
    const canary = cluster.addManagedNodeGroup('Canary', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      desiredSize: 1,
    });

    // tells whether the application is well: take one of yours
    const errors = new cloudwatch.Alarm(this, 'CheckoutErrors', {
      metric: new cloudwatch.Metric({ namespace: 'Checkout', metricName: 'Errors', statistic: 'Sum' }),
      threshold: 10,
      evaluationPeriods: 3,
    });
    const baked = canary.baked({ duration: Duration.minutes(30), alarms: [errors] });

    // these two wait for the canary and its bake, and roll side by side
    cluster.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      minSize: 3,
      maxSize: 12,
      maxUnavailablePercentage: 25,
      upgradeAfter: [baked],
    });
    cluster.addManagedNodeGroup('Batch', {
      instanceTypes: [new ec2.InstanceType('c7i.2xlarge')],
      upgradeAfter: [baked],
    });
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
