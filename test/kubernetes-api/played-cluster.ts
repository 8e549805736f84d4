import { ApiServer } from './api-server';
import { Fate, RandomCluster, RandomWorkload } from './random-cluster';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects of many kinds
type KubernetesObject = any;

const IMAGE = 'registry.k8s.io/pause:3.10';

/** A random cluster on a real API server: plays what is missing there (scheduler, kubelet), and EKS, which drains. */
export class PlayedCluster {
  private readonly fates = new Map<string, number>();
  private readonly known = new Set<string>();
  private readonly unreadyToCome = new Map<string, number>();
  private isDraining = false;
  public readonly drained: ReadonlySet<string>;

  constructor(private readonly api: ApiServer, public readonly name: string, public readonly cluster: RandomCluster) {
    this.drained = new Set([this.node('old-1'), this.node('old-2')]);
  }

  /** Creates nodes, workloads and budgets. */
  public async create(): Promise<void> {
    const { api, name, cluster } = this;
    await api.create('/api/v1/namespaces', { metadata: { name } });
    for (const node of ['old-1', 'old-2', 'other', 'new']) {
      const group = node.startsWith('old') ? `${name}-workers` : `${name}-${node}`;
      await api.create('/api/v1/nodes', {
        metadata: { name: this.node(node), labels: { 'cluster': name, 'eks.amazonaws.com/nodegroup': group } },
      });
      await api.patch(`/api/v1/nodes/${this.node(node)}`, { spec: { taints: null } }); // admission takes a new node for not ready
    }
    await Promise.all(cluster.workloads.map(async (workload, index) => this.createWorkload(workload, `w${index}`)));
    for (const [index, { selector, ...spec }] of cluster.budgets.entries()) {
      await api.create(
        `/apis/policy/v1/namespaces/${name}/poddisruptionbudgets`, { metadata: { name: `b${index}` }, spec: { ...spec, selector } },
      );
    }
  }

  /** Places pods that wait for a node, and lets them start as their fate has it: the scheduler and the kubelets. */
  public async tend(pods: readonly KubernetesObject[]): Promise<void> {
    await Promise.all(pods.filter(isTerminating).map(async ({ metadata: { name } }) => (
      this.api.call('DELETE', `/api/v1/namespaces/${this.name}/pods/${name}?gracePeriodSeconds=0`)
    )));
    await Promise.all(
      pods.filter(({ metadata: { name }, spec }) => !spec.nodeName && !this.known.has(name)).map(async (pod) => this.place(pod)),
    );
  }

  /** What is not ready becomes so. */
  public async settle(pods: readonly KubernetesObject[]): Promise<void> {
    await Promise.all(
      pods.filter(({ status: { phase } }) => phase !== 'Succeeded').map(async ({ metadata: { name } }) => this.report(name, 'ready')),
    );
  }

  /** Asks for the eviction of all pods on the nodes that go, as a drain does, in a random order; true when one went. */
  public async evict(pods: readonly KubernetesObject[], round: number): Promise<boolean> {
    this.isDraining = true;
    let hasMoved = false;
    for (const pod of inOrder(this.leftOn(pods), this.cluster.order + round)) {
      const { metadata: { name } } = pod;
      const { status } = await this.api.call('POST', `/api/v1/namespaces/${this.name}/pods/${name}/eviction`, {
        apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: this.name },
      });
      if (status >= 300) continue;
      hasMoved = true;
      const owner = ownerOf(pod)?.name;
      if (owner !== undefined && !isReady(pod)) this.unreadyToCome.set(owner, (this.unreadyToCome.get(owner) ?? 0) + 1);
    }
    return hasMoved;
  }

  /** The pods that a drain would evict, and that are still there. */
  public leftOn(pods: readonly KubernetesObject[]): KubernetesObject[] {
    return pods.filter(
      (pod) => this.drained.has(pod.spec.nodeName) && ownerOf(pod)?.kind !== 'DaemonSet' && pod.status.phase !== 'Succeeded',
    );
  }

  private async createWorkload({ kind, replicas, labels }: RandomWorkload, name: string): Promise<void> {
    const own = { ...labels, workload: name };
    const spec = {
      // none at all, and the disruption controller takes the next pod of a StatefulSet, which has the same name, for the one that goes
      terminationGracePeriodSeconds: 1,
      nodeSelector: { cluster: this.name },
      containers: [{ name: 'main', image: IMAGE }],
    };
    const path = `/apis/apps/v1/namespaces/${this.name}/${kind.toLowerCase()}s`;
    const template = { metadata: { labels: own }, spec };
    const selector = { matchLabels: { workload: name } };
    switch (kind) {
      case 'Pod':
        for (let index = 0; index < replicas; index++) {
          await this.api.create(`/api/v1/namespaces/${this.name}/pods`, { metadata: { name: `${name}-${index}`, labels: own }, spec });
        }
        break;
      case 'DaemonSet': await this.api.create(path, { metadata: { name }, spec: { selector, template } }); break;
      case 'StatefulSet':
        await this.api.create(path, {
          metadata: { name }, spec: { selector, template, replicas, serviceName: name, podManagementPolicy: 'Parallel' },
        });
        break;
      default: await this.api.create(path, { metadata: { name }, spec: { selector, template, replicas } });
    }
  }

  private async place(pod: KubernetesObject): Promise<void> {
    const { metadata: { name, labels } } = pod;
    const fate = this.isDraining ? this.fateOfReplacement(pod) : this.nextFate(labels.workload);
    this.known.add(name);
    const target = ownerOf(pod)?.kind === 'DaemonSet' ? nodeOfDaemon(pod) : this.node(fate.node);
    const bound = await this.api.call('POST', `/api/v1/namespaces/${this.name}/pods/${name}/binding`, {
      apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { apiVersion: 'v1', kind: 'Node', name: target },
    });
    if (bound.status >= 300) throw new Error(`${this.name}/${name}: ${bound.body?.message}`);
    this.known.delete(name); // a StatefulSet gives the name to the next one
    await this.report(name, fate.state);
  }

  private nextFate(workload: string): Fate {
    const count = this.fates.get(workload) ?? 0;
    this.fates.set(workload, count + 1);
    const { fates } = this.cluster.workloads[Number(workload.slice(1))];
    return fates[count % fates.length];
  }

  /** What comes back is as ready as what went. */
  private fateOfReplacement(pod: KubernetesObject): Omit<Fate, 'node'> & { readonly node: 'new' } {
    const owner = ownerOf(pod)?.name ?? '';
    const unready = this.unreadyToCome.get(owner) ?? 0;
    if (unready > 0) this.unreadyToCome.set(owner, unready - 1);
    return { node: 'new', state: unready > 0 ? 'unready' : 'ready' };
  }

  private async report(pod: string, state: Fate['state']): Promise<void> {
    if (state === 'pending') return;
    const phase = state === 'succeeded' ? 'Succeeded' : 'Running';
    const now = new Date().toISOString().replace(/\.\d+/, '');
    await this.api.patch(`/api/v1/namespaces/${this.name}/pods/${pod}/status`, {
      status: {
        phase, startTime: now, conditions: [{ type: 'Ready', status: state === 'ready' ? 'True' : 'False', lastTransitionTime: now }],
      },
    });
  }

  private node(name: string): string {
    return `${this.name}-${name}`;
  }
}

/** Whether a pod waits for its kubelet to end it. */
export function isTerminating({ metadata }: KubernetesObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether a pod is ready, as the disruption controller has it. */
export function isReady({ status }: KubernetesObject): boolean {
  return status.conditions?.some(({ type, status: is }: KubernetesObject) => type === 'Ready' && is === 'True') ?? false;
}

function ownerOf({ metadata: { ownerReferences = [] } }: KubernetesObject): { readonly kind: string; readonly name: string } | undefined {
  return ownerReferences.find(({ controller }: KubernetesObject) => controller);
}

/** Its controller names the node. */
function nodeOfDaemon({ spec }: KubernetesObject): string {
  return spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values[0];
}

function inOrder<T>(values: readonly T[], seed: number): T[] {
  const rank = (index: number) => (seed % 1009 + index + 1) * 7919 % 104_729;
  return values.map((value, index) => [value, rank(index)] as const).sort((a, b) => a[1] - b[1]).map(([value]) => value);
}
