import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** Name of the add-on that gives pods their credentials. */
export const POD_IDENTITY_AGENT = 'eks-pod-identity-agent';

/** Whether anything in the app installs the agent on a cluster. */
export function hasPodIdentityAgent(cluster: eks.Cluster): boolean {
  const names = [cluster.clusterName, (cluster.node.defaultChild as eks.CfnCluster).name];
  return cluster.node.root.node.findAll().some((child) => child instanceof eks.CfnAddon && child.addonName === POD_IDENTITY_AGENT
    && names.some((name) => resolveAlike(child, child.clusterName, name)));
}

function resolveAlike(resource: eks.CfnAddon, one: string, other?: string): boolean {
  const stack = Stack.of(resource);
  return JSON.stringify(stack.resolve(one)) === JSON.stringify(stack.resolve(other));
}
