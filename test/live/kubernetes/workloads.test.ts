import { setTimeout as sleep } from 'node:timers/promises';
import { ApiStandIn, send } from './api-stand-in';
import { readWorkloads } from '../../../src/live/kubernetes/workloads';

let server: ApiStandIn;
beforeEach(async () => { server = await new ApiStandIn().start(); });
afterEach(() => server.stop());

const LABELLED = { 'eks.amazonaws.com/nodegroup': 'workers', 'topology.kubernetes.io/zone': 'us-east-1a', 'eks.amazonaws.com/compute-type': 'hybrid' };
const nodeInfo = { kubeletVersion: 'v1.36.2', containerRuntimeVersion: 'containerd://2.1.4' };

const service = { namespace: 'policies', name: 'webhook' };
const hook = { name: 'a.example.com', clientConfig: { service }, rules: [{ apiGroups: [''], operations: ['CREATE'], resources: ['pods'] }] };
const onlySystem = { ...hook, name: 'b.example.com', namespaceSelector: { matchLabels: { tier: 'system' } } };
const byName = { ...hook, name: 'c.example.com', namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
const slice = (...endpoints: object[]) => ({ metadata: { namespace: 'policies', labels: { 'kubernetes.io/service-name': 'webhook' } }, endpoints });

const LISTS: Readonly<Record<string, readonly object[]>> = {
  nodes: [{ metadata: { name: 'n1', labels: LABELLED }, status: { nodeInfo } }, { metadata: { name: 'n2' } }],
  pods: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { containers: [{ image: 'ingress-nginx/controller' }] } }],
  services: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { externalIPs: ['192.0.2.1'] } }],
  validatingwebhookconfigurations: [{ metadata: { name: 'policies' }, webhooks: [hook, onlySystem, byName] }],
  endpointslices: [slice({}), slice({}, { conditions: { ready: false } })],
  namespaces: [{ metadata: { name: 'shop', labels: {} } }, { metadata: { name: 'kube-system', labels: { tier: 'system' } } }],
};

/** What is asked for at once: all but what depends on an answer. */
const FIRST_LISTS = 8;

/** Answers with some objects, and refuses what is named. */
function serve(lists: Readonly<Record<string, readonly object[]>>, refused: Readonly<Record<string, number>> = {}): void {
  server.answer = ({ url }, response) => {
    const what = new URL(url!, 'https://example.com').pathname.split('/').at(-1)!;
    if (refused[what] !== undefined) return send(response, { message: `no ${what}` }, refused[what]);
    return send(response, what === 'kube-proxy-config' ? { data: { config: 'mode: ipvs' } } : { metadata: {}, items: lists[what] ?? [] });
  };
}

test('reads all that there is', async () => {
  serve(LISTS);
  expect(await readWorkloads(server.connection())).toMatchObject({
    nodes: [
      {
        name: 'n1', nodeGroup: 'workers', zone: 'us-east-1a', kubelet: 'v1.36.2', containerRuntime: 'containerd://2.1.4', computeType: 'hybrid',
      },
      { name: 'n2', nodeGroup: undefined, kubelet: undefined, containerRuntime: undefined, computeType: undefined },
    ],
    pods: [{ name: 'web' }],
    kubeProxyMode: 'ipvs',
    ingressNginx: ['shop/web'],
    externalIpServices: ['shop/web'],
    customResources: { known: true, value: [] },
  });
});

test('takes a claim that was made anew for that of the volume that it is bound to, whichever comes last', async () => {
  const volume = (name: string, phase: string, node: string) => {
    const nodeSelectorTerms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }];
    const claimRef = { namespace: 'shop', name: 'data' };
    return { metadata: { name }, spec: { claimRef, local: {}, nodeAffinity: { required: { nodeSelectorTerms } } }, status: { phase } };
  };
  const pod = { metadata: { namespace: 'shop', name: 'db' }, spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] } };
  const [bound, released] = [volume('pvc-111', 'Bound', 'n1'), volume('pvc-222', 'Released', 'gone-node')];
  for (const persistentvolumes of [[bound, released], [released, bound]]) {
    serve({ ...LISTS, pods: [pod], persistentvolumes });
    expect((await readWorkloads(server.connection())).pods).toMatchObject([{ ties: [{ to: 'node', names: ['n1'] }] }]);
  }
});

test('adds up the ready endpoints of all slices, and holds selectors against the labels of kube-system', async () => {
  serve(LISTS);
  const { webhooks } = await readWorkloads(server.connection());
  expect(webhooks).toMatchObject({
    known: true,
    value: [
      { name: 'a.example.com', readyEndpoints: 2, concerns: ['pods in kube-system'] },
      { name: 'b.example.com', concerns: ['pods in kube-system'] },
      { name: 'c.example.com', concerns: [] },
    ],
  });
});

test('knows the name of kube-system where namespaces may not be read', async () => {
  serve(LISTS, { namespaces: 403 });
  expect((await readWorkloads(server.connection())).webhooks).toMatchObject({
    known: true, value: [{}, { concerns: [] }, { name: 'c.example.com', concerns: ['pods in kube-system'] }],
  });
});

test('asks for no endpoints where there are no webhooks', async () => {
  serve({ ...LISTS, validatingwebhookconfigurations: [] });
  expect((await readWorkloads(server.connection())).webhooks).toEqual({ known: true, value: [] });
  expect(server.asked.join()).not.toMatch(/endpointslices|namespaces\?/);
});

test.each([403, 404])('goes without what may not be read, or is not there: %d', async (status) => {
  const beside = ['services', 'kube-proxy-config', 'persistentvolumes', 'mutatingwebhookconfigurations', 'customresourcedefinitions'];
  serve(LISTS, Object.fromEntries(beside.map((what) => [what, status])));
  const read = await readWorkloads(server.connection());
  expect(read).toMatchObject({ webhooks: { known: false }, customResources: { known: false }, ingressNginx: ['shop/web'] });
  expect(read).toMatchObject({ kubeProxyMode: undefined, externalIpServices: undefined });
});

test('a webhook whose endpoints may not be read is not known', async () => {
  serve(LISTS, { endpointslices: 403 });
  expect((await readWorkloads(server.connection())).webhooks).toMatchObject({ known: false, why: expect.stringContaining('no endpointslices') });
});

test('asks others for the nodes where they may not be listed, and only then', async () => {
  const nodesFromElsewhere = jest.fn(async () => [{ name: 'n1', nodeGroup: 'workers', instanceId: 'i-1' }]);
  serve(LISTS, { nodes: 403 });
  expect(await readWorkloads(server.connection(), { nodesFromElsewhere })).toMatchObject({
    nodes: [{ name: 'n1', nodeGroup: 'workers' }], areNodesPartial: true,
  });
  await expect(readWorkloads(server.connection())).rejects.toThrow('not allowed to list nodes: no nodes');

  const podOn = (nodeName: string, kind = 'DaemonSet') => (
    { metadata: { namespace: 'shop', name: 'web', ownerReferences: [{ kind, name: 'web', controller: true }] }, spec: { nodeName, containers: [] } }
  );
  serve({ ...LISTS, pods: [podOn('i-1')] }, { nodes: 403 });
  expect((await readWorkloads(server.connection(), { nodesFromElsewhere })).nodes).toEqual([{ name: 'i-1', nodeGroup: 'workers' }]);
  serve({ ...LISTS, pods: [podOn('other')] }, { nodes: 403 });
  await expect(readWorkloads(server.connection(), { nodesFromElsewhere })).rejects.toThrow('pods run on nodes such as other, and on none');

  nodesFromElsewhere.mockClear();
  serve(LISTS, { nodes: 404 });
  await expect(readWorkloads(server.connection(), { nodesFromElsewhere })).rejects.toThrow('listing nodes failed: no nodes');
  serve(LISTS);
  expect(await readWorkloads(server.connection(), { nodesFromElsewhere })).not.toHaveProperty('areNodesPartial');
  expect(nodesFromElsewhere).not.toHaveBeenCalled();
});

test.each(['pods', 'poddisruptionbudgets'])('fails where %s may not be listed', async (what) => {
  serve(LISTS, { [what]: 403 });
  await expect(readWorkloads(server.connection())).rejects.toThrow(`not allowed to list ${what}: no ${what}`);
});

test('fails where the connection breaks off, whatever was asked for', async () => {
  serve(LISTS);
  const { answer } = server;
  server.answer = (request, response, count) => request.url!.includes('/services') ? response.destroy() : answer(request, response, count);
  await expect(readWorkloads(server.connection())).rejects.toThrow(/could not be reached/);
});

test('no list waits for another, so that a slow API server is not taken for one that does not answer', async () => {
  const held: (() => void)[] = [];
  serve(LISTS);
  const { answer } = server;
  server.answer = (request, response, count) => {
    held.push(() => void answer(request, response, count));
    if (count >= FIRST_LISTS) held.splice(0).forEach((release) => release());
  };
  expect((await readWorkloads(server.connection())).pods).toHaveLength(1);
});

test('leaves no connection open', async () => {
  serve(LISTS);
  await readWorkloads(server.connection());
  expect(server.connections).toBeGreaterThan(0);
  for (let left = 20; left > 0 && await server.openConnections() > 0; left--) await sleep(100); // the server itself waits five seconds
  expect(await server.openConnections()).toBe(0);
});
