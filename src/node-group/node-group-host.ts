import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';

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

  /** Whether what guards the cluster looks into it. */
  readonly looksInside: boolean;

  /** Is told of each node group of the cluster. */
  nodeGroupAdded(group: eks.Nodegroup): void;
}

const HOSTS = new WeakMap<eks.ICluster, NodeGroupHost>();

/** Makes something the host of the node groups of a cluster. */
export function hostNodeGroups(cluster: eks.ICluster, host: NodeGroupHost): void {
  HOSTS.set(cluster, host);
}

/** The construct by whose path tools know a cluster. */
export function clusterConstructOf(cluster: eks.ICluster): IConstruct {
  return nodeGroupHostOf(cluster)?.clusterConstruct ?? cluster;
}

/** The host of the node groups of a cluster; undefined where there is none. */
export function nodeGroupHostOf(cluster: eks.ICluster): NodeGroupHost | undefined {
  return HOSTS.get(cluster);
}
