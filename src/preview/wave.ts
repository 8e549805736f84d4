import { NodeGroupMove } from './node-group-move';
import { RollDuration } from '../engine/eks/roll-duration';
import { Bake, Waves } from '../engine/plan/waves';

/** Node groups that roll side by side, once those of the wave before have rolled and baked. */
export interface Wave {
  readonly nodeGroups: readonly Pick<NodeGroupMove, 'name' | 'roll'>[];
  readonly bakes: readonly NodeGroupBake[];
  /** The stacks that hold them, which may be deployed one after the other; absent where it is one. */
  readonly stacks?: readonly string[];
}

/** What is watched of a node group that has rolled. */
export interface NodeGroupBake extends Bake {
  readonly nodeGroup: string;
}

/**
 * The waves of node groups that roll; none where all of them roll at once, in one stack, and nothing bakes.
 *
 * @param goingBack the names of those whose bakes pass, since they go back
 */
export function wavesOf(rolling: readonly NodeGroupMove[], waves: Waves, goingBack: ReadonlySet<string>): Wave[] {
  const found = waves.split(rolling, ({ name }) => name).map((groups): Wave => ({
    nodeGroups: groups.map(({ name, roll }) => ({ name, roll })),
    ...inSeveral([...new Set(groups.flatMap(({ name }) => waves.stackOf(name) ?? []))]),
    bakes: groups.flatMap(({ name }) => {
      const bake = goingBack.has(name) ? undefined : waves.bakeOf(name);
      return bake ? [{ nodeGroup: name, ...bake }] : [];
    }),
  }));
  return found.length > 1 || found.some(({ bakes, stacks }) => bakes.length > 0 || stacks) ? found : [];
}

function inSeveral(stacks: readonly string[]): Pick<Wave, 'stacks'> {
  return stacks.length > 1 ? { stacks } : {};
}

/** How long all waves take, one after the other; undefined where that is not known of all that rolls and bakes, or of the order of stacks. */
export function timeOf(waves: readonly Wave[]): Pick<RollDuration, 'leastMinutes' | 'mostMinutes'> | undefined {
  if (waves.some(({ stacks }) => stacks)) return undefined;
  const rolls = waves.map(({ nodeGroups }) => nodeGroups.map(({ roll }) => roll));
  const bakes = waves.map((wave) => wave.bakes.filter(({ passesAtOnce }) => !passesAtOnce).map(({ seconds }) => seconds));
  if ([...rolls.flat(), ...bakes.flat()].includes(undefined)) return undefined;
  const longest = (numbers: readonly number[]) => Math.max(0, ...numbers);
  const sum = (bound: 'leastMinutes' | 'mostMinutes') => waves.reduce((minutes, _, wave) => minutes
    + longest(rolls[wave].map((roll) => roll![bound])) + longest(bakes[wave].map((seconds) => Math.ceil(seconds! / 60))), 0);
  return { leastMinutes: sum('leastMinutes'), mostMinutes: sum('mostMinutes') };
}
