import { ClusterPlan } from './cluster-plan';
import { describeCluster, describeDeployment, describeTimedStep, describeWay } from './plan-words';

/**
 * The plans as Gantt charts of Mermaid, one each, in minutes; bars are as long as a step takes at most.
 *
 * @see https://mermaid.js.org/syntax/gantt.html
 */
export function planMermaid(plans: readonly ClusterPlan[]): string {
  return plans.flatMap((plan) => 'deployments' in plan ? [chartOf(plan)] : []).join('\n');
}

function chartOf(plan: Extract<ClusterPlan, { deployments: unknown }>): string {
  let begin = 0;
  const sections = plan.deployments.flatMap((deployment, index) => {
    const { steps, minutes, passed } = deployment;
    const tasks = steps.map((timed) => {
      const start = begin + timed.latestStart;
      return `    ${plain(describeTimedStep(timed))} :${passed ? '' : 'crit, '}${start * 60}, ${(start + Math.max(1, timed.minutes?.to ?? 1)) * 60}`;
    });
    begin += minutes.to;
    return [`  section ${index + 1}. ${plain(describeDeployment(deployment))}`, ...tasks];
  });
  return ['gantt', `  title ${plain(`${describeCluster(plan)}, ${describeWay(plan)}`)}`, '  dateFormat X', '  axisFormat %H:%M', ...sections, ''].join('\n');
}

/** Colons, semicolons and hashes mean something to Mermaid. */
function plain(text: string): string {
  return text.replace(/[:;#\n]+ ?/g, ' ');
}
