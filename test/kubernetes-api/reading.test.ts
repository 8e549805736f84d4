import { createServer } from 'node:net';
import { EKSClient } from '@aws-sdk/client-eks';
import { ApiServer } from './api-server';
import { eksConnection } from '../../src/live/kubernetes/eks-connection';
import { readWorkloads } from '../../src/live/kubernetes/workloads';
import { ApiStandIn } from '../live/kubernetes/api-stand-in';

const PODS = 1_010; // three pages
const EDGE_PODS = 6;

let api: ApiServer;
beforeAll(async () => {
  api = await ApiServer.start(18_453);
  await createWorld();
}, 400_000);
afterAll(async () => api?.stop());

/** Of what every node needs, and what is called alike. */
const CORE_PODS = [
  ['proxy-1', 'kube-system', 'registry.example.com/eks/kube-proxy:v1.36.2-eksbuild.1'],
  ['dns', 'kube-system', 'registry.example.com:5000/mirror/coredns:v1.11.4-eksbuild.2@sha256:' + '0'.repeat(64)],
  ['cni', 'kube-system', 'example.com/amazon-k8s-cni@sha256:' + '0'.repeat(64)],
  ['metrics', 'kube-system', 'example.com/kube-proxy-metrics:v1'],
  ['own-dns', 'shop', 'example.com/coredns:v1.9.0'],
] as const;

const spec = { containers: [{ name: 'main', image: 'example.com/main' }] };

async function createWorld(): Promise<void> {
  for (const [name, group, zone, more] of [['n1', 'workers', 'a', {}], ['n2', 'gpu', 'b', { 'eks.amazonaws.com/compute-type': 'hybrid' }]] as const) {
    await api.create('/api/v1/nodes', {
      metadata: { name, labels: { 'eks.amazonaws.com/nodegroup': group, 'topology.kubernetes.io/zone': `us-east-1${zone}`, ...more } },
    });
  }
  await api.patch('/api/v1/nodes/n1/status', {
    status: {
      nodeInfo: {
        kubeletVersion: 'v1.32.9-eks-a1b2c3d',
        containerRuntimeVersion: 'containerd://1.7.27',
        architecture: '',
        bootID: '',
        kernelVersion: '',
        kubeProxyVersion: '',
        machineID: '',
        operatingSystem: '',
        osImage: '',
        systemUUID: '',
      },
    },
  });
  await api.create('/api/v1/namespaces', { metadata: { name: 'shop' } });
  await api.create('/api/v1/namespaces', { metadata: { name: 'many' } });
  await api.create('/apis/policy/v1/namespaces/shop/poddisruptionbudgets', {
    metadata: { name: 'web' },
    spec: { minAvailable: '50%', unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { app: 'web' } } },
  });
  await api.create('/apis/apps/v1/namespaces/shop/deployments', {
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web', unasked: 'x' } }, spec: { ...spec, terminationGracePeriodSeconds: 1200 } },
    },
  });
  await api.create('/api/v1/persistentvolumes', {
    metadata: { name: 'disk' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      local: { path: '/mnt/disk' },
      claimRef: { namespace: 'shop', name: 'data' },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }] }] },
      },
    },
  });
  await api.patch('/api/v1/persistentvolumes/disk/status', { status: { phase: 'Bound' } }); // as its controller does, which does not run here
  await api.create('/api/v1/namespaces/shop/pods', {
    metadata: { name: 'db', labels: { app: 'db' } },
    spec: {
      ...spec,
      nodeName: 'n1',
      nodeSelector: { 'eks.amazonaws.com/nodegroup': 'workers' },
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'data' } }, { name: 'scratch', emptyDir: {} },
        { name: 'cache', emptyDir: { medium: 'Memory' } },
      ],
    },
  });
  await api.patch('/api/v1/namespaces/shop/pods/db/status', {
    status: {
      phase: 'Running',
      startTime: '2026-11-28T10:00:00Z',
      conditions: [
        { type: 'Ready', status: 'True', lastTransitionTime: '2026-11-28T10:01:30Z' },
      ],
    },
  });
  await api.create('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', {
    metadata: { name: 'policies' },
    webhooks: [webhook('all', 'Fail', {}), webhook('soft', 'Ignore', {}), webhook('spared', 'Fail', {
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
    })],
  });
  await api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
      versions: [{ name: 'v1alpha1', served: false, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  });
  await api.call('POST', '/api/v1/namespaces', { metadata: { name: 'kube-system' } }); // it may be there already
  for (const [name, namespace, image] of CORE_PODS) {
    await api.create(`/api/v1/namespaces/${namespace}/pods`, { metadata: { name }, spec: { containers: [{ name: 'main', image }] } });
  }
  await createOutdated();
  await Promise.all(Array.from({ length: PODS }, async (_, index) => (
    api.create('/api/v1/namespaces/many/pods', { metadata: { name: `p${index}` }, spec })
  )));
  for (let left = 100; (await api.items('/api/v1/namespaces/shop/pods')).length < 3; left--) {
    if (left === 0) throw new Error('the Deployment has no pod');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** What newer versions treat otherwise, and what is called alike. */
async function createOutdated(): Promise<void> {
  await api.create('/api/v1/namespaces/kube-system/configmaps', {
    metadata: { name: 'kube-proxy-config' }, data: { config: 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nipvs:\n  mode: none\nmode: "ipvs"\n' },
  });
  await api.create('/api/v1/namespaces', { metadata: { name: 'edge' } });
  for (const [name, externalIPs] of [['exposed', ['192.0.2.10']], ['inner', []], ['plain', undefined]] as const) {
    await api.create('/api/v1/namespaces/edge/services', { metadata: { name }, spec: { externalIPs, ports: [{ port: 80 }] } });
  }
  const images = {
    'upstream': 'registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:' + '0'.repeat(64),
    'chroot': 'mirror.example.com:5000/a/ingress-nginx/controller-chroot:v1.12.0',
    'repackaged': 'example.com/bitnami/nginx-ingress-controller',
    'of-nginx-inc': 'nginx/nginx-ingress:3.7.0',
    'other-controller': 'example.com/own-ingress-nginx/controller-manager:v1',
  };
  for (const [name, image] of Object.entries(images)) {
    await api.create('/api/v1/namespaces/edge/pods', {
      metadata: { name },
      spec: { containers: [{ name: 'side', image: 'example.com/side' }, { name: 'main', image }] },
    });
  }
  await api.create('/api/v1/namespaces/edge/pods', {
    metadata: { name: 'cloner' }, spec: { ...spec, volumes: [{ name: 'source', gitRepo: { repository: 'https://example.com/a.git' } }] },
  });
}

/** Asked about events only, so that it stands in nobody's way here. */
function webhook(name: string, failurePolicy: string, namespaceSelector: object) {
  return {
    name: `${name}.policies.example.com`,
    failurePolicy,
    namespaceSelector,
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { namespace: 'policies', name: 'webhook' } },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods/eviction', 'events'] }],
  };
}

test('reads nodes, pods, budgets, volumes, webhooks and definitions, and keeps what is needed', async () => {
  const { nodes, pods, budgets, webhooks, customResources } = await readWorkloads(api.connection);
  expect(nodes).toEqual([
    {
      name: 'n1',
      nodeGroup: 'workers',
      zone: 'us-east-1a',
      kubelet: 'v1.32.9-eks-a1b2c3d',
      containerRuntime: 'containerd://1.7.27',
    },
    { name: 'n2', nodeGroup: 'gpu', zone: 'us-east-1b', computeType: 'hybrid' },
  ]);
  expect(budgets).toMatchObject([
    { namespace: 'shop', name: 'web', minAvailable: '50%', evictsUnready: true, selector: { matchLabels: { app: 'web' } } },
  ]);
  expect(pods.filter(({ namespace }) => namespace === 'many')).toHaveLength(PODS);
  expect(pods.filter(({ namespace, name }) => namespace === 'shop' && name !== 'own-dns')).toEqual([
    {
      namespace: 'shop',
      name: 'db',
      toleratesAll: false,
      node: 'n1',
      phase: 'Running',
      isReady: true,
      isTerminating: false,
      isMirror: false,
      labels: { app: 'db' },
      owner: undefined,
      graceSeconds: 30,
      ties: [{ to: 'node group', names: ['workers'], by: 'nodeSelector' }, { to: 'node', names: ['n1'], by: 'volume data' }],
      localVolumes: [{ kind: 'emptyDir', name: 'scratch' }, { kind: 'local', name: 'volume' }],
      unschedulable: undefined,
      hasReadinessProbe: false,
      readyAfterSeconds: 90,
    },
    expect.objectContaining({
      name: expect.stringMatching(/^web-/),
      phase: 'Pending',
      labels: { app: 'web' },
      owner: {
        kind: 'Deployment', name: 'web',
      },
      graceSeconds: 1200,
    }),
  ]);
  expect(webhooks).toEqual({
    known: true,
    value: [
      expect.objectContaining({
        name: 'all.policies.example.com', service: 'policies/webhook', readyEndpoints: 0, concerns: [], evictionsIn: undefined,
      }),
      expect.objectContaining({
        name: 'spared.policies.example.com', concerns: [], evictionsIn: expect.not.arrayContaining(['kube-system']),
      }),
    ],
  });
  expect(customResources).toEqual({ known: true, value: [{ name: 'widgets.example.com', unservedVersions: ['v1alpha1'] }] });
});

test('reads the images of kube-proxy, VPC CNI and CoreDNS in kube-system, by the last part of their names', async () => {
  const { coreImages } = await readWorkloads(api.connection);
  expect(coreImages).toEqual([
    { addOn: 'coredns', workload: 'pod dns', version: 'v1.11.4-eksbuild.2' },
    { addOn: 'kube-proxy', workload: 'pod proxy-1', version: 'v1.36.2-eksbuild.1' },
    { addOn: 'vpc-cni', workload: 'pod cni', version: undefined },
  ]);
});

test('reads what newer versions treat otherwise: kube-proxy\'s mode, Ingress NGINX, Services with externalIPs, gitRepo volumes', async () => {
  const { kubeProxyMode, ingressNginx, externalIpServices, pods } = await readWorkloads(api.connection);
  expect(kubeProxyMode).toBe('ipvs');
  expect(ingressNginx).toEqual(['edge/chroot', 'edge/repackaged', 'edge/upstream']);
  expect(externalIpServices).toEqual(['edge/exposed']);
  expect(pods.filter(({ gitRepoVolumes }) => gitRepoVolumes)).toMatchObject([{ name: 'cloner', gitRepoVolumes: ['source'] }]);
});

/** EKS's client, as far as a token is made from it. */
function eks(accessKeyId: string): EKSClient {
  return new EKSClient({ region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: 'secret' } });
}

function cluster() {
  return { name: 'prod', endpoint: api.url, certificateAuthority: { data: Buffer.from(api.certificateAuthority).toString('base64') } };
}

test('a token of EKS is understood; with the role view alone, nodes come from elsewhere and the rest is not known', async () => {
  await api.create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: 'viewers' },
    // what the role view consists of; the controller that puts it together does not run here
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:aggregate-to-view' },
    subjects: [{ kind: 'Group', name: 'eks:AKIAVIEWER', apiGroup: 'rbac.authorization.k8s.io' }],
  });
  const connection = eksConnection(cluster(), eks('AKIAVIEWER'));
  const read = await readWorkloads(connection, { nodesFromElsewhere: async () => [{ name: 'n1', nodeGroup: 'workers', instanceId: 'i-1' }] });
  expect(read.nodes).toEqual([{ name: 'n1', nodeGroup: 'workers' }]);
  expect(read.budgets).toHaveLength(1);
  expect(read.pods).toHaveLength(PODS + CORE_PODS.length + EDGE_PODS + 2);
  expect(read).toMatchObject({ kubeProxyMode: 'ipvs', externalIpServices: ['edge/exposed'] }); // as EKS's view policy allows
  expect(read.webhooks).toMatchObject({
    known: false, why: expect.stringContaining('not allowed to list validatingwebhookconfigurations'),
  });
  await expect(readWorkloads(connection)).rejects.toThrow(/^not allowed to list nodes: /);
});

test('fails for a caller who may nothing, and for a token that is none', async () => {
  await expect(readWorkloads(eksConnection(cluster(), eks('AKIANOBODY')))).rejects.toThrow(/not allowed to list/);
  const anonymous = {
    server: api.url, requestOptions: async () => ({ ca: api.certificateAuthority, headers: { authorization: 'Bearer nonsense' } }),
  };
  await expect(readWorkloads(anonymous)).rejects.toThrow(
    /^the Kubernetes API at 127\.0\.0\.1:18453 does not know the caller, whose principal needs an access entry/,
  );
});

test('fails after half a minute for a server that is reached and never answers', async () => {
  const server = await new ApiStandIn().start();
  server.answer = () => undefined;
  await expect(readWorkloads(server.connection())).rejects.toThrow(/did not answer within 30 seconds$/);
  server.stop();
});

test('fails soon for a server that takes the connection and says nothing', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
  const { port } = silent.address() as { readonly port: number };
  const started = Date.now();
  await expect(readWorkloads({ server: `https://127.0.0.1:${port}`, requestOptions: async () => ({}) }))
    .rejects.toThrow(`the Kubernetes API at 127.0.0.1:${port} could not be reached: 127.0.0.1:${port} did not answer within 5 seconds`);
  expect(Date.now() - started).toBeLessThan(8_000);
  silent.close();
});
