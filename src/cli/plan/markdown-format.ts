import { ClusterPlan, PlannedDeployment } from './cluster-plan';
import {
  describeCluster, describeDeployment, describeEdits, describeNoPlan, describeOtherWay,
  describeRest, describeSaving, describeTime, describeTimedStep, describeTotal, describeWay,
  DURATION_MODEL, findingsToTell,
} from './plan-words';
import { sayFinding } from '../../engine/judgement/verdict-text';
import { escapeMarkdown } from '../../engine/state/untrusted-text';

/** The plans for a pull request or a wiki. */
export function planMarkdown(plans: readonly ClusterPlan[]): string {
  return `${[...plans.map(describePlan), `_${escapeMarkdown(DURATION_MODEL)}_`].join('\n\n')}\n`;
}

function describePlan(plan: ClusterPlan): string {
  const title = `## ${escapeMarkdown(describeCluster(plan))}`;
  if (!('deployments' in plan)) return `${title}\n\n${escapeMarkdown(describeNoPlan(plan))}`;
  const further = [describeOtherWay(plan), describeSaving(plan)].filter((line) => line !== undefined);
  return [
    title,
    escapeMarkdown(describeWay(plan)),
    ...further.map(escapeMarkdown),
    ...plan.open.length > 0 ? [plan.open.map((question) => `- open: ${escapeMarkdown(question)}`).join('\n')] : [],
    ...plan.deployments.map((deployment, index) => describeOne(deployment, describeDeployment(plan, index, escapeMarkdown))),
  ].join('\n\n');
}

function describeOne(deployment: PlannedDeployment, title: string): string {
  const { steps, passed } = deployment;
  const edits = describeEdits(deployment);
  return [
    `### ${title}, ${describeTotal(deployment)}${passed ? '' : ', refused'}`,
    ...edits.length > 0 ? [edits.map((line) => `- ${escapeMarkdown(line)}`).join('\n')] : [],
    ['| step | takes |', '|---|---|', ...steps.map(
      (timed) => `| ${escapeMarkdown(describeTimedStep(timed))} | ${describeTime(timed)} |`,
    )].join('\n'),
    [
      ...findingsToTell(deployment).map(
        (finding) => `- **${finding.severity}** ${escapeMarkdown(sayFinding(finding))}`,
      ),
      ...describeRest(deployment).map((line) => `- ${escapeMarkdown(line)}`),
    ].join('\n'),
  ].join('\n\n');
}
