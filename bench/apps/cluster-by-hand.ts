import type { Stack } from 'aws-cdk-lib';
import { Addon, Cluster, type CfnNodegroup, type ClusterProps } from 'aws-cdk-lib/aws-eks-v2';
import { ADD_ONS, type NodeGroupPart } from './cluster-parts';
import { KUBERNETES_VERSION } from './node-group-kinds';

/** The cluster on the plain L2: versions, releases and the order of deployment written out. */
export function buildByHand(stack: Stack, props: ClusterProps, groups: NodeGroupPart[]): void {
  const cluster = new Cluster(stack, 'Cluster', props);
  const addOns = ADD_ONS.map((addonName) => new Addon(stack, addonName, { cluster, addonName, addonVersion: 'v1.20.0-eksbuild.1' }));
  groups.forEach(({ id, options, kind }) => {
    const group = cluster.addNodegroupCapacity(id, { ...options, releaseVersion: kind.releaseVersion });
    (group.node.defaultChild as CfnNodegroup).version = KUBERNETES_VERSION;
    addOns.slice(0, 3).forEach((addOn) => group.node.addDependency(addOn));
    addOns.slice(3).forEach((addOn) => addOn.node.addDependency(group));
  });
}
