import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { Carried } from '../diagnostics/carried';

/** What has something to say about the node groups of a cluster: their version, and their place in the order of deployment. */
export interface NodeGroupHost {
  /** The construct by whose path tools know the cluster. */
  readonly clusterConstruct: IConstruct;

  /** The Kubernetes minor of the cluster. */
  readonly kubernetesVersion: string;

  /** The Kubernetes minor of node groups that name none of their own; undefined for the cluster's. */
  readonly nodeKubernetesVersion?: string;

  /** The minor to which the context takes nodes back, and the releases for it by construct path; undefined where it takes none. */
  readonly rollback?: { readonly to: string; readonly releases: Readonly<Record<string, string>> };

  /** The step of an upgrade path in which the cluster is: it decides for all node groups; undefined where it is on none. */
  readonly step?: {
    readonly version: string;
    /** By construct path. */
    readonly nodesHeldAt: Readonly<Record<string, string>>;
    /** By construct path. */
    readonly releases: Readonly<Record<string, string>>;
  };

  /** The Kubernetes minor that the app itself has for node groups that name none, where the step overrides it; undefined on no path. */
  readonly nodeVersionOffPath?: string;

  /** Whether what guards the cluster looks into it. */
  readonly looksInside: boolean;

  /** Is told of each node group of the cluster. */
  nodeGroupAdded(group: eks.Nodegroup): void;
}

/** The hosts of the node groups of clusters. */
export const NodeGroupHosts = new Carried<NodeGroupHost>('NodeGroupHost');

/** The first node group of a cluster that had no host when it was made: none can decide for it any more. */
export const NodeGroupsBefore = new Carried<eks.Nodegroup>('NodeGroupBeforeHost');

/** Tells the host of its cluster of a node group. */
export function joinHost(group: eks.Nodegroup, cluster: eks.ICluster): void {
  const host = NodeGroupHosts.of(cluster);
  if (host) host.nodeGroupAdded(group);
  else if (!NodeGroupsBefore.of(cluster)) NodeGroupsBefore.give(cluster, group);
}

/** The construct by whose path tools know a cluster. */
export function clusterConstructOf(cluster: eks.ICluster): IConstruct {
  return NodeGroupHosts.of(cluster)?.clusterConstruct ?? cluster;
}
