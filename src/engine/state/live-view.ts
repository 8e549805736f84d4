import { ClusterState } from './cluster-state';
import { DeployedStack } from './deployed-stack';
import { Known } from './known';
import { RegionCatalog } from './region-catalog';

/** What is live of the clusters that an app declares. Plain data that survives JSON. */
export interface LiveView {
  /** When it was read: ISO 8601. */
  readonly observedAt: string;
  /** In the order of the declarations. */
  readonly clusters: readonly LiveCluster[];
  /** By key of the environment. */
  readonly environments: Readonly<Record<string, LiveEnvironment>>;
}

/** What is live of one cluster. */
export interface LiveCluster {
  /** Construct path of the cluster. */
  readonly path: string;
  /** Key of its environment. */
  readonly environment: string;
  /** The name in EKS; absent while it is not known, as before CloudFormation has made it up. */
  readonly name?: string;
  /** Whether the app imports it without a name that was known when it was read, so that its parts alone could tell one. */
  readonly isNameless?: boolean;
  /** Absent when the cluster does not exist yet. */
  readonly state?: Known<ClusterState>;
}

/** What all clusters of an account and Region share. */
export interface LiveEnvironment {
  readonly catalog: RegionCatalog;
  /** By name of the stack; one that does not exist yet is an empty stack. */
  readonly stacks: Readonly<Record<string, Known<DeployedStack>>>;
}

/** The key of an environment. What is not known at synthesis is decided by whoever deploys, once for all. */
export function environmentKey({
  account = 'current', region = 'current',
}: { readonly account?: string; readonly region?: string }): string {
  return `${account}/${region}`;
}
