import { NodeGroupState } from '../state/node-group-state';

/** How long it takes to roll a node group: a range, since nobody knows how long pods take to leave. */
export interface RollDuration {
  readonly nodes: number;
  /** How many nodes are exchanged at once. */
  readonly atOnce: number;
  /** How many times that takes. */
  readonly rounds: number;
  readonly leastMinutes: number;
  /** Beyond it EKS gives up, unless a pod has left at the last moment in every round. */
  readonly mostMinutes: number;
}

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

const LARGEST_AT_ONCE = 100;

/**
 * Estimates how long it takes to roll a node group; undefined when its sizes are not known.
 *
 * The model: setting up; launching new nodes ahead, or, with the strategy `MINIMAL`, in every round after old ones have gone; draining
 * `maxUnavailable` nodes in every round, one unless set; scaling down. A percentage counts of the desired size, rounded down, but one at least.
 * Launches for later rounds overlap with draining. What autoscalers do meanwhile, and warm pools, are left out.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export function rollDurationOf({ scaling, update = {} }: Pick<NodeGroupState, 'scaling' | 'update'>): RollDuration | undefined {
  if (!scaling) return undefined;
  const nodes = scaling.desiredSize;
  const { maxUnavailable, maxUnavailablePercentage } = update;
  const wanted = maxUnavailablePercentage === undefined ? maxUnavailable ?? 1 : Math.floor(nodes * maxUnavailablePercentage / 100);
  const atOnce = Math.max(1, Math.min(wanted, nodes, LARGEST_AT_ONCE));
  const rounds = Math.ceil(nodes / atOnce);
  const minutes = (bound: keyof Span) => SETUP[bound] + (nodes === 0 ? 0 : update.strategy === 'MINIMAL'
    ? rounds * (DRAIN[bound] + LAUNCH[bound])
    : LAUNCH[bound] + rounds * DRAIN[bound] + SCALE_DOWN[bound]);
  return { nodes, atOnce, rounds, leastMinutes: Math.round(minutes('least')), mostMinutes: Math.round(minutes('most')) };
}

/** The duration in words: `10 nodes, 2 at a time: 14 minutes to 1.9 hours`. */
export function describeRollDuration({ nodes, atOnce, leastMinutes, mostMinutes }: RollDuration): string {
  const size = nodes === 1 ? '1 node' : `${nodes} nodes${nodes > 1 ? `, ${atOnce} at a time` : ''}`;
  return `${size}: ${describeRange(leastMinutes, mostMinutes)}`;
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
