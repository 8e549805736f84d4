import { nodeGroupNameOf } from '../change/deployment-intent';
import { OrderedCluster, rollOrderOf } from '../change/roll-order';
import { inRollWaves } from '../change/roll-waves';
import { BakeDeclaration, CONTROL_PLANE, NodeGroupDeclaration } from '../declaration/cluster-declaration';
import { BAKE_TYPE, DeployedStack, outermostStack } from '../state/deployed-stack';
import { Schedule } from '../state/schedule';

/** A bake as a deployment meets it. */
export interface Bake extends Pick<BakeDeclaration, 'seconds' | 'alarms'> {
  /** Whether the next deployment creates it, in which it does nothing, unless it lasts on creation. */
  readonly passesAtOnce: boolean;
}

/**
 * The order of a cluster's node groups among themselves, and what bakes on the way. Groups go by their names in EKS.
 */
export class Waves {
  /** The bake of the control plane, for which all else waits. */
  readonly controlPlaneBake?: Bake;
  private readonly bakes: ReadonlyMap<string, Bake>;
  private readonly stacks: ReadonlyMap<string, string>;
  private readonly order: Required<Schedule>['order'];

  /** @param deployed the stacks that could be read, by name */
  constructor(cluster: OrderedCluster, deployed: Readonly<Record<string, DeployedStack>>) {
    const nameOf = (group: NodeGroupDeclaration) => nodeGroupNameOf(group, deployed);
    const bakes = new Map(cluster.bakes.map((bake) => [
      bake.bakes, { seconds: bake.seconds, alarms: bake.alarms, passesAtOnce: passesAtOnce(bake, deployed) },
    ]));
    this.stacks = new Map(cluster.nodeGroups.map((group) => [nameOf(group), outermostStack(group.stackName)]));
    this.order = rollOrderOf(cluster, nameOf).order;
    this.controlPlaneBake = bakes.get(CONTROL_PLANE);
    this.bakes = new Map(cluster.nodeGroups.flatMap((group) => {
      const bake = bakes.get(group.path);
      return bake ? [[nameOf(group), bake]] : [];
    }));
  }

  /** The bake of a node group. */
  bakeOf(name: string): Bake | undefined {
    return this.bakes.get(name);
  }

  /** The stack that is deployed with a node group, at the top; undefined of one that nothing declares. */
  stackOf(name: string): string | undefined {
    return this.stacks.get(name);
  }

  /** Puts node groups that roll into waves, each of which waits for those before it. */
  split<T>(groups: readonly T[], nameOf: (group: T) => string): T[][] {
    return inRollWaves(groups, nameOf, (name) => this.order[name]?.after ?? []);
  }
}

function passesAtOnce(
  { stackName, logicalId, onCreation = false }: BakeDeclaration, deployed: Readonly<Record<string, DeployedStack>>,
): boolean {
  return !onCreation && deployed[stackName] !== undefined && deployed[stackName].resources[logicalId]?.type !== BAKE_TYPE;
}
