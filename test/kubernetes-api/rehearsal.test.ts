import * as fc from 'fast-check';
import { ApiServer } from './api-server';
import { dryRunsOfDrains } from './kubectl-drain';
import { PlayedBatch } from './played-batch';
import { PlayedCluster } from './played-cluster';
import { randomCluster } from './random-cluster';
import { HeldPods, heldPods } from '../../src/engine/judgement/workloads/rehearsal';
import { settled } from '../../src/engine/judgement/workloads/settled';
import { WorkloadState } from '../../src/engine/state/workloads/workload-state';
import { readWorkloads } from '../../src/live/kubernetes/workloads';

const CLUSTERS = Number(process.env.CLUSTERS ?? 24);
/** With how many of them kubectl's own drain is tried first, as a dry run. */
const PEERS = Number(process.env.PEERS ?? 6);
const AT_ONCE = 20;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

let api: ApiServer;
beforeAll(async () => { api = await ApiServer.start(18_443); }, 400_000);
afterAll(async () => api?.stop());

test(`${CLUSTERS} random clusters (seed ${SEED}) drain or do not as the rehearsal said`, async () => {
  const all = fc.sample(randomCluster, { numRuns: CLUSTERS, seed: SEED });
  const mistaken: string[] = [];
  const counts = { drained: 0, blocked: 0, dependsOnOrder: 0 };
  const peer: Record<string, number> = { 'asked': 0, 'right': 0, 'blocked, said to drain': 0, 'drained, said to block': 0 };
  for (let first = 0; first < all.length; first += AT_ONCE) {
    const batch = new PlayedBatch(
      api, all.slice(first, first + AT_ONCE).map((cluster, index) => new PlayedCluster(api, `c${first + index}`, cluster)),
    );
    await batch.create();
    const read = await readWorkloads(api.connection);
    await batch.settle();
    const dryRuns = await dryRunsOfDrains(api, batch.clusters.slice(0, Math.max(0, PEERS - first)).map(({ drained }) => drained));
    const left = await batch.drain();
    for (const [index, { name, cluster, drained }] of batch.clusters.entries()) {
      const own = ofNamespace(read, name);
      const held = heldPods(cluster.settles ? settled(own) : own, drained);
      const names = left.get(name) ?? [];
      const why = mistakeIn(held, names);
      if (why !== undefined) mistaken.push(`${name}: ${why}; ${JSON.stringify(cluster)}`);
      if (index < dryRuns.length) peer[rightOrWrong(dryRuns[index].drains, names)]++;
      counts[held.some(({ dependsOnOrder }) => dependsOnOrder) ? 'dependsOnOrder' : held.length > 0 ? 'blocked' : 'drained']++;
    }
    await batch.remove();
  }
  peer.asked = Object.values(peer).reduce((sum, count) => sum + count, 0);
  process.stderr.write(
    `rehearsed: ${JSON.stringify({ seed: SEED, clusters: CLUSTERS, ...counts, mistaken: mistaken.length, kubectl: peer })}\n`,
  );
  expect(mistaken).toEqual([]);
}, 3_600_000);

function ofNamespace(read: WorkloadState, name: string): WorkloadState {
  const isOwn = ({ namespace }: { readonly namespace: string }) => namespace === name;
  return { ...read, pods: read.pods.filter(isOwn), budgets: read.budgets.filter(isOwn) };
}

/** Of kubectl, beside what became of the pods. */
function rightOrWrong(saidToDrain: boolean, left: readonly string[]): string {
  if (saidToDrain === (left.length === 0)) return 'right';
  return saidToDrain ? 'blocked, said to drain' : 'drained, said to block';
}

/** The pods that stay are those that were named, and as many as was said. */
function mistakeIn(held: readonly HeldPods[], left: readonly string[]): string | undefined {
  const unnamed = left.filter((name) => !held.some(({ pods }) => pods.some((pod) => pod.name === name)));
  if (unnamed.length > 0) return `${unnamed.join()} stayed, and was not named`;
  for (const { pods, staying, dependsOnOrder } of held) {
    const stayed = pods.filter(({ name }) => left.includes(name)).length;
    if (dependsOnOrder ? stayed < staying : stayed !== staying) {
      return `${staying} of ${pods.map(({ name }) => name).join()} were to stay, and ${stayed} did`;
    }
  }
  return undefined;
}
