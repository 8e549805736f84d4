import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { changedBehaviour } from '../../../../src/engine/judgement/checks/changed-behaviour';
import { known } from '../../../../src/engine/state/known';
import { NodeState, WorkloadState } from '../../../../src/engine/state/workloads/workload-state';
import { aCluster, aNodeGroup, anUpgradedCluster, findings } from '../../a-cluster';
import { someWorkloads } from '../../workloads';

const TO_136: UpgradeIntent = { version: '1.36' };
const own = { amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcdef0' };

function found(workloads: Partial<WorkloadState>, intent = TO_136, state: Parameters<typeof aCluster>[0] = {}) {
  return findings(changedBehaviour, aCluster({ workloads: known(someWorkloads(workloads)), ...state }), intent);
}

test('tells of kube-proxy in mode ipvs from 1.35 on, and of no other mode', () => {
  expect(found({ kubeProxyMode: 'ipvs' })).toMatchObject([{ id: 'changed-behaviour:kube-proxy', severity: 'info', reason: 'ipvs' }]);
  expect(found({ kubeProxyMode: 'ipvs' }, {})).toHaveLength(1); // the cluster has 1.35
  expect(found({ kubeProxyMode: 'ipvs' }, {}, { version: '1.34' })).toEqual([]);
  expect(found({ kubeProxyMode: 'iptables' })).toEqual([]);
  expect(found({})).toEqual([]);
});

test('tells of all that runs Ingress NGINX from 1.35 on', () => {
  const ingressNginx = ['ingress/inner', 'ingress/outer'];
  expect(found({ ingressNginx })).toMatchObject([
    { id: 'changed-behaviour:ingress/inner', severity: 'info', reason: 'ingressNginx', subject: 'ingress/inner' },
    { id: 'changed-behaviour:ingress/outer', severity: 'info', reason: 'ingressNginx' },
  ]);
  expect(found({ ingressNginx }, {}, { version: '1.34' })).toEqual([]);
});

test('tells of Services with externalIPs once, from 1.36 on', () => {
  const externalIpServices = ['shop/api', 'shop/web'];
  expect(found({ externalIpServices })).toMatchObject([
    { id: 'changed-behaviour', severity: 'info', reason: 'externalIps', data: { count: 2 }, details: externalIpServices },
  ]);
  expect(found({ externalIpServices }, {})).toEqual([]); // 1.35
  expect(found({ externalIpServices: [] })).toEqual([]);
});

describe('containerd 1', () => {
  const nodes = (containerRuntime: string, others: Partial<NodeState> = {}) => ({ nodes: [{ name: 'own-1', containerRuntime, ...others }] });

  test('warns of nodes of a custom AMI, whose next image may have it, too', () => {
    const state = { nodeGroups: known([aNodeGroup(own), aNodeGroup({ ...own, name: 'others' })]) };
    expect(found(nodes('containerd://1.7.27', { nodeGroup: 'workers' }), TO_136, state)).toMatchObject([{
      id: 'changed-behaviour:workers',
      severity: 'warning',
      reason: 'containerd',
      data: { count: 1, since: '1.36' },
      details: ['own-1: containerd://1.7.27'],
    }]);
  });

  test('tells of nodes outside of managed node groups', () => {
    expect(found(nodes('containerd://0.9.1'))).toHaveLength(1);
    expect(found(nodes('containerd://v1.6.0', { computeType: 'hybrid' }))).toMatchObject([
      { id: 'changed-behaviour', severity: 'info', reason: 'othersContainerd', data: { count: 1 }, details: ['own-1: containerd://v1.6.0'] },
    ]);
  });

  test.each<[string, Partial<WorkloadState>, UpgradeIntent?]>([
    ['nodes of a group that EKS gives its image, which brings containerd 2', nodes('containerd://1.7.27', { nodeGroup: 'workers' })],
    ['nodes of Fargate', nodes('containerd://1.7.27', { computeType: 'fargate' })],
    ['nodes of Auto Mode', nodes('containerd://1.7.27', { computeType: 'auto' })],
    ['containerd 2', nodes('containerd://2.1.4')],
    ['containerd 10', nodes('containerd://10.1.4')],
    ['another runtime', nodes('cri-o://1.30.0')],
    ['a node of which only EC2 tells', { nodes: [{ name: 'own-1' }] }],
    ['versions before 1.36', nodes('containerd://1.7.27'), {}],
  ])('passes for %s', (_, workloads, intent = TO_136) => {
    expect(found(workloads, intent)).toEqual([]);
  });
});

const all = { kubeProxyMode: 'ipvs', ingressNginx: ['a/b'], externalIpServices: ['c/d'] };

test('says nothing on the way back, and where nobody looks into the cluster', () => {
  expect(findings(changedBehaviour, anUpgradedCluster({ workloads: known(someWorkloads(all)) }), {})).toHaveLength(3);
  expect(findings(changedBehaviour, anUpgradedCluster({ workloads: known(someWorkloads(all)) }), { version: '1.35' })).toEqual([]);
  expect(found(all, TO_136, { workloads: undefined })).toEqual([]);
});
