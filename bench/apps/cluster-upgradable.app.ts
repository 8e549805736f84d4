import { App, Stack } from 'aws-cdk-lib';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Addon, Cluster, KubernetesVersion, Nodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ADD_ONS, appOfCluster } from './cluster-parts';
import { runMeasured } from './measured-app';

let library: typeof import('../../src/index.js');

/** This library, with all that it does by default: releases looked up, add-on versions resolved at deployment, the guard. */
void runMeasured({
  loadCdk: () => [App, Stack, InstanceType, Vpc, Addon, Cluster, KubernetesVersion, Nodegroup, Role],
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.UpgradableCluster, library.ManagedAddOn]; // loaded on first touch
  },
  build: (size) => appOfCluster(size, (stack, props, groups) => {
    const cluster = new library.UpgradableCluster(stack, 'Cluster', {
      ...props,
      managedAddOns: ADD_ONS.map((name) => library.ManagedAddOn.of(name)),
    });
    groups.forEach(({ id, options }) => cluster.addManagedNodeGroup(id, options));
  }),
});
