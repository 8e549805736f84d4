import { Advances } from '../../change/advances';
import { Change } from '../../change/change';
import { ADD_ON_MINUTES, CONTROL_PLANE_MINUTES } from '../../eks/minutes';
import { rollDurationOf } from '../../eks/roll-duration';
import { isNeededByNodes } from '../../eks/upgrade-order';
import { NodeGroupState } from '../../state/node-group-state';
import { Schedule } from '../../state/schedule';

/**
 * How many minutes a deployment takes at most, bakes included, as far as that is known: of a node group whose size EKS does not
 * tell, nothing is.
 *
 * Control plane, add-ons that nodes need, node groups in their waves, and the other add-ons go one after the other.
 */
export function longestMinutes({ controlPlane, nodeGroups, addOns }: Advances, {
  schedule: { order = {}, controlPlaneBakeSeconds = 0 }, intent: { addOns: wanted = {} },
}: Pick<Change, 'schedule' | 'intent'>): number {
  const isBeforeNodes = (name: string) => wanted[name]?.isNeededByNodes ?? isNeededByNodes(name);
  const addOnMinutes = (isBefore: boolean) => addOns.some(({ name }) => isBeforeNodes(name) === isBefore) ? ADD_ON_MINUTES.to : 0;
  return (controlPlane ? CONTROL_PLANE_MINUTES.to + minutesOf(controlPlaneBakeSeconds) : 0)
    + addOnMinutes(true) + wavesMinutes(nodeGroups, order) + addOnMinutes(false);
}

/** The longest of the chains in which node groups wait for each other. Those that do not roll take no time, nor does their bake. */
function wavesMinutes(rolling: readonly NodeGroupState[], order: Required<Schedule>['order']): number {
  const rolls = new Map(rolling.map((group) => [group.name, rollDurationOf(group)?.mostMinutes ?? 0]));
  const ends = new Map<string, number>();
  const endOf = (name: string): number => {
    const known = ends.get(name);
    if (known !== undefined) return known;
    const { after = [], bakeSeconds = 0 } = order[name] ?? {};
    const roll = rolls.get(name);
    const end = Math.max(0, ...after.map(endOf)) + (roll === undefined ? 0 : roll + minutesOf(bakeSeconds));
    ends.set(name, end);
    return end;
  };
  return Math.max(0, ...rolling.map(({ name }) => endOf(name)));
}

function minutesOf(seconds: number): number {
  return Math.ceil(seconds / 60);
}
