import { Stack } from 'aws-cdk-lib';
import type { CfnAddon, CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { isResourceOfType } from '../node-group/resource-type';

/** Name of the add-on that gives pods their credentials. */
export const POD_IDENTITY_AGENT = 'eks-pod-identity-agent';

/** Whether anything in the app installs the agent on a cluster. */
export function hasPodIdentityAgent(cluster: eks.Cluster): boolean {
  const names = [cluster.clusterName, (cluster.node.defaultChild as CfnCluster).name];
  return cluster.node.root.node.findAll().some((child) => isResourceOfType(child, 'AWS::EKS::Addon')
    && isAgentOf(child as CfnAddon, names));
}

function isAgentOf(addOn: CfnAddon, clusterNames: (string | undefined)[]): boolean {
  return addOn.addonName === POD_IDENTITY_AGENT && clusterNames.some((name) => resolveAlike(addOn, addOn.clusterName, name));
}

function resolveAlike(resource: CfnAddon, one: string, other?: string): boolean {
  const stack = Stack.of(resource);
  return JSON.stringify(stack.resolve(one)) === JSON.stringify(stack.resolve(other));
}
