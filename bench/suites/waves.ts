/**
 * What the fleet of `examples/fleet` costs an app: all clusters, and the pipeline that upgrades them in waves.
 */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { releaseOf } from '../../examples/fleet/fleet';
import { wavesOf } from '../apps/large-fleet';
import { measureProcess, type MeasuredProcess } from '../measured-process';
import { atMost, formatSpread, megabytes, seconds, type Section } from '../section';
import { spreadOf } from '../statistics';
import type { Workshop } from '../workshop';

const EXAMPLE = resolve(__dirname, '../../examples/fleet');
const COMPILED_LIBRARY = resolve(__dirname, '../../lib/index.js');
const APPS = { pipeline: 'clusters and pipeline', app: 'clusters alone' } as const;

interface Run extends MeasuredProcess {
  /** Megabytes of the cloud assembly. */
  readonly assembly: number;
}

/** Synthesises fleets of several sizes. */
export async function measureWaves(workshop: Workshop, { rounds, sizes }: { rounds: number; sizes: readonly number[] }): Promise<Section> {
  await buildApps(workshop);
  const rows: string[][] = [];
  const largest: Run[] = [];
  for (const size of sizes) {
    for (const [app, title] of Object.entries(APPS)) {
      const runs: Run[] = [];
      for (let round = 0; round < rounds; round++) runs.push(await synthesise(workshop, app, size));
      const spread = (figure: keyof Run) => spreadOf(runs.map((run) => run[figure]));
      rows.push([
        title, String(size), formatSpread(spread('time'), seconds), formatSpread(
          spread('memory'), megabytes,
        ), spread('assembly').median.toFixed(1),
        ...app === 'pipeline' ? await pipelineFacts(workshop) : ['', '', ''],
      ]);
      if (app === 'pipeline' && size === Math.max(...sizes)) largest.push(...runs);
    }
  }
  const count = Math.max(...sizes);
  return {
    title: 'A fleet in waves',
    text: ['The app of `examples/fleet`, without template validation: a cluster, two node groups, three add-ons, guard, two bakes and an alarm for each cluster, '
      + 'over accounts of five Regions each, in waves of up to ten accounts; with the pipeline, its gates and its promotions, and without. Times are of the whole process. '
      + 'CodePipeline allows 50 stages and 1,000 actions, CloudFormation a template of 1 MB.'],
    tables: [{
      caption: `Rounds: ${rounds}`,
      header: [
        '', 'clusters', 'time (s)', 'memory at most (MB)', 'cloud assembly (MB)', 'stages', 'actions', 'template of the pipeline (kB)',
      ],
      rows,
    }],
    aims: [
      atMost(`pipeline of ${count} clusters: time (s)`, spreadOf(largest.map(({ time }) => time)), 30, seconds),
      atMost(`pipeline of ${count} clusters: memory (MB)`, spreadOf(largest.map(({ memory }) => memory)), 2048, megabytes),
    ],
  };
}

async function buildApps(workshop: Workshop): Promise<void> {
  await build({
    entryPoints: Object.keys(APPS).map((app) => join(EXAMPLE, `${app}.ts`)),
    outdir: join(workshop.folder, 'fleet'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [{
      name: 'large-fleet',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^cdk-eks-upgrades$/ }, () => ({ path: COMPILED_LIBRARY, external: true }));
        onResolve({ filter: /^\.\/fleet$/ }, () => ({ path: join(__dirname, '../apps/large-fleet.ts') }));
      },
    }],
  });
}

async function synthesise(workshop: Workshop, app: string, size: number): Promise<Run> {
  const { folder, output } = workshop;
  await rm(output, { recursive: true, force: true });
  const { time, memory } = await measureProcess(workshop, [join(folder, 'fleet', `${app}.js`)], {
    BENCH_CLUSTERS: String(size), CDK_OUTDIR: output, CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: JSON.stringify(releasesOf(size)),
  });
  const files = await readdir(output, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return { time, memory, assembly: sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6 };
}

/** What `cdk.context.json` holds: nothing is looked up. */
function releasesOf(size: number): Record<string, string> {
  return Object.fromEntries(wavesOf(size).flatMap(({ name, clusters }) => clusters.map(({ account, region }) =>
    [`ssm:account=${account}:parameterName=${releaseOf(name, region).replaceAll(':', '$:')}:region=${region}`, '1.36.2-20260714'])));
}

async function pipelineFacts({ output }: Workshop): Promise<string[]> {
  const template = await readFile(join(output, 'Fleet.template.json'), 'utf8');
  const resources = Object.values<{ Type: string; Properties: { Stages: { Actions: object[] }[] } }>(JSON.parse(template).Resources);
  const { Stages: stages } = resources.find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')!.Properties;
  return [String(stages.length), String(stages.flatMap(({ Actions }) => Actions).length), (Buffer.byteLength(template) / 1000).toFixed(0)];
}
