import { ApiServer } from './api-server';
import type { ClusterRecord } from '../aws/eks-region';

/** Lets a cluster of the local EKS have its Kubernetes API where a real one is. */
export function giveApi(cluster: ClusterRecord, api: ApiServer): void {
  cluster.config = {
    ...cluster.config, endpoint: api.url, certificateAuthority: { data: Buffer.from(api.certificateAuthority).toString('base64') },
  };
}

let callers = 0;

/** Lets the SDK of this process sign with an access key that nothing is allowed yet. */
export function signAsNewCaller(): void {
  process.env.AWS_ACCESS_KEY_ID = `AKIACALLER${++callers}`;
}

/** Lets whoever signs with an access key, that of this process unless told otherwise, do what a cluster role allows. */
export async function allow(api: ApiServer, role: string, accessKeyId = process.env.AWS_ACCESS_KEY_ID!): Promise<void> {
  await api.create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: `${accessKeyId.toLowerCase()}-${role.replaceAll(':', '-')}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'Group', name: `eks:${accessKeyId}`, apiGroup: 'rbac.authorization.k8s.io' }],
  });
}

const CONTAINER = { name: 'main', image: 'example.com/main', readinessProbe: { tcpSocket: { port: 8080 } } };

/** A node of node group `workers`, with two ready pods of Deployment `web`, of which a budget wants both. */
export async function createBlockedShop(api: ApiServer, nodeName = 'n1'): Promise<void> {
  await api.create('/api/v1/nodes', { metadata: { name: nodeName, labels: { 'eks.amazonaws.com/nodegroup': 'workers' } } });
  await api.create('/api/v1/namespaces', { metadata: { name: 'shop' } });
  await api.create('/apis/policy/v1/namespaces/shop/poddisruptionbudgets', {
    metadata: { name: 'web' }, spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
  });
  await api.create('/apis/apps/v1/namespaces/shop/deployments', {
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { nodeName, containers: [CONTAINER] } },
    },
  });
  let pods: { readonly metadata: { readonly name: string } }[] = [];
  for (let left = 200; pods.length < 2; left--) {
    if (left === 0) throw new Error('the Deployment has no pods');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    pods = await api.items('/api/v1/namespaces/shop/pods');
  }
  await Promise.all(pods.map(async ({ metadata: { name } }) => api.patch(`/api/v1/namespaces/shop/pods/${name}/status`, {
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  })));
}

/** As it was before it was mended. */
export async function blockShop(api: ApiServer): Promise<void> {
  await api.patch('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web', { spec: { minAvailable: 2, maxUnavailable: null } });
}

/** What the remedy of the finding says. */
export async function mendBudget(api: ApiServer): Promise<void> {
  await api.patch('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web', { spec: { minAvailable: null, maxUnavailable: 1 } });
}
