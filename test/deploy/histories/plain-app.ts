/**
 * An app before anybody has adopted this library: the same constructs of the plain L2, where ours will stand.
 */
import { Names, type Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { Construct } from 'constructs';
import type { AppModel } from './app-model';

/** What of the cluster and its node groups the app says in any case. */
export interface CommonProps {
  readonly cluster: eks.ClusterProps;
  readonly group: (id: string) => eks.NodegroupOptions & { readonly instanceTypes: ec2.InstanceType[] };
  /** Where an add-on stands, where that is not the cluster's stack. */
  readonly scopeOf: (addOn: string) => Stack | undefined;
}

/** Returns the node groups. */
export function addPlainCluster(
  stack: Stack, nodes: Stack | undefined, { clusterId, groups, addOns }: AppModel, props: CommonProps,
): Construct[] {
  const cluster = new eks.Cluster(stack, clusterId ?? 'Cluster', props.cluster);
  for (const addonName of Object.keys(addOns)) {
    const scope = props.scopeOf(addonName);
    const id = `${scope ? Names.nodeUniqueId(cluster.node) : ''}AddOn${addonName.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')}`;
    new eks.Addon(scope ?? cluster, id, { cluster, addonName });
  }
  return Object.entries(groups).map(([id, { amiType }]) => {
    const options = { ...props.group(id), amiType: amiType as eks.NodegroupAmiType };
    return nodes ? new eks.Nodegroup(nodes, id, { cluster, ...options }) : cluster.addNodegroupCapacity(id, options);
  });
}
