import { KubectlV35Layer } from '@aws-cdk/lambda-layer-kubectl-v35';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClusterUpgrades } from 'cdk-eks-upgrades';
import { Construct } from 'constructs';

class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const cluster = new eks.Cluster(this, 'Cluster', {
      version: eks.KubernetesVersion.V1_35,
      kubectlLayer: new KubectlV35Layer(this, 'Kubectl'),
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2 }),
      defaultCapacity: 0,
    });

    const upgrades = ClusterUpgrades.ofAwsEks(this, 'Upgrades', { cluster });
    upgrades.addManagedNodeGroup('Workers', {
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      maxSize: 6,
    });

    cluster.addFargateProfile('Batch', { selectors: [{ namespace: 'batch' }] });
    cluster.awsAuth.addRoleMapping(iam.Role.fromRoleName(this, 'Developers', 'developers'), { groups: ['developers'] });
  }
}

const app = new App();
new PlatformStack(app, 'Platform', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
