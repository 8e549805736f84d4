import { ClusterPlan, isOfOthers, PlannedDeployment, PlannedWay, rollsOf } from './cluster-plan';
import { Minutes } from '../../engine/eks/minutes';
import { describeRange, describeSurge } from '../../engine/eks/roll-duration';
import { wayBack } from '../../engine/judgement/checks/way-back';
import { Finding } from '../../engine/judgement/finding';
import { describeWayBack } from '../../engine/judgement/way-back-words';
import { describeAppEdit } from '../../engine/plan/app-edits';
import { describePlanStep, isExternal } from '../../engine/plan/plan-step';
import { TimedStep } from '../../engine/plan/plan-times';
import { describeEnvironment } from '../aws-environments';

/** How durations come about, for readers of a plan. */
export const DURATION_MODEL = 'durations range from the fastest observed to EKS\'s timeout (or, where EKS has none, the longest '
  + 'reported): 8 to 40 minutes for the control plane, '
  + '1 to 10 for an add-on, and for nodes by their number and maxUnavailable; add-ons run in parallel, node groups wave by wave; '
  + 'the time that you watch '
  + 'between deployments is not included';

/** `prod, 111122223333/us-west-2`. */
export function describeCluster(plan: ClusterPlan): string {
  return `${plan.name}, ${describeEnvironment(plan)}`;
}

/** Why there is no plan. */
export function describeNoPlan(plan: Exclude<ClusterPlan, PlannedWay>): string {
  if ('unreadable' in plan) return `could not be read: ${plan.unreadable}`;
  return 'noWay' in plan ? plan.noWay : 'does not exist yet: its first deployment creates it as the app wants it';
}

/** `1.35 → 1.37 in 2 deployments, 32 to 110 minutes`. */
export function describeWay({ from, to, deployments, minutes }: PlannedWay): string {
  const versions = from === to ? `stays at ${from}` : `${from} → ${to}`;
  const count = deployments.filter((deployment) => !isOfOthers(deployment)).length;
  return count === 0
    ? `${versions}: the app has nothing to move`
    : `${versions}: ${count} ${count === 1 ? 'deployment' : 'deployments'}, ${describeMinutes(minutes)}`;
}

/** How else the cluster can go, and what that takes. */
export function describeOtherWay(way: PlannedWay): string | undefined {
  const { otherWay } = way;
  if (!otherWay) return undefined;
  const [rolls, here] = [inRolls(otherWay.rolls), inRolls(rollsOf(way))];
  return otherWay.holdNodes
    ? `node groups follow the control plane as the app is written, in ${here}; --hold-nodes holds them until it has arrived: `
      + `${rolls}, ${describeMinutes(otherWay.minutes)}`
    : `node groups wait until the control plane has arrived, in ${here}; without --hold-nodes they follow it as the app is `
      + `written: ${rolls}, ${describeMinutes(otherWay.minutes)}`;
}

function inRolls(rolls: number): string {
  return `${rolls} ${rolls === 1 ? 'roll' : 'rolls'}`;
}

/** What to write into the app before a deployment; nothing where the cluster is in no app. */
export function describeEdits({ edits }: PlannedDeployment): string[] {
  if (!edits) return [];
  return edits.length === 0 ? ['the app as it is'] : edits.map((edit) => `in the app, ${describeAppEdit(edit)}`);
}

/** What the way saves, in words; undefined when it saves nothing. */
export function describeSaving({ savedUsdInYear = 0, from }: PlannedWay): string | undefined {
  return savedUsdInYear > 0
    ? `saves $${savedUsdInYear.toLocaleString('en')} of extended support in the next year, which staying at ${from} would cost`
    : undefined;
}

/**
 * `2. 1.35 → 1.36`, or what moves when the control plane stays. The deployments of the app are counted; what others are to move stands
 * without a number where its turn is.
 *
 * @param escape for the words beside the number
 */
export function describeDeployment({ deployments }: PlannedWay, index: number, escape = (text: string) => text): string {
  const { from, to } = deployments[index];
  const what = from === to ? `nodes and add-ons at ${to}` : `${from} → ${to}`;
  const isOfApp = (deployment: PlannedDeployment) => !isOfOthers(deployment);
  if (isOfApp(deployments[index])) return `${deployments.slice(0, index + 1).filter(isOfApp).length}. ${escape(what)}`;
  return escape(`${deployments.slice(index).some(isOfApp) ? 'before the next deployment, ' : ''}outside this app: ${what}`);
}

/** How long a deployment takes. */
export function describeTotal(deployment: PlannedDeployment): string {
  return isOfOthers(deployment) ? NOT_IN_TOTAL : describeMinutes(deployment.minutes);
}

const NOT_IN_TOTAL = 'not in the total';

/** A step, and how nodes give way. */
export function describeTimedStep({ step, roll }: TimedStep): string {
  return describePlanStep(step) + (
    roll ? ` (${roll.nodes} ${roll.nodes === 1 ? 'node' : 'nodes'}, ${roll.atOnce} at a time${describeSurge(roll)})` : ''
  );
}

/** How long a step takes. */
export function describeTime({ step, minutes }: TimedStep): string {
  return isExternal(step) ? NOT_IN_TOTAL : describeMinutes(minutes);
}

/** `8 to 40 minutes`, or hours where minutes would be too fine. */
export function describeMinutes(minutes: Minutes | undefined): string {
  if (!minutes || (minutes.isPartial && minutes.to === 0)) return 'time not known';
  return `${minutes.isPartial ? 'at least ' : ''}${describeRange(minutes.from, minutes.to)}`;
}

/** The findings, but for those of which {@link describeRest} speaks. */
export function findingsToTell({ findings }: PlannedDeployment): Finding[] {
  return findings.filter(({ check, severity }) => check !== wayBack.id || severity !== 'info');
}

/** Where one may stop, what the way back takes, and where it ends. */
export function describeRest(
  { unsafeToStop, wayBackTo, beforeWayBack = { after: [], created: [] }, closesWayBackTo }: PlannedDeployment,
): string[] {
  return [
    ...closesWayBackTo ? [`closes the way back to ${closesWayBackTo}`] : [],
    unsafeToStop.length === 0 ? 'safe to stop after it' : `do not stop after it: ${unsafeToStop.join('; ')}`,
    ...wayBackTo ? [`way back: ${describeWayBack(wayBackTo, beforeWayBack)}, until you upgrade to the next minor`] : [],
  ];
}
