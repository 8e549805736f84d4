import { ClusterPlan, PlannedDeployment } from './cluster-plan';
import {
  describeCluster, describeDeployment, describeEdits, describeNoPlan, describeOtherWay,
  describeRest, describeSaving, describeTime, describeTimedStep, describeTotal, describeWay,
  DURATION_MODEL, findingsToTell,
} from './plan-words';
import { sayFinding } from '../../engine/judgement/verdict-text';
import { Colors, SEVERITY_COLORS } from '../terminal';

/** The plans for a terminal. */
export function planText(plans: readonly ClusterPlan[], colors: Colors): string {
  if (plans.length === 0) return 'there are no clusters\n';
  return `${[...plans.map((plan) => describePlan(plan, colors)), colors.dim(DURATION_MODEL)].join('\n\n')}\n`;
}

function describePlan(plan: ClusterPlan, colors: Colors): string {
  const title = colors.bold(describeCluster(plan));
  if (!('deployments' in plan)) return `${title}\n  ${describeNoPlan(plan)}`;
  const further = [describeOtherWay(plan), describeSaving(plan)].filter((line) => line !== undefined);
  return [
    [
      title, `  ${describeWay(plan)}`, ...further.map((line) => `  ${line}`),
      ...plan.open.map((question) => `  ${colors.yellow('open')}: ${question}`),
    ].join('\n'),
    ...plan.deployments.map((deployment, index) => describeOne(deployment, describeDeployment(plan, index), colors)),
  ].join('\n\n');
}

function describeOne(deployment: PlannedDeployment, title: string, colors: Colors): string {
  const { steps, passed } = deployment;
  return [
    `  ${colors.bold(title)}, ${describeTotal(deployment)}${passed ? '' : `, ${colors.red('refused')}`}`,
    ...describeEdits(deployment).map((line) => `     ${colors.bold(line)}`),
    ...steps.map((timed) => `     ${describeTimedStep(timed)}: ${describeTime(timed)}`),
    ...steps.length === 0 ? ['     nothing moves'] : [],
    ...findingsToTell(deployment).map(
      (finding) => `     ${colors[SEVERITY_COLORS[finding.severity]](finding.severity.toUpperCase())} ${sayFinding(finding)}`,
    ),
    ...describeRest(deployment).map((line) => `     ${line}`),
  ].join('\n');
}
