/**
 * What `status` of a fleet costs beside the bare SDK that makes the same calls, against a local stand-in for AWS that is slow and
 * throttles.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { LocalAws } from '../../test/aws/aws-server';
import { TokenBuckets } from '../../test/aws/token-buckets';
import type { RecordedCall } from '../apps/bare-sdk';
import { TIMES_FILE } from '../apps/measured-app';
import { KINDS, KUBERNETES_VERSION } from '../apps/node-group-kinds';
import { BARE_BUNDLE } from '../bare-bundle';
import { measureProcess, type MeasuredProcess } from '../measured-process';
import { atMost, formatSpread, megabytes, ratio, seconds, type Section } from '../section';
import { ratioOf, spreadOf } from '../statistics';
import type { Workshop } from '../workshop';

const run = promisify(execFile);

const BINARY = resolve(__dirname, '../../assets/cli/cdk-eks-upgrades/index.js');
const REGIONS = ['us-west-2', 'us-east-1', 'eu-west-1', 'ap-southeast-2'];
const GROUPS = 20;
const ADD_ONS = ['vpc-cni', 'kube-proxy', 'coredns'];
const LATENCY_MILLIS = 20;
/** EKS does not publish its rates: these make about every tenth call of the fleet be refused at first. */
const BURST = 100;
const PER_SECOND = 100;
const CONCURRENCY = 10;
/** By what `status` ends where something is stale or could not be read: what could not is looked at. */
const FOUND_SOMETHING = [1, 3];

/** A fleet and all that is needed to ask for its status. */
interface Fleet {
  readonly clusters: number;
  readonly aws: LocalAws;
  /** Calls that were let through since they were last taken. */
  readonly admitted: RecordedCall[];
  readonly refused: { count: number };
  readonly workshop: Workshop;
}

/** Measures a fleet beside the SDK, and whether one ten times as large is finished. */
export async function measureFleet(
  workshop: Workshop, { rounds, sizes }: { rounds: number; sizes: readonly [number, number] },
): Promise<Section> {
  const [size, larger] = sizes;
  await build({
    ...BARE_BUNDLE,
    entryPoints: [join(__dirname, '../apps/bare-sdk.ts')],
    outfile: join(workshop.folder, 'bare-sdk.js'),
  });
  const small = await inFleet(workshop, size, async (fleet) => {
    const [status, bare]: [MeasuredProcess[], MeasuredProcess[]] = [[], []];
    await statusOf(fleet); // tells the calls, and is not counted
    const calls = fleet.admitted.splice(0);
    fleet.refused.count = 0;
    await workshop.write('calls.json', JSON.stringify(calls));
    for (let round = 0; round < rounds; round++) {
      bare.push(await runChild(fleet, [join(workshop.folder, 'bare-sdk.js'), 'calls.json', String(CONCURRENCY)], []));
      status.push(await statusOf(fleet));
    }
    return { status, bare, calls: calls.length, refused: Math.round(fleet.refused.count / rounds / 2) };
  });
  const large = await inFleet(workshop, larger, async (fleet) => ({ ...await statusOf(fleet), calls: fleet.admitted.length }));

  const times = (runs: readonly MeasuredProcess[]) => runs.map(({ time }) => time);
  const memory = (runs: readonly MeasuredProcess[]) => spreadOf(runs.map((one) => one.memory));
  return {
    title: 'A fleet',
    text: [
      `\`cdk-eks-upgrades status --json\` of clusters with ${GROUPS} node groups and ${ADD_ONS.length} add-ons each, over ${REGIONS.length} Regions, of an app that is `
      + `synthesised already; beside it a script that makes the same calls with the SDK alone, ${CONCURRENCY} at a time in each Region as well, both retrying adaptively. `
      + `AWS is a stand-in on loopback that takes ${LATENCY_MILLIS} ms for each answer and lets ${PER_SECOND} calls of an action through in a second and Region, `
      + `${BURST} at first, and shares the machine with what is measured. EKS does not publish its rates.`,
    ],
    tables: [{
      caption: `Rounds: ${rounds}; of the larger fleet 1`,
      header: ['', 'clusters', 'calls', 'time (s)', 'memory at most (MB)'],
      rows: [
        [
          'bare SDK', String(size), String(small.calls), formatSpread(spreadOf(times(small.bare)), seconds),
          formatSpread(memory(small.bare), megabytes),
        ],
        [
          'status', String(size), String(small.calls), formatSpread(spreadOf(times(small.status)), seconds),
          formatSpread(memory(small.status), megabytes),
        ],
        ['status', String(larger), String(large.calls), seconds(large.time), megabytes(large.memory)],
      ],
    }],
    aims: [
      atMost(`status of ${size} clusters: time / bare SDK`, ratioOf(times(small.status), times(small.bare)), 1.5, ratio),
      atMost(`status of ${larger} clusters: memory (MB)`, spreadOf([large.memory]), 512, megabytes),
    ],
  };
}

async function inFleet<T>(workshop: Workshop, clusters: number, work: (fleet: Fleet) => Promise<T>): Promise<T> {
  const aws = await LocalAws.start();
  try {
    const fleet = { clusters, aws, admitted: [] as RecordedCall[], refused: { count: 0 }, workshop };
    await settle(fleet);
    return await work(fleet);
  } finally {
    await aws.stop();
  }
}

/** Synthesises the app, and makes it live. */
async function settle({ clusters, aws, workshop, admitted, refused }: Fleet): Promise<void> {
  aws.publishAmis({ minors: [KUBERNETES_VERSION], date: '2026-07-14' });
  await run(process.execPath, [workshop.scriptOf('clusters-in-stacks'), String(clusters)], {
    cwd: workshop.folder,
    env: {
      [TIMES_FILE]: workshop.timesFile, CDK_OUTDIR: workshop.output, CDK_VALIDATION: 'false', BENCH_REGIONS: REGIONS.join(','), BENCH_GROUPS: clusters > 100 ? '1' : String(GROUPS),
    },
  });
  await workshop.takeTimes();
  for (let index = 0; index < clusters; index++) {
    const name = `cluster-${index}`;
    aws.eks.addCluster({
      name,
      version: KUBERNETES_VERSION,
      nodegroups: Array.from({ length: GROUPS }, (_, group) => {
        const { amiType, releaseVersion } = KINDS[group % KINDS.length];
        return { name: `group-${group}`, amiType, releaseVersion };
      }),
      addons: ADD_ONS.map((addOn) => ({ name: addOn })),
    });
    const template = JSON.parse(await readFile(join(workshop.output, `Stack${index}.template.json`), 'utf8'));
    aws.cloudFormation.putStack({ name: `Stack${index}`, status: 'UPDATE_COMPLETE', template, resources: [] });
  }
  (['cloudformation', 'ec2', 'eks', 'ssm', 'sts'] as const).forEach(
    (service) => aws.fail({ service, fault: 'slow', delayMillis: LATENCY_MILLIS }),
  );
  const buckets = new TokenBuckets(BURST, PER_SECOND);
  aws.admit = (call, region) => {
    aws.clearRequests();
    const isAdmitted = buckets.take(`${region} ${call.service}:${call.action}`);
    if (isAdmitted) admitted.push({ region, ...call });
    else refused.count++;
    return isAdmitted;
  };
}

/** What is looked at of a cluster in the JSON of `status`. */
interface ReadCluster {
  readonly gaps?: readonly string[];
  readonly nodeGroups?: readonly object[];
  readonly unreadable?: string;
}

/** @throws if a cluster was not read in full */
async function statusOf(fleet: Fleet): Promise<MeasuredProcess> {
  const { clusters, workshop } = fleet;
  const { stdout, ...measured } = await runChild(fleet, [
    BINARY, 'status', '--json', '--app', workshop.output, '--concurrency', String(CONCURRENCY),
  ], FOUND_SOMETHING);
  const read = JSON.parse(stdout).clusters as ReadCluster[];
  const lacking = read.find(({ gaps, nodeGroups }) => gaps?.length !== 0 || nodeGroups?.length !== GROUPS);
  if (read.length !== clusters || lacking) {
    throw new Error(`the fleet was not read in full: ${read.length} clusters, and ${JSON.stringify(lacking?.gaps ?? lacking?.unreadable)}`);
  }
  return measured;
}

async function runChild({ aws, workshop }: Fleet, args: readonly string[], isFine: readonly number[]): ReturnType<typeof measureProcess> {
  return measureProcess(workshop, args, aws.environment, isFine);
}
