import { nodeGroupNameOf } from './deployment-intent';
import { LONGEST_BAKE_SECONDS } from './resource-properties';
import { ClusterDeclaration, NodeGroupDeclaration } from '../declaration/cluster-declaration';
import { DeployedStack } from '../state/deployed-stack';
import { RollOrder, Schedule } from '../state/schedule';

/** When an app lets a cluster be rolled, for somebody who reviews a change of it; node groups go by their names in EKS. */
export function scheduleOf(declaration: ClusterDeclaration, deployed: Readonly<Record<string, DeployedStack>>): Schedule {
  return { windows: declaration.guard.windows, ...rollOrderOf(declaration, (group) => nodeGroupNameOf(group, deployed)) };
}

/**
 * In which order the node groups of a cluster roll, and what bakes. A bake whose length only the deployment knows counts as the
 * longest.
 */
export function rollOrderOf(
  { nodeGroups, bakes }: Pick<ClusterDeclaration, 'nodeGroups' | 'bakes'>, nameOf: (group: NodeGroupDeclaration) => string,
): Required<Pick<Schedule, 'order' | 'controlPlaneBakeSeconds'>> {
  const names = new Map(nodeGroups.map((group) => [group.path, nameOf(group)]));
  const bakedAt = new Map(bakes.map(({ path, bakes: subject }) => [path, subject]));
  const secondsOf = (subject: string) => {
    const bake = bakes.find((candidate) => candidate.bakes === subject);
    return bake ? bake.seconds ?? LONGEST_BAKE_SECONDS : 0;
  };
  return {
    order: Object.fromEntries(nodeGroups.map(({ path, upgradeAfter = [] }): [string, RollOrder] => [names.get(path)!, {
      after: upgradeAfter.flatMap((earlier) => names.get(bakedAt.get(earlier) ?? earlier) ?? []),
      bakeSeconds: secondsOf(path),
    }])),
    controlPlaneBakeSeconds: secondsOf('control plane'),
  };
}
