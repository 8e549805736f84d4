import { PlannedDeployment, PlannedWay } from './cluster-plan';
import { markup, Markup } from './markup';
import { describeDeployment, describeTime, describeTimedStep, describeTotal } from './plan-words';
import { TimedStep } from '../../engine/plan/plan-times';

const WIDTH = 1000;
const LABELS = 460;
const ROW = 26;
const HEADER = 34;

/** A step on the chart. */
interface Bar {
  readonly timed: TimedStep;
  /** The latest minute of the whole way at which it begins. */
  readonly start: number;
}

/** Draws the way of a cluster: a row for each step; solid what it takes at least, light what it takes at most. */
export function timeline(way: PlannedWay): Markup {
  const total = Math.max(1, way.minutes.to);
  const scale = (WIDTH - LABELS - 20) / total;
  const x = (minute: number) => LABELS + minute * scale;
  let [y, begin] = [0, 0];
  const groups = way.deployments.map((deployment, index) => {
    const top = y;
    const bars = deployment.steps.map((timed): Bar => ({ timed, start: begin + timed.latestStart }));
    y += HEADER + Math.max(1, bars.length) * ROW;
    begin += deployment.minutes.to;
    return groupOf(deployment, { title: describeDeployment(way, index), top, bars, x });
  });
  const [height, label] = [y + 30, `Timeline of ${way.from} to ${way.to}`];
  return markup`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
${ticks(total).map((minute) => tick(minute, x(minute), y))}
${groups}
</svg>`;
}

/** Where the group of a deployment stands. */
interface Place {
  readonly title: string;
  readonly top: number;
  readonly bars: readonly Bar[];
  readonly x: (minute: number) => number;
}

function groupOf(deployment: PlannedDeployment, { title, top, bars, x }: Place): Markup {
  return markup`<g class="${deployment.passed ? 'passed' : 'refused'}">
<text class="deployment" x="0" y="${top + 22}">${title}, ${describeTotal(deployment)}${deployment.passed ? '' : ', refused'}</text>
${bars.map((bar, row) => barOf(bar, top + HEADER + row * ROW, x))}
</g>
`;
}

function barOf({ timed, start }: Bar, y: number, x: (minute: number) => number): Markup {
  const { minutes } = timed;
  const label = describeTimedStep(timed);
  const rectangle = (kind: string, length: number) =>
    markup`<rect class="${kind}" x="${round(x(start))}" y="${y + 4}" width="${round(Math.max(2, x(start + length) - x(start)))}" height="${ROW - 8}" rx="3"/>`;
  const bars = minutes ? [rectangle('most', minutes.to), rectangle('least', minutes.from)] : [
    markup`<text class="unknown" x="${round(x(start))}" y="${y + 17}">${describeTime(timed)}</text>`,
  ];
  return markup`<g class="${timed.step.kind}"><title>${label}: ${describeTime(timed)}</title>
<text x="12" y="${y + 17}">${shortened(describeTimedStep(withoutMadeUpName(timed)))}</text>${bars}</g>
`;
}

/** Full hours, or half ones where the way is short. */
function ticks(total: number): number[] {
  const step = [15, 30, 60, 120, 240, 480, 1440].find((candidate) => total / candidate <= 10) ?? 2880;
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
}

function tick(minute: number, x: number, bottom: number): Markup {
  const label = minute % 60 === 0 ? `${minute / 60} h` : `${minute} min`;
  return markup`<line x1="${round(x)}" y1="0" x2="${round(x)}" y2="${bottom}"/><text class="tick" x="${round(x)}" y="${bottom + 18}">${label}</text>`;
}

/** On the chart, the construct is enough. */
function withoutMadeUpName(timed: TimedStep): TimedStep {
  const { step } = timed;
  return 'constructPath' in step && step.constructPath !== undefined ? {
    ...timed, step: { ...step, name: step.constructPath, constructPath: undefined },
  } : timed;
}

/** Labels end where the bars begin; the whole one is in the title. */
function shortened(label: string): string {
  return label.length <= 58 ? label : `${label.slice(0, 57)}…`;
}

function round(value: number): string {
  return value.toFixed(1);
}
