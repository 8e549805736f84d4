import { CfnResource } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** A cluster that has something to say about its node groups: their version, and their place in the order of deployment. */
export interface NodeGroupHost {
  /** The Kubernetes minor of node groups that name none of their own; undefined for the cluster's. */
  readonly _nodeKubernetesVersion?: string;

  /** Tells the cluster of a node group. */
  _nodeGroupAdded(group: CfnResource): void;
}

/** Whether a cluster has something to say about its node groups. */
export function isNodeGroupHost(cluster: eks.ICluster): cluster is eks.ICluster & NodeGroupHost {
  return '_nodeGroupAdded' in cluster;
}
