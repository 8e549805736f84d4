/**
 * What is there before and after a deployment: asked of EKS and CloudFormation, not of the library.
 */
import type { ClusterRecord } from '../../aws/eks-region';
import type { Stacks, Step } from '../stacks';

/** What EKS has. */
export interface Observation {
  readonly version: string;
  /** By name. */
  readonly nodeGroups: Readonly<Record<string, { readonly version?: string; readonly releaseVersion?: string }>>;
  /** Physical IDs of cluster, node groups and add-ons, by logical ID. */
  readonly physicalIds: Readonly<Record<string, string>>;
}

/** One deployment of one stack. */
export interface Deployment {
  readonly stack: string;
  readonly before: Observation;
  readonly after: Observation;
  readonly status: string;
  readonly steps: readonly Step[];
  /** What the guard has found. */
  readonly findings: readonly GuardFinding[];
  /** Whether CloudFormation has called a function of the stack, which it does not for new names alone. */
  readonly wasAsked: boolean;
  /** Those of them that `check` had said, or a guard in the deployment before that stopped. @default - none */
  readonly foretold?: readonly GuardFinding[];
  /** Whether the control plane moved in this deployment or in the one of its own stack just before. */
  readonly controlPlaneMoved: boolean;
  /** Whether CloudFormation waited for nothing. @default false */
  readonly isExpress?: boolean;
}

/** What the guard has written into its log. */
export interface GuardFinding {
  readonly id: string;
  readonly severity: string;
  readonly subject: string;
}

export async function observe(stacks: Stacks, names: readonly string[], cluster: ClusterRecord): Promise<Observation> {
  const ids = (await Promise.all(names.map(async (name) => Object.entries(await stacks.resources(name))))).flat();
  return {
    version: cluster.version,
    nodeGroups: Object.fromEntries(
      [...cluster.nodegroups.values()].map(({ name, version, releaseVersion }) => [name, { version, releaseVersion }]),
    ),
    physicalIds: Object.fromEntries(
      ids.filter(([, id]) => id === cluster.name || id?.startsWith(`${cluster.name}/`) || id?.startsWith(`${cluster.name}|`)),
    ),
  };
}
