import { nodeGroupNameOf } from './deployment-intent';
import { LONGEST_BAKE_SECONDS } from './resource-properties';
import { ClusterDeclaration, CONTROL_PLANE, NodeGroupDeclaration } from '../declaration/cluster-declaration';
import { DeployedStack, stackBefore } from '../state/deployed-stack';
import { RollOrder, Schedule } from '../state/schedule';

/** What decides on the order of a cluster's node groups. */
export type OrderedCluster = Pick<ClusterDeclaration, 'stackName' | 'logicalId' | 'nodeGroups' | 'bakes'>;

/** When an app lets a cluster be rolled, for somebody who reviews a change of it; node groups go by their names in EKS. */
export function scheduleOf(declaration: ClusterDeclaration, deployed: Readonly<Record<string, DeployedStack>>): Schedule {
  return { windows: declaration.guard.windows, ...rollOrderOf(declaration, (group) => nodeGroupNameOf(group, deployed)) };
}

/**
 * In which order the node groups of a cluster roll, and what bakes: by their `upgradeAfter`, and after all of the stack of the cluster
 * where they are in another one. A bake whose length only the deployment knows counts as the longest.
 */
export function rollOrderOf(
  cluster: OrderedCluster, nameOf: (group: NodeGroupDeclaration) => string,
): Required<Pick<Schedule, 'order' | 'controlPlaneBakeSeconds'>> {
  const { nodeGroups, bakes } = cluster;
  const names = new Map(nodeGroups.map((group) => [group.path, nameOf(group)]));
  const named = ({ path }: NodeGroupDeclaration) => names.get(path)!;
  const bakedAt = new Map(bakes.map(({ path, bakes: subject }) => [path, subject]));
  const secondsOf = (subject: string) => {
    const bake = bakes.find((candidate) => candidate.bakes === subject);
    return bake ? bake.seconds ?? LONGEST_BAKE_SECONDS : 0;
  };
  const told = ({ upgradeAfter = [] }: NodeGroupDeclaration) => upgradeAfter.flatMap(
    (earlier) => names.get(bakedAt.get(earlier) ?? earlier) ?? [],
  );
  const stacks = new Set(nodeGroups.map(({ stackName }) => stackName));
  const byStack = new Map([...stacks].map((stackName) => [stackName, namesBefore(stackName, cluster, named, told)]));
  return {
    order: Object.fromEntries(nodeGroups.map((group): [string, RollOrder] => [named(group), {
      after: [...new Set([...told(group), ...byStack.get(group.stackName)!])],
      bakeSeconds: secondsOf(group.path),
    }])),
    controlPlaneBakeSeconds: secondsOf(CONTROL_PLANE),
  };
}

/**
 * What rolls before the groups of a stack: what refers to a cluster of the app waits for the whole stack that holds it.
 *
 * Nothing is told where one of those groups waits itself for one outside, which CloudFormation refuses, or shares a name with it.
 */
function namesBefore(
  stackName: string, { stackName: own, logicalId, nodeGroups }: OrderedCluster,
  nameOf: (group: NodeGroupDeclaration) => string, told: (group: NodeGroupDeclaration) => readonly string[],
): readonly string[] {
  const before = logicalId === undefined ? undefined : stackBefore(stackName, own);
  if (before === undefined) return [];
  const isWithin = (group: NodeGroupDeclaration) => `${group.stackName}/`.startsWith(`${before}/`);
  const outside = new Set(nodeGroups.filter((group) => !isWithin(group)).map(nameOf));
  const within = nodeGroups.filter(isWithin);
  return within.some((group) => [nameOf(group), ...told(group)].some((name) => outside.has(name))) ? [] : within.map(nameOf);
}
