/**
 * The app of a history: what its author has written, as plain data that edits change.
 */

/** How an add-on's version is chosen. */
export type AddOnPolicy = 'recommended' | 'latest' | 'keepWhileCompatible' | { readonly pinned: string };

/** How a node group's release is chosen. */
export type Tracking = 'recommended' | { readonly pinned: string };

/**
 * What of a cluster can only be set when it is created: who installs its first add-ons, its role, its key of secrets, its kind
 * of addresses.
 */
export type ClusterCreation = 'add-ons' | 'role' | 'encryption' | 'addresses';

/** The stack of the node groups: the cluster's, one of their own, or one that is nested in the cluster's. */
export type NodesIn = 'cluster stack' | 'own stack' | 'nested stack';

export interface GroupModel {
  readonly amiType: 'AL2023_x86_64_STANDARD' | 'BOTTLEROCKET_x86_64';
  readonly maxSize: number;
  /** Can only be set when a group is created. */
  readonly instanceType: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly tracking: Tracking;
  /** Held at this minor; else it follows. */
  readonly version?: string;
  /** In EKS, where CloudFormation does not make one up. Can only be set when a group is created, like all that follows. */
  readonly name?: string;
  readonly diskSize?: number;
  /** Which of the cluster's subnets. @default - all of them */
  readonly subnet?: number;
  /** One of the app's security groups. @default - no access by SSH */
  readonly sshFrom?: string;
  /** One of the app's launch templates. */
  readonly launchTemplate?: string;
}

export interface AppModel {
  /** IDs of the cluster's subnets, each in a zone of its own. */
  readonly subnets: readonly string[];
  readonly version: string;
  /** Minor of the nodes that name none of their own. */
  readonly nodeVersion?: string;
  readonly supportType?: 'STANDARD' | 'EXTENDED';
  /** Where the node groups are; with them the add-ons that run on nodes. */
  readonly nodesIn: NodesIn;
  /** Of everything in the app. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of the stacks themselves, as `cdk deploy --tags` puts them on. */
  readonly stackTags?: Readonly<Record<string, string>>;
  /** The value of the template's parameter by which the node groups are tagged, where there is one. */
  readonly team?: string;
  /** Whether the guard of the app is switched on. */
  readonly isGuarded: boolean;
  /** By construct ID. */
  readonly groups: Readonly<Record<string, GroupModel>>;
  /** Whether each group rolls when the one before it has. */
  readonly inOrder: boolean;
  readonly addOns: Readonly<Record<string, AddOnPolicy>>;
  /** Looked-up releases by SSM parameter, as `cdk.context.json` keeps them. */
  readonly lookedUp: Readonly<Record<string, string>>;
  /** Whether it is an app of the plain L2 still. */
  readonly isPlain: boolean;
  /** Whether node groups override PodDisruptionBudgets. */
  readonly forceUpdate: boolean;
  /** Construct ID of the cluster. @default 'Cluster' */
  readonly clusterId?: string;
  /** What the app says of the making of the cluster that it did not say then. @default - nothing */
  readonly madeOtherwise?: ClusterCreation;
  /** The namespaces of add-ons that do not choose their own. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** What the launch templates say: whether nodes are monitored in detail. */
  readonly monitoring?: boolean;
  /** What else `cdk.context.json` holds, such as an entry that takes the cluster back. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The minor that a group is to run. */
export function minorOf(model: AppModel, group: GroupModel): string {
  return group.version ?? model.nodeVersion ?? model.version;
}

/** The minor so many steps away. */
export function plus(minor: string, steps: number): string {
  const [major, number] = minor.split('.').map(Number);
  return `${major}.${number + steps}`;
}

/** How many minors the first is ahead of the second. */
export function ahead(minor: string, other: string): number {
  return Number(minor.split('.')[1]) - Number(other.split('.')[1]);
}
