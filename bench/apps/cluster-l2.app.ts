import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Addon, Cluster, KubernetesVersion, Nodegroup, type CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ADD_ONS, appOfCluster } from './cluster-parts';
import { runMeasured } from './measured-app';
import { KUBERNETES_VERSION } from './node-group-kinds';

/** By hand on the plain L2: versions, releases and the order of deployment written out. */
void runMeasured({
  loadCdk: () => [App, Stack, InstanceType, Vpc, Addon, Cluster, KubernetesVersion, Nodegroup, Role],
  build: (size) => appOfCluster(size, (stack, props, groups) => {
    const cluster = new Cluster(stack, 'Cluster', props);
    const addOns = ADD_ONS.map((addonName) => new Addon(stack, addonName, { cluster, addonName, addonVersion: 'v1.20.0-eksbuild.1' }));
    groups.forEach(({ id, options, kind }) => {
      const group = cluster.addNodegroupCapacity(id, { ...options, releaseVersion: kind.releaseVersion });
      (group.node.defaultChild as CfnNodegroup).version = KUBERNETES_VERSION;
      addOns.slice(0, 3).forEach((addOn) => group.node.addDependency(addOn));
      addOns.slice(3).forEach((addOn) => addOn.node.addDependency(group));
    });
  }),
});
