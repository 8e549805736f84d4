import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Addon, Cluster, KubernetesVersion, Nodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { buildByHand } from './cluster-by-hand';
import { appOfCluster } from './cluster-parts';
import { runMeasured } from './measured-app';

/** By hand on the plain L2. */
void runMeasured({
  loadCdk: () => [App, Stack, InstanceType, Vpc, Addon, Cluster, KubernetesVersion, Nodegroup, Role],
  build: (size) => appOfCluster(size, buildByHand),
});
