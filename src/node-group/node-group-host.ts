import * as eks from 'aws-cdk-lib/aws-eks-v2';

/** A cluster that wants to know its node groups, to give them their place in the order of deployment. */
export interface NodeGroupHost {
  _nodeGroupAdded(group: eks.CfnNodegroup): void;
}

/** Whether a cluster wants to know its node groups. */
export function isNodeGroupHost(cluster: eks.ICluster): cluster is eks.ICluster & NodeGroupHost {
  return '_nodeGroupAdded' in cluster;
}
