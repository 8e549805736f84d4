import { setTimeout as sleep } from 'node:timers/promises';
import { ApiServer } from './api-server';
import { isReady, isTerminating, PlayedCluster } from './played-cluster';
import { selects } from '../../src/engine/state/workloads/label-selector';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects of many kinds
type KubernetesObject = any;

const TICK_MILLIS = 100;
const PATIENCE_MILLIS = 60_000;

/** Of a pod that several budgets select, the controller tells one only: the others are counted anew when they are synchronised. */
const SYNCHRONISE_AFTER_MILLIS = 1_000;

/** Several clusters of one API server, side by side: each has its namespace and its nodes. */
export class PlayedBatch {
  constructor(private readonly api: ApiServer, public readonly clusters: readonly PlayedCluster[]) {}

  /** Creates all, and waits until they are as their fates have it. */
  public async create(): Promise<void> {
    await Promise.all(this.clusters.map(async (cluster) => cluster.create()));
    await this.calm();
  }

  /** In those that settle, everything becomes ready. */
  public async settle(): Promise<void> {
    const pods = await this.pods();
    await Promise.all(
      this.clusters.filter(({ cluster }) => cluster.settles).map(async (cluster) => cluster.settle(pods.get(cluster.name) ?? [])),
    );
    await this.calm();
  }

  /** Drains until no eviction is granted any more; gives the names of the pods that are left, by cluster. */
  public async drain(): Promise<ReadonlyMap<string, readonly string[]>> {
    const moving = new Set(this.clusters);
    for (let round = 0; moving.size > 0; round++) {
      const pods = await this.pods();
      await Promise.all([...moving].map(async (cluster) => {
        if (!await cluster.evict(pods.get(cluster.name) ?? [], round)) moving.delete(cluster);
      }));
      if (moving.size > 0) await this.calm();
    }
    const left = await this.pods();
    return new Map(this.clusters.map((cluster) => [
      cluster.name, cluster.leftOn(left.get(cluster.name) ?? []).map(({ metadata }: KubernetesObject) => metadata.name as string),
    ]));
  }

  /** Removes what the next batch would stumble over; namespaces stay, for their controller does not run here. */
  public async remove(): Promise<void> {
    await Promise.all(this.clusters.flatMap(({ name }) => [
      ...['deployments', 'statefulsets', 'daemonsets'].map(
        async (kind) => this.api.call('DELETE', `/apis/apps/v1/namespaces/${name}/${kind}`),
      ),
      this.api.call('DELETE', `/apis/policy/v1/namespaces/${name}/poddisruptionbudgets`),
    ]));
    await Promise.all(this.clusters.map(async ({ name }) => this.api.call('DELETE', `/apis/apps/v1/namespaces/${name}/replicasets`)));
    await Promise.all(
      this.clusters.map(async ({ name }) => this.api.call('DELETE', `/api/v1/namespaces/${name}/pods?gracePeriodSeconds=0`)),
    );
    await Promise.all(this.clusters.map(async ({ name }) => this.api.call('DELETE', `/api/v1/nodes?labelSelector=cluster%3D${name}`)));
  }

  /** Waits until all pods are there and placed, and the disruption controller has counted them. */
  private async calm(): Promise<void> {
    let why = '';
    for (const started = Date.now(); Date.now() - started < PATIENCE_MILLIS; await sleep(TICK_MILLIS)) {
      const pods = await this.pods();
      await Promise.all(this.clusters.map(async (cluster) => cluster.tend(pods.get(cluster.name) ?? [])));
      why = await this.whyRestless(pods);
      if (why === '') return;
      if (Date.now() - started > SYNCHRONISE_AFTER_MILLIS) await this.synchroniseBudgets();
    }
    throw new Error(`the clusters do not come to rest: ${why}`);
  }

  private async whyRestless(pods: ReadonlyMap<string, readonly KubernetesObject[]>): Promise<string> {
    for (const cluster of this.clusters) {
      const own = pods.get(cluster.name) ?? [];
      const waiting = own.filter((pod) => !pod.spec.nodeName || isTerminating(pod));
      if (waiting.length > 0) return `${cluster.name}: ${waiting.length} pods wait for a node, or for their end`;
      const short = missing(cluster, own);
      if (short > 0) return `${cluster.name}: ${short} pods are missing`;
    }
    for (const {
      metadata: { namespace, name, generation }, spec: { selector }, status = {},
    } of await this.api.items('/apis/policy/v1/poddisruptionbudgets')) {
      const own = pods.get(namespace);
      if (!own || !this.clusters.some((cluster) => cluster.name === namespace)) continue;
      if (status.conditions?.some(({ reason }: KubernetesObject) => reason === 'SyncFailed')) continue;
      const selected = selector ? own.filter(({ metadata }: KubernetesObject) => selects(selector, metadata.labels ?? {})) : [];
      const ready = selected.filter(isReady).length;
      if (status.observedGeneration !== generation || status.currentHealthy !== ready || Object.keys(
        status.disruptedPods ?? {},
      ).length > 0) {
        return `${namespace}/${name}: ${status.currentHealthy} of ${ready} are counted`;
      }
    }
    return '';
  }

  private async synchroniseBudgets(): Promise<void> {
    const several = this.clusters.filter(({ cluster }) => cluster.budgets.length >= 2);
    await Promise.all(several.flatMap(({ name, cluster }) => cluster.budgets.map(async (_, index) => this.api.patch(
      `/apis/policy/v1/namespaces/${name}/poddisruptionbudgets/b${index}`, { metadata: { annotations: { looked: String(Date.now()) } } },
    ))));
  }

  private async pods(): Promise<ReadonlyMap<string, readonly KubernetesObject[]>> {
    const byNamespace = new Map<string, KubernetesObject[]>();
    for (const pod of await this.api.items('/api/v1/pods')) {
      byNamespace.set(pod.metadata.namespace, [...byNamespace.get(pod.metadata.namespace) ?? [], pod]);
    }
    return byNamespace;
  }
}

/** Owned pods that their controllers have yet to make. */
function missing({ cluster }: PlayedCluster, pods: readonly KubernetesObject[]): number {
  return cluster.workloads.reduce((sum, { kind, replicas }, index) => {
    if (kind === 'Pod') return sum;
    const made = pods.filter(({ metadata }: KubernetesObject) => metadata.labels.workload === `w${index}`).length;
    return sum + Math.max(0, (kind === 'DaemonSet' ? 4 : replicas) - made);
  }, 0);
}
