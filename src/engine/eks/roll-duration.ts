import { nodesAtOnceOf, rollSurgeOf } from './roll-surge';
import { NodeGroupState } from '../state/node-group-state';
import { SubnetState } from '../state/subnet-state';

/** How long it takes to roll a node group: a range, since nobody knows how long pods take to leave. */
export interface RollDuration {
  readonly nodes: number;
  /** How many nodes are exchanged at once. */
  readonly atOnce: number;
  /** How many nodes it launches at most beyond those that there are; absent where it launches none, or where that is not known. */
  readonly surge?: number;
  /** How many times that takes. */
  readonly rounds: number;
  readonly leastMinutes: number;
  /** Beyond it EKS gives up, unless a pod has left at the last moment in every round. */
  readonly mostMinutes: number;
}

/** What is known of a node group that rolls. */
type RolledGroup = Pick<NodeGroupState, 'scaling' | 'update' | 'capacityType'> & Partial<Pick<NodeGroupState, 'subnetIds'>>;

/** A duration between the quickest that is seen and the longest that EKS waits, in minutes. */
interface Span {
  readonly least: number;
  readonly most: number;
}

/** A new launch template version, and the Auto Scaling group set to it. */
const SETUP: Span = { least: 1, most: 3 };
/** An instance starts, joins and is ready; EKS waits 15 minutes for it. */
const LAUNCH: Span = { least: 1.5, most: 15 };
/** Pods are evicted, for which EKS waits 15 minutes, then a minute for load balancers; the instance is terminated. */
const DRAIN: Span = { least: 2, most: 17 };
/** The nodes launched beyond the desired size go, one by one. */
const SCALE_DOWN: Span = { least: 1, most: 10 };

/**
 * Estimates how long it takes to roll a node group; undefined when its sizes are not known.
 *
 * The model: setting up; launching new nodes ahead, or, with the strategy `MINIMAL`, in every round after old ones have gone; draining
 * `maxUnavailable` nodes in every round, one unless set; scaling down. A percentage counts of the desired size, rounded down, but
 * one at least.
 * Launches for later rounds overlap with draining. What autoscalers do meanwhile, and warm pools, are left out.
 *
 * @param subnets those of the node group, as far as they are known
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export function rollDurationOf(group: RolledGroup, subnets: readonly SubnetState[] = []): RollDuration | undefined {
  const { scaling, update = {}, subnetIds = [], capacityType } = group;
  const atOnce = nodesAtOnceOf(group);
  if (!scaling || atOnce === undefined) return undefined;
  const nodes = scaling.desiredSize;
  const rounds = Math.ceil(nodes / atOnce);
  const minutes = (bound: keyof Span) => SETUP[bound] + (nodes === 0 ? 0 : update.strategy === 'MINIMAL'
    ? rounds * (DRAIN[bound] + LAUNCH[bound])
    : LAUNCH[bound] + rounds * DRAIN[bound] + SCALE_DOWN[bound]);
  const surge = subnetIds.length === 0 ? undefined : rollSurgeOf({ scaling, update, subnetIds, capacityType }, subnets);
  return {
    nodes, atOnce, ...surge && { surge }, rounds, leastMinutes: Math.round(minutes('least')), mostMinutes: Math.round(minutes('most')),
  };
}

/** The duration in words: `10 nodes, 2 at a time, up to 6 more meanwhile: 14 minutes to 1.9 hours`. */
export function describeRollDuration(roll: RollDuration): string {
  const size = roll.nodes === 1 ? '1 node' : `${roll.nodes} nodes${roll.nodes > 1 ? `, ${roll.atOnce} at a time` : ''}`;
  return `${size}${describeSurge(roll)}: ${describeRange(roll.leastMinutes, roll.mostMinutes)}`;
}

/** What a roll launches beyond the nodes that there are, behind how many these are; nothing where that is not known. */
export function describeSurge({ surge }: RollDuration): string {
  return surge === undefined ? '' : `, up to ${surge} more meanwhile`;
}

/** A range of minutes in words, in hours where it is long: `14 minutes to 1.9 hours`. */
export function describeRange(leastMinutes: number, mostMinutes: number): string {
  const [least, most] = [inWords(leastMinutes), inWords(mostMinutes)];
  if (least.unit !== most.unit) return `${least.number} ${least.unit} to ${most.number} ${most.unit}`;
  return `${least.number === most.number ? '' : `${least.number} to `}${most.number} ${most.unit}`;
}

function inWords(minutes: number): { readonly number: number; readonly unit: string } {
  return minutes < 90 ? { number: minutes, unit: 'minutes' } : { number: Number((minutes / 60).toFixed(1)), unit: 'hours' };
}
