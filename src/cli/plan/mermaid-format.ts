import { ClusterPlan, PlannedWay } from './cluster-plan';
import { describeCluster, describeDeployment, describeNoPlan, describeTimedStep, describeWay } from './plan-words';

/**
 * The plans as a Gantt chart of Mermaid; bars are as long as a step takes at most. Each cluster begins anew at the left; one without a
 * plan is a milestone that says why.
 *
 * Times count from the midnight of a day: Mermaid knows no others, and shows them in the time zone of the reader, in which it has
 * read them.
 *
 * @see https://mermaid.js.org/syntax/gantt.html
 */
export function planMermaid(plans: readonly ClusterPlan[]): string {
  const ways = plans.filter((plan) => 'deployments' in plan);
  const isAlone = plans.length === 1 && ways.length === 1;
  return [
    'gantt',
    `  title ${isAlone ? plain(`${describeCluster(ways[0])}, ${describeWay(ways[0])}`) : 'Upgrade plan'}`,
    '  dateFormat YYYY-MM-DD HH:mm',
    `  axisFormat ${ways.every(({ minutes }) => minutes.to < MINUTES_OF_DAY) ? '%H:%M' : 'day %-d, %H:%M'}`,
    ...plans.flatMap((plan) => 'deployments' in plan ? sectionsOf(plan, isAlone ? '' : `${describeCluster(plan)}, `) : [
      `  section ${plain(describeCluster(plan))}`,
      `    ${plain(describeNoPlan(plan))} :crit, milestone, ${timeOf(0)}, 0m`,
    ]),
    '',
  ].join('\n');
}

function sectionsOf(way: PlannedWay, cluster: string): string[] {
  let begin = 0;
  return way.deployments.flatMap((deployment, index) => {
    const { steps, minutes, passed } = deployment;
    const tasks = steps.map((timed) =>
      `    ${plain(describeTimedStep(timed))} :${passed ? '' : 'crit, '}${timeOf(begin + timed.latestStart)}, `
        + `${Math.max(1, timed.minutes?.to ?? 1)}m`);
    begin += minutes.to;
    return [`  section ${plain(`${cluster}${describeDeployment(way, index)}`)}`, ...tasks];
  });
}

const MINUTES_OF_DAY = 24 * 60;

/** The first day of a month in which no time zone changes its clocks. */
const DAY_ONE = Date.parse('2001-01-01T00:00Z');

function timeOf(minute: number): string {
  return new Date(DAY_ONE + minute * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Colons, semicolons, hashes and pairs of percent signs mean something to Mermaid. */
function plain(text: string): string {
  return text.replace(/ ?([:;#\n]|%%)+ ?/g, ' ');
}
