/**
 * A large cluster on a real Kubernetes API server: node groups, ReplicaSets over their nodes, and budgets of some.
 */
import { ApiServer } from '../test/kubernetes-api/api-server';

/** How much of everything. */
export interface ClusterSize {
  readonly nodes: number;
  readonly pods: number;
  readonly budgets: number;
}

export const NODE_GROUPS = 10;
const REPLICAS = 3;
const NAMESPACES = 20;
/** Of how many budgets one blocks for ever. */
const BLOCKS_EVERY = 10;
const AT_ONCE = 24;

/** Grows from one size to another. */
export async function growCluster(api: ApiServer, from: ClusterSize, to: ClusterSize): Promise<void> {
  if (from.nodes === 0) {
    await inTurn(NAMESPACES, async (index) => api.create('/api/v1/namespaces', { metadata: { name: `team-${index}` } }));
  }
  await inTurn(to.nodes - from.nodes, async (index) => createNode(api, from.nodes + index));
  const first = from.pods / REPLICAS;
  const budgeted = to.budgets - from.budgets;
  await inTurn(to.pods / REPLICAS - first, async (index) => (
    createWorkload(api, first + index, { from, to, hasBudget: index < budgeted, isBlocked: index % BLOCKS_EVERY === 0 })
  ));
  await settle(api, to);
}

async function createNode(api: ApiServer, index: number): Promise<void> {
  await api.create('/api/v1/nodes', {
    metadata: {
      name: `n${index}`,
      labels: {
        'eks.amazonaws.com/nodegroup': `group-${index % NODE_GROUPS}`, 'topology.kubernetes.io/zone': `us-east-1${'abc'[index % 3]}`, 'kubernetes.io/hostname': `n${index}`,
      },
    },
  });
}

interface Placing {
  readonly from: ClusterSize;
  readonly to: ClusterSize;
  readonly hasBudget: boolean;
  readonly isBlocked: boolean;
}

/** The pods come first, each on a node, and their ReplicaSet adopts them. */
async function createWorkload(api: ApiServer, index: number, { from, to, hasBudget, isBlocked }: Placing): Promise<void> {
  const [namespace, name] = [`team-${index % NAMESPACES}`, `web-${index}`];
  const labels = {
    'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': `team-${index % NAMESPACES}`, 'pod-template-hash': 'abcdef',
  };
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } };
  const template = { metadata: { labels }, spec: SPEC };
  for (let replica = 0; replica < REPLICAS; replica++) {
    const node = from.nodes + (index * REPLICAS + replica) % (to.nodes - from.nodes);
    const pod = `${name}-${replica}`;
    await api.create(`/api/v1/namespaces/${namespace}/pods`, { metadata: { name: pod, labels }, spec: { ...SPEC, nodeName: `n${node}` } });
    await api.patch(`/api/v1/namespaces/${namespace}/pods/${pod}/status`, { status: STATUS });
  }
  await api.create(
    `/apis/apps/v1/namespaces/${namespace}/replicasets`, { metadata: { name }, spec: { replicas: REPLICAS, selector, template } },
  );
  if (!hasBudget) return;
  await api.create(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`, {
    metadata: { name }, spec: { selector, minAvailable: isBlocked ? REPLICAS : REPLICAS - 1 },
  });
}

/** Waits until the controllers have counted what budgets select, which they do once ReplicaSets have adopted their pods. */
async function settle(api: ApiServer, { budgets }: ClusterSize): Promise<void> {
  for (let isDone = false; !isDone;) {
    await new Promise((resolve) => { setTimeout(resolve, 2_000); });
    const counted = await api.items('/apis/policy/v1/poddisruptionbudgets');
    isDone = counted.length === budgets && counted.every(
      ({ status }) => status?.expectedPods === REPLICAS && status.currentHealthy === REPLICAS,
    );
  }
}

async function inTurn(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < count) await work(next++);
  }));
}

/** As large as specs of pods usually are. */
const SPEC = {
  terminationGracePeriodSeconds: 30,
  containers: ['main', 'proxy'].map((name) => ({
    name,
    image: `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/${name}:2026.11.28`,
    env: Array.from(
      { length: 12 }, (_, index) => ({ name: `SETTING_${index}`, value: `https://service-${index}.shop.svc.cluster.local:8443/path` }),
    ),
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 10 },
    volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
  })),
  volumes: [{ name: 'scratch', emptyDir: {} }],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'dedicated', operator: 'Exists' }],
};

const STATUS = {
  phase: 'Running',
  startTime: '2026-11-28T10:00:00Z',
  podIP: '10.0.0.1',
  conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
    type, status: 'True', lastTransitionTime: '2026-11-28T10:00:20Z',
  })),
  containerStatuses: ['main', 'proxy'].map((name) => ({
    name,
    image: `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/${name}:2026.11.28`,
    imageID: `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/${name}@sha256:${'0123456789abcdef'.repeat(4)}`,
    containerID: `containerd://${'0123456789abcdef'.repeat(4)}`,
    ready: true,
    restartCount: 0,
    state: { running: { startedAt: '2026-11-28T10:00:10Z' } },
  })),
};
