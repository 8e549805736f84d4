import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Addon, Cluster, KubernetesVersion, Nodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { buildByHand } from './cluster-by-hand';
import { appOfCluster } from './cluster-parts';
import { runMeasured } from './measured-app';

/** By hand, with a Lambda function from a folder beside it: what the CDK takes for the first asset of an app. */
void runMeasured({
  loadCdk: () => [App, Stack, InstanceType, Vpc, Addon, Cluster, KubernetesVersion, Nodegroup, Role],
  build: (size) => appOfCluster(size, (stack, props, groups) => {
    buildByHand(stack, props, groups);
    new LambdaFunction(stack, 'Function', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(process.env.BENCH_ASSETS!, 'handler/cluster-upgrades.zip')),
    });
  }),
});
