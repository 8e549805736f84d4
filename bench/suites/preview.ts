/**
 * What the preview adds to `cdk diff`, for one cluster and for many in as many stacks.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { LocalAws } from '../../test/aws/aws-server';
import { runCdk } from '../../test/cli/cdk-cli';
import { TIMES_FILE } from '../apps/measured-app';
import { KUBERNETES_VERSION } from '../apps/node-group-kinds';
import { atMost, exactly, formatSpread, milliseconds, ratio, type Section } from '../section';
import { ratioOf, spreadOf, type Spread } from '../statistics';
import type { Workshop } from '../workshop';

const run = promisify(execFile);

const PLUGIN = resolve(__dirname, '../../preview.js');
const ANSWER = resolve(__dirname, '../../assets/plugin/preview/answer.js');
const MANY = 20;
/** About what EKS takes for a short answer from nearby. */
const LATENCY_MILLIS = 100;

/** How an app of so many clusters is previewed. */
interface Previewed {
  readonly aws: LocalAws;
  readonly workshop: Workshop;
  readonly clusters: number;
}

interface Measured {
  readonly withPreview: number[];
  readonly without: number[];
  readonly reading: number[];
  readonly appRuns: number;
  readonly clusterReads: number;
}

export async function measurePreview(workshop: Workshop, rounds: number): Promise<Section> {
  const [one, many] = [await measure(workshop, 1, rounds), await measure(workshop, MANY, rounds)];
  const load = await Promise.all(Array.from({ length: rounds }, async () => millisToLoad()));
  const cells = ({ reading, without, withPreview }: Measured) => {
    const difference = withPreview.map((time, round) => time - without[round]);
    return [reading, without, withPreview, difference].map((times) => formatSpread(spreadOf(times), milliseconds));
  };
  return {
    title: 'The preview',
    text: [
      '`cdk diff --method template` of clusters with 2 node groups each, in a stack each, of which nothing changes, with and without the preview. '
      + `AWS is a stand-in on loopback that takes ${LATENCY_MILLIS} ms `
      + 'for each answer of EKS, CloudFormation, EC2, SSM and STS. *Reading* is what the plugin takes from the question to the answer, in a process of its own.',
    ],
    tables: [{
      caption: `Milliseconds; rounds: ${rounds}`,
      header: ['clusters', 'reading', 'diff without', 'diff with the preview', 'difference'],
      rows: [['1', ...cells(one)], [String(MANY), ...cells(many)]],
    }],
    aims: [
      atMost('`cdk diff` of one cluster: with the preview / without', ratioOf(one.withPreview, one.without), 1.35, ratio),
      atMost(`\`cdk diff\` of ${MANY} clusters in ${MANY} stacks: with the preview / without`, ratioOf(many.withPreview, many.without), 1.15, ratio),
      atMost(`preview of ${MANY} clusters in ${MANY} stacks: reading / reading of one`, ratioOf(many.reading, one.reading), 2, ratio),
      exactly(`preview of ${MANY} clusters: runs of the app`, many.appRuns, 2),
      exactly(`preview of ${MANY} clusters of which nothing changes: reads of each`, many.clusterReads / MANY, 1),
      atMost('plugin of the CLI: time to load (ms)', least(spreadOf(load)), 60, milliseconds),
    ],
  };
}

/** What others do on the machine only adds. */
function least({ min, max }: Spread): Spread {
  return { median: min, min, max };
}

async function measure(workshop: Workshop, clusters: number, rounds: number): Promise<Measured> {
  const aws = await LocalAws.start();
  const previewed = { aws, workshop, clusters };
  try {
    const question = await settle(previewed);
    await diff(previewed, 'off'); // whatever is cached on the way
    const measured: Measured = { withPreview: [], without: [], reading: [], appRuns: 0, clusterReads: 0 };
    await workshop.takeTimes();
    let [appRuns, clusterReads] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      measured.without.push(await diff(previewed, 'off'));
      await workshop.takeTimes();
      aws.clearRequests();
      measured.withPreview.push(await diff(previewed, 'on'));
      appRuns = (await workshop.takeTimes()).length;
      clusterReads = aws.requests.filter(({ action }) => action === 'DescribeCluster').length;
      measured.reading.push(await millisToRead(previewed, question));
    }
    return { ...measured, appRuns, clusterReads };
  } finally {
    await aws.stop();
  }
}

/** Makes the app live, and returns its question. */
async function settle({ aws, workshop, clusters }: Previewed): Promise<string> {
  aws.publishAmis({ minors: [KUBERNETES_VERSION], date: '2026-07-14' });
  await workshop.write(
    'cdk.json', JSON.stringify({ app: `node ${workshop.scriptOf('clusters-in-stacks')} ${clusters}`, plugin: [PLUGIN] }),
  );
  await run(process.execPath, [workshop.scriptOf('clusters-in-stacks'), String(clusters)], {
    cwd: workshop.folder,
    env: { [TIMES_FILE]: workshop.timesFile, CDK_OUTDIR: workshop.output, CDK_VALIDATION: 'false', CDK_EKS_UPGRADES_PREVIEW_PLUGIN: 'on' },
  });
  for (let index = 0; index < clusters; index++) {
    aws.deploy(`Stack${index}`, JSON.parse(await readFile(join(workshop.output, `Stack${index}.template.json`), 'utf8')));
  }
  (['cloudformation', 'ec2', 'eks', 'ssm', 'sts'] as const).forEach(
    (service) => aws.fail({ service, fault: 'slow', delayMillis: LATENCY_MILLIS }),
  );
  const { missing } = JSON.parse(await readFile(join(workshop.output, 'manifest.json'), 'utf8'));
  return JSON.stringify(missing[0].props);
}

async function diff({ aws, workshop }: Previewed, preview: 'on' | 'off'): Promise<number> {
  const start = performance.now();
  const { exitCode, stderr, stdout } = await runCdk(['diff', '--method', 'template'], {
    cwd: workshop.folder,
    env: { ...aws.environment, [TIMES_FILE]: workshop.timesFile, CDK_EKS_UPGRADES_PREVIEW: preview },
    asInstalled: true,
  });
  const time = performance.now() - start;
  if (exitCode !== 0 || (stdout + stderr).includes('what is live')) throw new Error(`cdk diff ended with ${exitCode}:\n${stdout}${stderr}`);
  return time;
}

const READ = `
  const { answer } = require(process.argv[1]);
  const question = JSON.parse(process.argv[2]);
  const start = performance.now();
  answer(question, {}).then(({ clusters }) => {
    if (!clusters.every(({ state }) => state.known)) throw new Error('not all clusters could be read');
    console.log(performance.now() - start);
  });
`;

async function millisToRead({ aws }: Previewed, question: string): Promise<number> {
  return Number((await run(process.execPath, ['-e', READ, ANSWER, question], { env: aws.environment })).stdout);
}

const LOAD = 'const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start)';

async function millisToLoad(): Promise<number> {
  return Number((await run(process.execPath, ['-e', LOAD, PLUGIN])).stdout);
}
