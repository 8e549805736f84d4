/**
 * What a rehearsal of drains costs, beside the dry run of kubectl's own drain on the same nodes, against a real Kubernetes API server.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalAws } from '../../test/aws/aws-server';
import { ApiServer, BINARY as KUBERNETES } from '../../test/kubernetes-api/api-server';
import { allow, giveApi } from '../../test/kubernetes-api/eks-cluster';
import { ClusterSize, growCluster, NODE_GROUPS } from '../large-kubernetes';
import { measureProcess, type MeasuredProcess } from '../measured-process';
import { atMost, formatSpread, megabytes, ratio, seconds, type Section } from '../section';
import { ratioOf, spreadOf } from '../statistics';
import type { Workshop } from '../workshop';

const COMMAND = resolve(__dirname, '../../assets/cli/cdk-eks-upgrades/index.js');
const NOTHING: ClusterSize = { nodes: 0, pods: 0, budgets: 0 };
const TITLE = 'The rehearsal of drains';

/** kubectl's drain takes twenty minutes and more: that it takes longer than this tells enough. */
const DRAIN_SECONDS = 100;

interface Bench {
  readonly api: ApiServer;
  readonly aws: LocalAws;
  readonly workshop: Workshop;
}

export interface WorkloadSizes {
  readonly rounds: number;
  readonly compared: ClusterSize;
  /** Only the rehearsal is measured. */
  readonly large: ClusterSize;
}

/** Measures rehearsals, and kubectl beside them. */
export async function measureWorkloads(workshop: Workshop, { rounds, compared, large }: WorkloadSizes): Promise<Section> {
  if (!existsSync(KUBERNETES)) {
    return {
      title: TITLE,
      text: ["Not measured: 'npx projen test:kubernetes' builds the API server that this needs, with Go."],
      tables: [],
      aims: [],
    };
  }
  return withCluster(workshop, async (bench) => {
    await growCluster(bench.api, NOTHING, compared);
    tell(`made: ${inWords(compared)}`);
    const rehearsals: MeasuredProcess[] = [];
    const lists: number[] = [];
    await rehearse(bench, compared); // whatever is cached on the way
    for (let round = 0; round < rounds; round++) {
      rehearsals.push(await rehearse(bench, compared));
      lists.push(await timeOf(bench, ['get', 'pods', '-A', '-o', 'json']));
    }
    tell(`rehearsals ${JSON.stringify(rehearsals)}, lists ${JSON.stringify(lists)}`);
    const drain = await timeOf(bench, [
      'drain', '-l', 'eks.amazonaws.com/nodegroup', '--dry-run=server', '--timeout=5s', '--ignore-daemonsets',
      '--delete-emptydir-data', '--force',
    ], DRAIN_SECONDS);
    tell(`kubectl drain ${drain}`);
    await growCluster(bench.api, compared, large);
    const largest = await rehearse(bench, large);
    return report({ rounds, compared, large }, { rehearsals, lists, drain, largest });
  });
}

function inWords({ nodes, pods, budgets }: ClusterSize): string {
  return `${nodes} nodes, ${pods} pods, ${budgets} budgets`;
}

/** It takes a while. */
function tell(progress: string): void {
  process.stderr.write(`${progress}\n`);
}

interface Measured {
  readonly rehearsals: readonly MeasuredProcess[];
  readonly lists: readonly number[];
  readonly drain: number;
  readonly largest: MeasuredProcess;
}

function report({ rounds, compared, large }: WorkloadSizes, { rehearsals, lists, drain, largest }: Measured): Section {
  const times = rehearsals.map(({ time }) => time);
  const memory = rehearsals.map((run) => run.memory);
  return {
    title: TITLE,
    text: [
      `\`cdk-eks-upgrades drain --without-app\` of all ${NODE_GROUPS} node groups, against a Kubernetes 1.36.3 API server on the same machine; the whole process, AWS (a stand-in on `
      + 'loopback) included. Workloads have three replicas on three nodes, and every tenth budget wants all of them. *kubectl drain* is '
      + '`kubectl drain --dry-run=server --timeout=5s` of all nodes, once: it goes from node to node, and waits where a pod is blocked. It is '
      + `stopped after ${DRAIN_SECONDS} seconds. `
      + '*kubectl get* is `kubectl get pods -A -o json`.',
    ],
    tables: [{
      caption: `Rounds: ${rounds}`,
      header: ['', 'time (s)', 'memory at most (MB)'],
      rows: [
        [`rehearsal: ${inWords(compared)}`, formatSpread(spreadOf(times), seconds), formatSpread(spreadOf(memory), megabytes)],
        ['kubectl get', formatSpread(spreadOf(lists), seconds), ''],
        ['kubectl drain', drain < DRAIN_SECONDS ? seconds(drain) : `more than ${DRAIN_SECONDS}`, ''],
        [`rehearsal: ${inWords(large)}`, seconds(largest.time), megabytes(largest.memory)],
      ],
    }],
    aims: [
      atMost('rehearsal / kubectl drain --dry-run=server', ratioOf(times, times.map(() => drain)), 1 / 20, ratio),
      atMost('rehearsal / kubectl get pods -A -o json', ratioOf(times, lists), 2, ratio),
      atMost(`rehearsal of ${large.pods} pods on ${large.nodes} nodes: memory (MB)`, spreadOf([largest.memory]), 300, megabytes),
    ],
  };
}

async function withCluster<T>(workshop: Workshop, use: (bench: Bench) => Promise<T>): Promise<T> {
  const [api, aws] = [await ApiServer.start(18_483), await LocalAws.start()];
  try {
    const nodegroups = Array.from({ length: NODE_GROUPS }, (_, index) => ({ name: `group-${index}` }));
    giveApi(aws.eks.addCluster({ name: 'prod', version: '1.36', nodegroups }), api);
    await allow(api, 'cluster-admin', aws.environment.AWS_ACCESS_KEY_ID);
    return await use({ api, aws, workshop });
  } finally {
    await aws.stop();
    await api.stop();
  }
}

/** @throws if not everything was rehearsed */
async function rehearse({ aws, workshop }: Bench, size: ClusterSize): Promise<MeasuredProcess> {
  const { stdout, ...measured } = await measureProcess(
    // some are blocked
    workshop, [COMMAND, 'drain', '--without-app', '--cluster', 'prod', '--region', 'us-west-2', '--json'], aws.environment, [1],
  );
  const { clusters: [{ nodes, pods, findings }] } = JSON.parse(stdout) as DrainOutput;
  const blocked = findings.filter(({ check }) => check === 'drain').length;
  if (nodes !== size.nodes || pods !== size.pods || blocked < size.budgets / 10) {
    throw new Error(`${nodes} nodes, ${pods} pods and ${blocked} blocked workloads were rehearsed`);
  }
  return measured;
}

/** What is looked at of the JSON of `drain`. */
interface DrainOutput {
  readonly clusters: readonly [{ readonly nodes: number; readonly pods: number; readonly findings: readonly { readonly check: string }[] }];
}

/** Seconds that kubectl takes until it ends, or is stopped; what it writes is read and thrown away. */
async function timeOf({ api }: Bench, args: readonly string[], atMostSeconds?: number): Promise<number> {
  const start = performance.now();
  await new Promise<void>((done, reject) => {
    const kubectl = spawn(KUBERNETES, ['kubectl', '--kubeconfig', api.kubeconfig, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'], timeout: atMostSeconds === undefined ? undefined : atMostSeconds * 1000,
    });
    kubectl.stdout.resume();
    kubectl.once('error', reject);
    kubectl.once('close', () => done());
  });
  return (performance.now() - start) / 1000;
}
