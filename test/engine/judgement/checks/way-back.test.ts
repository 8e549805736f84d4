import { AddOnIntent } from '../../../../src/engine/change/upgrade-intent';
import { wayBack } from '../../../../src/engine/judgement/checks/way-back';
import { SupportType } from '../../../../src/engine/state/cluster-state';
import { known } from '../../../../src/engine/state/known';
import { OfferedVersion } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, anAddOn, aNodeGroup, findings } from '../../a-cluster';

const OLD = 'v1.35.3-eksbuild.2';
const NEW = 'v1.36.2-eksbuild.2';

const state = aCluster({ addOns: known([anAddOn({ name: 'kube-proxy', version: OLD })]) });

function offering(versionsFor136: string[], defaultVersion = NEW) {
  return aCatalog({
    addOnOffers: {
      'kube-proxy': known([
        { kubernetesVersion: '1.35', versions: [OLD], defaultVersion: OLD },
        { kubernetesVersion: '1.36', versions: versionsFor136, defaultVersion },
      ]),
    },
  });
}

function upgrading(kubeProxy: AddOnIntent, catalog = offering([OLD, NEW])) {
  return findings(wayBack, state, { version: '1.36', addOns: { 'kube-proxy': kubeProxy } }, catalog);
}

test('tells of an add-on that moves beyond the old version, and of one meant for both', () => {
  expect(upgrading({ policy: 'recommended' })).toMatchObject([{
    id: 'way-back:kube-proxy',
    severity: 'info',
    reason: 'addOnFirst',
    data: { version: NEW, current: '1.35', both: OLD },
  }]);
});

describe('where EKS does not offer the installed version for both', () => {
  const installed = 'v1.19.0-eksbuild.1';
  const found = (today: string[], next: string[], { name = 'coredns', defaultVersion = today[0] } = {}) => findings(
    wayBack,
    aCluster({ addOns: known([anAddOn({ name, version: installed })]) }),
    { version: '1.36', addOns: { [name]: { policy: 'recommended' } } },
    aCatalog({
      addOnOffers: {
        [name]: known([
          { kubernetesVersion: '1.35', versions: today, defaultVersion },
          { kubernetesVersion: '1.36', versions: next, defaultVersion: next[0] },
        ]),
      },
    }),
  );
  const [next, newer, older] = ['v1.20.0-eksbuild.1', 'v1.20.1-eksbuild.1', 'v1.18.0-eksbuild.1'];
  const beyond = 'v1.20.9-eksbuild.1';

  test.each<[string, string[], string[], object, string]>([
    ['the default of the older version', [installed, newer, next], [beyond, newer, next], { defaultVersion: next }, next],
    ['else the newest, in whatever order EKS lists them', [installed, next, newer], [beyond, next, newer], {}, newer],
    ['none that is older', [older, installed, next], [beyond, older, next], { defaultVersion: older }, next],
    ['none of vpc-cni beyond the next minor', ['v1.21.0-eksbuild.1', next], [beyond, 'v1.21.0-eksbuild.1', next], { name: 'vpc-cni' }, next],
  ])('names the version to pin: %s', (_, today, after, others, both) => {
    const [finding] = found(today, after, others);
    expect(finding).toMatchObject({ severity: 'info', reason: 'addOnToPin', data: { version: beyond, current: '1.35', both } });
    expect(finding.remedy).toContain(`AddOnVersion.pinned('${both}')`);
    expect(finding.remedy).not.toContain('keepWhileCompatible');
  });

  test.each([
    ['it is older', older, 'coredns'], ['vpc-cni does not get there in one step', 'v1.21.0-eksbuild.1', 'vpc-cni'],
  ])('names none to pin where %s', (_, both, name) => {
    expect(found([installed, both], [beyond, both], { name })).toMatchObject([{
      severity: 'info', reason: 'addOnOutOfReach', data: { version: beyond, installed, target: '1.36' },
    }]);
  });
});

test('warns where EKS offers none for both', () => {
  expect(upgrading({ version: NEW }, offering([NEW]))).toMatchObject([{
    id: 'way-back:kube-proxy', severity: 'warning', reason: 'addOnStuck', data: { current: '1.35', target: '1.36' },
  }]);
});

test('has nothing to say of an add-on that is kept while it is compatible, or that nobody moves', () => {
  expect(upgrading({ policy: 'keep-while-compatible' })).toEqual([]);
  expect(upgrading({})).toEqual([]);
});

test('tells of node groups that are rolled in the same deployment, not of those that are held', () => {
  const nodeGroups = known([aNodeGroup(), aNodeGroup({ name: 'gpu' }), aNodeGroup({ name: 'held' })]);
  const intent = { version: '1.36', nodeGroups: { workers: { version: '1.36' }, gpu: { version: '1.36' }, held: { version: '1.35' } } };
  expect(findings(wayBack, aCluster({ nodeGroups }), intent)).toMatchObject([{
    id: 'way-back',
    severity: 'info',
    reason: 'nodesFirst',
    data: { nodeGroups: ['workers', 'gpu'] },
  }]);
});

test('tells of node groups that are created with the new version, not of those of an older image', () => {
  const amiType = 'AL2023_x86_64_STANDARD';
  const intent = {
    version: '1.36',
    nodeGroups: {
      workers: {}, versioned: { amiType, version: '1.36' }, plain: { amiType }, golden: { image: { id: 'ami-0123456789abcdef0', kubernetesVersion: '1.35' } },
    },
  };
  const about = { id: 'way-back', severity: 'info' };
  expect(findings(wayBack, aCluster(), intent)).toMatchObject([
    { ...about, reason: 'newNodesFirst', data: { nodeGroups: ['versioned', 'plain'], target: '1.36', current: '1.35' } },
  ]);
  expect(findings(wayBack, aCluster(), { ...intent, nodeGroups: { ...intent.nodeGroups, workers: { version: '1.36' } } })).toMatchObject([
    { ...about, reason: 'nodesFirst', data: { nodeGroups: ['workers'] } }, { ...about, reason: 'newNodesFirst' },
  ]);
  expect(findings(wayBack, aCluster(), { ...intent, nodeGroups: { workers: { replacedBy: ['Subnets'] } } })).toMatchObject([
    { ...about, reason: 'nodesFirst', data: { nodeGroups: ['workers'] } },
  ]);
});

test('warns of the upgrade policy STANDARD that excludes the old version', () => {
  const catalog = aCatalog({ offeredVersions: known([{ version: '1.35', status: 'EXTENDED_SUPPORT' }]) });
  expect(findings(wayBack, aCluster(), { version: '1.36' }, catalog)).toMatchObject([
    { severity: 'warning', reason: 'policy' },
  ]);
  expect(findings(wayBack, aCluster(), { version: '1.36', supportType: 'EXTENDED' }, catalog)).toEqual([]);
});

describe('support of the old version', () => {
  const found = (offered: Partial<OfferedVersion> | undefined, supportType: SupportType) => {
    const catalog = aCatalog({ offeredVersions: known(offered ? [{ version: '1.35', status: 'STANDARD_SUPPORT', ...offered }] : []) });
    const state135 = aCluster({ observedAt: '2026-11-22T12:00:00Z', supportType: known(supportType) });
    return findings(wayBack, state135, { version: '1.36' }, catalog).map(({ severity, reason }) => ({ severity, reason }));
  };

  test.each<[string, Partial<OfferedVersion> | undefined, SupportType, object[]]>([
    ['has ended', { status: 'UNSUPPORTED' }, 'EXTENDED', [{ severity: 'warning', reason: 'unsupported' }]],
    ['has ended: EKS does not list it', undefined, 'EXTENDED', [{ severity: 'warning', reason: 'unsupported' }]],
    ['ends within 7 days', { endOfStandardSupport: '2026-11-29' }, 'STANDARD', [{ severity: 'warning', reason: 'policySoon' }]],
    ['ends later', { endOfStandardSupport: '2026-11-30' }, 'STANDARD', []],
    ['turns into extended support', { endOfStandardSupport: '2026-11-29', endOfExtendedSupport: '2027-11-29' }, 'EXTENDED', []],
    [
      'ends for good within 7 days', { status: 'EXTENDED_SUPPORT', endOfStandardSupport: '2025-11-29', endOfExtendedSupport: '2026-11-29' },
      'EXTENDED', [{ severity: 'warning', reason: 'supportSoon' }],
    ],
  ])('%s', (_, offered, supportType, expected) => {
    expect(found(offered, supportType)).toEqual(expected);
  });
});

test.each<[string, string[], string]>([
  ['no longer supported: all that are listed are newer', ['1.36', '1.37'], 'unsupported'],
  ['not offered: only older ones are', ['1.33', '1.34'], 'notOffered'],
  ['not offered: older and newer ones are', ['1.34', '1.36'], 'notOffered'],
])('a version that EKS does not list is %s', (_, listed, reason) => {
  const catalog = aCatalog({ offeredVersions: known(listed.map((version) => ({ version, status: 'STANDARD_SUPPORT' as const }))) });
  expect(findings(wayBack, aCluster(), { version: '1.36' }, catalog)).toMatchObject([{ severity: 'warning', reason }]);
});

test('has nothing to say on the way back, or when the control plane stays', () => {
  expect(findings(wayBack, state, { version: '1.34', addOns: { 'kube-proxy': { version: NEW } } }, offering([NEW]))).toEqual([]);
  expect(findings(wayBack, state, {}, offering([NEW]))).toEqual([]);
});
