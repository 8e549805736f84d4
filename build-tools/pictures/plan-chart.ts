import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Element, picture } from './svg';
import { escapeHtml } from '../../src/engine/state/untrusted-text';
import { LocalAws } from '../../test/aws/aws-server';
import { runCommand } from '../../test/cli/_command-line';
import { copyOfExample, runCdk } from '../../test/cli/cdk-cli';
import { enterEnvironment } from '../../test/live/sdk-environment';

/** When the plans are made. */
const NOW = new Date('2026-11-25T12:00:00Z');

const HEAD = 64;
const MARGIN = 20;

/** Which plan. */
export interface PlannedExample {
  readonly example: string;
  readonly stack: string;
  readonly to: string;
  readonly label: string;
}

/** The chart of the page that `plan --format html` writes for an example, which is deployed as it stands. */
export async function planChart({ example, stack, to, label }: PlannedExample): Promise<string> {
  const page = await planPage(example, stack, to);
  const [title, way] = [/<h2>([^]*?)<\/h2>/, /<h2>[^]*?<p>([^]*?)<\/p>/].map((pattern) => pattern.exec(page)![1]);
  const [, viewBox, chart] = /<svg viewBox="([^"]*)"[^>]*>([^]*?)<\/svg>/.exec(page)!;
  const [, , width, height] = viewBox.split(' ').map(Number);
  const elements: Element[] = [
    `<text class="head" x="${MARGIN}" y="30">${title}</text>`,
    `<text x="${MARGIN}" y="52">${way}</text>`,
    `<svg class="chart" x="${MARGIN}" y="${HEAD}" width="${width}" height="${height}" viewBox="${viewBox}">${chart.replaceAll('&nbsp;', ' ')}</svg>`,
  ];
  return picture({ width: width + MARGIN * 2, height: HEAD + height + MARGIN, label, style: styleOf(page) }, elements);
}

/** The page's own colours of the chart, beside those of all pictures. */
function styleOf(page: string): string {
  const rules = /<style>([^]*?)<\/style>/.exec(page)![1].split('\n');
  const root = rules.find((rule) => rule.startsWith(':root'))!.replace(':root', 'svg').replace('color-scheme: light dark; ', '');
  const chart = rules.filter((rule) => /^svg \./.test(rule) || rule.startsWith('svg line')).map(
    (rule) => rule.replace(/, \.error|color: [^;]*;/g, ''),
  );
  return `\n${[root, ...chart].join('\n')}\n.chart { color: var(--ink); } .head { font-size: 16px; font-weight: 600; }`;
}

async function planPage(example: string, stack: string, to: string): Promise<string> {
  const aws = await LocalAws.start({ now: NOW });
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14' });
  const cwd = await copyOfExample(example);
  const leave = enterEnvironment(aws);
  try {
    const { exitCode, stderr } = await runCdk(['synth', '--quiet'], { cwd, env: aws.environment });
    if (exitCode !== 0) throw new Error(stderr);
    aws.deploy(stack, JSON.parse(await readFile(join(cwd, `cdk.out/${stack}.template.json`), 'utf8')), example);
    const { stdout, stderr: errors } = await runCommand(
      ['plan', '--app', 'cdk.out', '--to', to, '--format', 'html'], { cwd, env: aws.environment, now: NOW },
    );
    if (!stdout.includes('<svg')) throw new Error(escapeHtml(errors || stdout));
    return stdout;
  } finally {
    leave();
    await aws.stop();
    await rm(cwd, { recursive: true, force: true });
  }
}
