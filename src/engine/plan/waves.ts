import { nodeGroupNameOf } from '../change/deployment-intent';
import { inRollWaves } from '../change/roll-waves';
import { BakeDeclaration, ClusterDeclaration } from '../declaration/cluster-declaration';
import { BAKE_TYPE, DeployedStack } from '../state/deployed-stack';

/** A bake as a deployment meets it. */
export interface Bake extends Pick<BakeDeclaration, 'seconds' | 'alarms'> {
  /** Whether the next deployment creates it, in which it does nothing, unless it lasts on creation. */
  readonly passesAtOnce: boolean;
}

/** What a bake of no node group watches; no name in EKS has a space. */
const CONTROL_PLANE = 'control plane';

/**
 * The order of a cluster's node groups among themselves, as their `upgradeAfter` has it, and what bakes on the way. Groups go by
 * their names in EKS.
 */
export class Waves {
  /** The bake of the control plane, for which all else waits. */
  readonly controlPlaneBake?: Bake;
  private readonly bakes: ReadonlyMap<string, Bake>;
  private readonly earlier: ReadonlyMap<string, readonly string[]>;

  /** @param deployed the stacks that could be read, by name */
  constructor({ nodeGroups, bakes }: Pick<ClusterDeclaration, 'nodeGroups' | 'bakes'>, deployed: Readonly<Record<string, DeployedStack>>) {
    const names = new Map(nodeGroups.map((group) => [group.path, nodeGroupNameOf(group, deployed)]));
    const baked = new Map(bakes.map(({ path, bakes: subject }) => [path, subject]));
    const nameAt = (path: string) => names.get(baked.get(path) ?? path);
    this.earlier = new Map(nodeGroups.map(({ path, upgradeAfter = [] }) =>
      [names.get(path)!, upgradeAfter.map(nameAt).filter((name) => name !== undefined)]));
    this.bakes = new Map(bakes.map((bake) => [
      names.get(bake.bakes) ?? CONTROL_PLANE,
      { seconds: bake.seconds, alarms: bake.alarms, passesAtOnce: passesAtOnce(bake, deployed) },
    ]));
    this.controlPlaneBake = this.bakes.get(CONTROL_PLANE);
  }

  /** The bake of a node group. */
  bakeOf(name: string): Bake | undefined {
    return this.bakes.get(name);
  }

  /** Puts node groups that roll into waves, each of which waits for those before it. */
  split<T>(groups: readonly T[], nameOf: (group: T) => string): T[][] {
    return inRollWaves(groups, nameOf, (name) => this.earlier.get(name) ?? []);
  }
}

function passesAtOnce(
  { stackName, logicalId, onCreation = false }: BakeDeclaration, deployed: Readonly<Record<string, DeployedStack>>,
): boolean {
  return !onCreation && deployed[stackName] !== undefined && deployed[stackName].resources[logicalId]?.type !== BAKE_TYPE;
}
