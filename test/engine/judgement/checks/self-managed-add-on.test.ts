import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { selfManagedAddOn } from '../../../../src/engine/judgement/checks/self-managed-add-on';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { CoreAddOn } from '../../../../src/engine/state/workloads/core-image';
import { aCatalog, aCluster, findings } from '../../a-cluster';
import { someWorkloads } from '../../workloads';

const OFFERS = aCatalog({
  addOnOffers: {
    coredns: known([
      { kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1', 'v1.13.1-eksbuild.1'], defaultVersion: 'v1.12.4-eksbuild.1' },
      { kubernetesVersion: '1.36', versions: ['v1.13.1-eksbuild.1', 'v1.14.0-eksbuild.1'], defaultVersion: 'v1.13.1-eksbuild.1' },
    ]),
  },
});

function found(
  addOn: CoreAddOn, version: string | undefined, intent: UpgradeIntent = { version: '1.36' }, state: Partial<ClusterState> = {},
) {
  const workloads = known(someWorkloads({
    coreImages: [{ addOn, workload: addOn === 'coredns' ? 'Deployment coredns' : `DaemonSet ${addOn}`, version }],
  }));
  return findings(selfManagedAddOn, aCluster({ addOns: known([]), workloads, ...state }), intent, OFFERS);
}

describe('kube-proxy', () => {
  test('fails when the target leaves it too far behind, and warns where the control plane stays', () => {
    expect(found('kube-proxy', 'v1.32.0-minimal-eksbuild.2')).toMatchObject([{
      id: 'self-managed-add-on:kube-proxy',
      severity: 'error',
      reason: 'kubeProxyTooFarBehind',
      data: {
        workload: 'DaemonSet kube-proxy',
        version: 'v1.32.0-minimal-eksbuild.2',
        factory: 'kubeProxy',
        target: '1.36',
        skew: 3,
        command: "'kubectl -n kube-system edit daemonset kube-proxy'",
      },
    }]);
    expect(found('kube-proxy', 'v1.31.0', {})).toMatchObject([{ severity: 'warning' }]);
  });

  test('fails when it is newer than the control plane is to be', () => {
    expect(found('kube-proxy', 'v1.37.0')).toMatchObject([
      { severity: 'error', reason: 'kubeProxyAhead', data: { target: '1.36' } },
    ]);
  });

  test.each(['v1.33.0-eksbuild.1', 'v1.36.2', 'custom', undefined])('is told where it fits or cannot be read: %s', (version) => {
    expect(found('kube-proxy', version)).toMatchObject([
      { severity: 'info', reason: 'unmanaged', data: { comesFirst: false } },
    ]);
  });
});

describe('the others', () => {
  test('warns of a minor that EKS does not list for the target, and names what it would install', () => {
    expect(found('coredns', '1.11.3')).toMatchObject([{
      severity: 'warning',
      reason: 'notListed',
      data: {
        workload: 'Deployment coredns',
        version: '1.11.3',
        offered: 'v1.13.1-eksbuild.1 for Kubernetes 1.36',
        target: '1.36',
        minor: '1.11',
      },
    }]);
    expect(found('coredns', 'v1.12.0-eksbuild.9')).toMatchObject([{ severity: 'warning' }]);
    expect(found('coredns', 'v1.12.0-eksbuild.9', {})).toMatchObject([{ severity: 'info' }]); // of the version that the cluster has
  });

  test.each(['v1.13.0', '1.14.2', undefined, 'latest'])('tells of what fits or cannot be read: %s', (version) => {
    expect(found('coredns', version)).toMatchObject([
      { severity: 'info', reason: 'unmanaged', data: { version: version ?? 'an image without a version' } },
    ]);
  });

  test('tells what runs where EKS does not say what it offers', () => {
    expect(found('vpc-cni', 'v1.2.0')).toMatchObject([
      { severity: 'info', reason: 'unmanaged', data: { workload: 'DaemonSet vpc-cni', version: 'v1.2.0' } },
    ]);
  });
});

describe('what EKS manages, where somebody has changed the image', () => {
  const managed = (name: CoreAddOn, version: string) => ({ addOns: known([{ name, version, status: 'ACTIVE', healthIssues: [] }]) });
  const overridden = (version: string | undefined, intent: UpgradeIntent = { version: '1.36' }, installed = 'v1.35.3-eksbuild.2') =>
    found('kube-proxy', version, intent, managed('kube-proxy', installed));

  test('fails for a kube-proxy that the target leaves too far behind; where the control plane stays, it warns', () => {
    expect(overridden('v1.32.9-minimal-eksbuild.1')).toMatchObject([{
      id: 'self-managed-add-on:kube-proxy',
      severity: 'error',
      reason: 'overriddenTooFarBehind',
      data: {
        workload: 'DaemonSet kube-proxy',
        version: 'v1.32.9-minimal-eksbuild.1',
        addOn: 'kube-proxy',
        installed: 'v1.35.3-eksbuild.2',
        cluster: 'prod',
        skew: 3,
        target: '1.36',
        comesFirst: true,
      },
    }]);
    expect(overridden('v1.31.0', {})).toMatchObject([{ severity: 'warning', reason: 'overriddenTooFarBehind', data: { comesFirst: false } }]);
  });

  test('fails for a kube-proxy that is newer than the control plane is to be', () => {
    expect(overridden('v1.37.0')).toMatchObject([{ severity: 'error', reason: 'overriddenAhead', data: { target: '1.36' } }]);
  });

  test.each(['v1.33.9', 'v1.34.3', 'v1.35.2-minimal-eksbuild.2', 'v1.36.3'])('tells of a kube-proxy that fits: %s', (version) => {
    expect(overridden(version)).toMatchObject([{ severity: 'info', reason: 'overridden', data: { version, comesFirst: false } }]);
  });

  test('tells of the others, whatever their version is', () => {
    expect(found('coredns', '1.9.3', { version: '1.36' }, managed('coredns', 'v1.12.4-eksbuild.1'))).toMatchObject([
      { id: 'self-managed-add-on:coredns', severity: 'info', reason: 'overridden', data: { version: '1.9.3', installed: 'v1.12.4-eksbuild.1' } },
    ]);
  });

  test.each(['v1.35.3-minimal-eksbuild.7', 'v1.35.3', 'latest', undefined])('passes for the image of the add-on, and for what cannot be read: %s', (version) => {
    expect(overridden(version)).toEqual([]);
    expect(overridden('v1.31.0', {}, 'custom')).toEqual([]);
  });
});

test.each<[string, UpgradeIntent, Partial<ClusterState>]>([
  [
    'EKS manages it', { version: '1.36' },
    { addOns: known([{ name: 'coredns', version: 'v1.11.3-eksbuild.1', status: 'ACTIVE', healthIssues: [] }]) },
  ],
  ['EKS manages it, and does not describe it', { version: '1.36' }, { unreadAddOns: [{ name: 'coredns', why: 'no' }] }],
  ['the app is about to let EKS manage it', { version: '1.36', addOns: { coredns: { policy: 'recommended' } } }, {}],
  ['it is not known what EKS manages', { version: '1.36' }, { addOns: notKnown('no') }],
  ['nobody looks into the cluster', { version: '1.36' }, { workloads: undefined }],
])('passes where %s', (_, intent, state) => {
  expect(found('coredns', '1.11.3', intent, state)).toEqual([]);
});

describe('an add-on that is created', () => {
  const created = (
    addOns: UpgradeIntent['addOns'], state: Partial<ClusterState> = {}, intent: UpgradeIntent = {},
  ) => findings(selfManagedAddOn, aCluster({ addOns: known([]), ...state }), { ...intent, addOns }, OFFERS);
  const anew: UpgradeIntent['addOns'] = { coredns: { isNew: true, version: 'v1.12.4-eksbuild.1' } };
  const running = (...addOns: CoreAddOn[]) => known(someWorkloads({
    coreImages: addOns.map((addOn) => ({ addOn, workload: `DaemonSet ${addOn}`, version: 'v1.11.1-eksbuild.3' })),
  }));

  test.each(['vpc-cni', 'kube-proxy', 'coredns'])('%s warns where EKS may have installed it by itself', (name) => {
    expect(created({ [name]: { isNew: true } })).toMatchObject([
      { id: `self-managed-add-on:${name}`, severity: 'warning', reason: 'perhapsTakenOver', data: {} },
    ]);
  });

  test('warns of what is seen to run, and of nothing that is not', () => {
    expect(created(anew, { workloads: running('coredns') })).toMatchObject([
      { severity: 'warning', reason: 'takenOver', data: { workload: 'DaemonSet coredns', version: 'v1.11.1-eksbuild.3' } },
    ]);
    expect(created(anew, { workloads: running('coredns'), autoMode: true })).toMatchObject([{ reason: 'takenOver' }]);
    expect(created(anew, { workloads: running() })).toEqual([]);
    expect(created(anew, { workloads: notKnown('no access') })).toMatchObject([{ reason: 'perhapsTakenOver' }]);
  });

  test.each<[string, UpgradeIntent['addOns'], Partial<ClusterState>, UpgradeIntent]>([
    ['overwrites what it finds', { coredns: { isNew: true, isOverwriting: true } }, {}, {}],
    ['is in the stack already', { coredns: { isNew: false } }, {}, {}],
    ['leaves', { coredns: { isNew: true, removed: true } }, {}, {}],
    ['EKS never installs by itself', { 'aws-ebs-csi-driver': { isNew: true } }, {}, {}],
    ['comes to a cluster in Auto Mode', anew, { autoMode: true }, {}],
    ['comes to a cluster that was created without', anew, {}, { isWithoutSelfManaged: true }],
    ['comes with its cluster', anew, { status: 'CREATING' }, {}],
    ['EKS manages already', anew, { unreadAddOns: [{ name: 'coredns', why: 'denied' }] }, {}],
    ['EKS manages for all that is known', anew, { addOns: notKnown('denied') }, {}],
  ])('passes: one that %s', (_, addOns, state, intent) => {
    expect(created(addOns, state, intent)).toEqual([]);
  });
});
