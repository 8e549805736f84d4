import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { amiPublished } from '../../../../src/engine/judgement/checks/ami-published';
import { known, notKnown } from '../../../../src/engine/state/known';
import { AmiOffer } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, aNodeGroup, findings } from '../../a-cluster';

const FOLLOWING = { version: '1.36', nodeGroups: { workers: { version: '1.36' } } };
const STAYING = { version: '1.36', nodeGroups: { workers: { version: '1.35' } } };

const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'AL2_x86_64' })]) });

function offering(...offers: AmiOffer[]) {
  return aCatalog({ amiOffers: { AL2_x86_64: known(offers) } });
}

test('passes when the AMI type is published for the target', () => {
  expect(findings(amiPublished, aCluster(), FOLLOWING)).toEqual([]);
});

test('passes for a custom AMI', () => {
  expect(findings(amiPublished, aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM' })]) }))).toEqual([]);
});

test('does not look at groups that stay under a control plane that stays or goes back', () => {
  const catalog = offering({ kubernetesVersion: '1.34', published: false }, { kubernetesVersion: '1.35', published: false });
  expect(findings(amiPublished, state, {}, catalog)).toEqual([]);
  expect(findings(amiPublished, state, { version: '1.34' }, catalog)).toEqual([]);
});

test('fails for a group that is to run a version without its AMI type', () => {
  expect(findings(amiPublished, state, FOLLOWING, offering({ kubernetesVersion: '1.36', published: false }))).toMatchObject([{
    id: 'ami-published:workers', severity: 'error', reason: 'rolledWithout', data: { amiType: 'AL2_x86_64', version: '1.36' },
  }]);
});

test.each([
  ['AL2_x86_64', { isEnded: true, isWindows: false }],
  ['AL2_x86_64_GPU', { isEnded: true, isWindows: false }],
  ['AL2023_x86_64_STANDARD', { isEnded: false, isWindows: false }],
  ['BOTTLEROCKET_ARM_64', { isEnded: false, isWindows: false }],
  ['WINDOWS_CORE_2022_x86_64', { isEnded: false, isWindows: true }],
])('sends %s to Amazon Linux 2023 only where there is nothing to wait for', (amiType, data) => {
  const live = aCluster({ nodeGroups: known([aNodeGroup({ amiType })]) });
  const catalog = aCatalog({ amiOffers: { [amiType]: known([{ kubernetesVersion: '1.36', published: false }]) } });
  for (const intent of [FOLLOWING, STAYING, { version: '1.36', nodeGroups: { workers: { isNew: true, amiType, replacedBy: ['DiskSize'] } } }]) {
    const found = findings(amiPublished, live, intent, catalog);
    expect(found).toMatchObject([{ data }]);
    expect(found[0].remedy.includes('Amazon Linux 2023')).toBe(data.isEnded);
    expect(found[0].remedy.startsWith('wait until')).toBe(!data.isEnded);
  }
});

test('fails for a group whose nodes alone are to move', () => {
  const catalog = offering({ kubernetesVersion: '1.35', published: false });
  expect(findings(amiPublished, state, { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } }, catalog)).toMatchObject([{
    severity: 'error', reason: 'rolledWithout', data: { version: '1.35' },
  }]);
});

test('looks at the version that held back nodes keep', () => {
  const held = aCluster({ nodeGroups: known([aNodeGroup({ version: known('1.33'), amiType: 'AL2_x86_64' })]) });
  const catalog = offering({ kubernetesVersion: '1.33', published: true });
  expect(findings(amiPublished, held, { nodeGroups: { workers: { releaseVersion: '1.33.9-20261118' } } }, catalog)).toEqual([]);
});

test('passes unread when no node group is wanted and the control plane stays', () => {
  expect(findings(amiPublished, aCluster({ nodeGroups: notKnown('throttled') }), {})).toEqual([]);
});

test('warns of a group that stays and could not follow', () => {
  expect(findings(amiPublished, state, STAYING, offering({ kubernetesVersion: '1.36', published: false }))).toMatchObject([{
    severity: 'warning', reason: 'cannotFollow',
  }]);
});

test.each([
  ['fails', FOLLOWING, 'error'],
  ['warns', STAYING, 'warning'],
])('%s when it was not looked up', (_, intent, severity) => {
  expect(findings(amiPublished, state, intent, offering())).toMatchObject([{
    id: 'ami-published:workers:unknown', severity, reason: 'unread', data: { why: 'it was not looked up' },
  }]);
});

test('fails when it could not be looked up, with the reason', () => {
  const catalog = aCatalog({ amiOffers: { AL2_x86_64: notKnown('not allowed to call ssm:GetParameter') } });
  expect(findings(amiPublished, state, FOLLOWING, catalog)).toMatchObject([
    { reason: 'unread', data: { why: 'not allowed to call ssm:GetParameter' } },
  ]);
});

describe('an AMI type that is newer than this library', () => {
  const newer = 'AL2033_x86_64_STANDARD';
  test.each([
    ['fails', FOLLOWING, 'error'],
    ['warns', STAYING, 'warning'],
  ])('%s, and a permission is not what it needs', (_, intent, severity) => {
    const live = aCluster({ nodeGroups: known([aNodeGroup({ amiType: newer })]) });
    const catalog = aCatalog({ amiOffers: { [newer]: notKnown('the AMI type is newer') } });
    expect(findings(amiPublished, live, intent, catalog)).toMatchObject([{
      id: 'ami-published:workers:unknown',
      severity,
      reason: 'unknownType',
      unknown: true,
      data: { amiType: newer, version: '1.36', nodeGroup: 'workers' },
    }]);
  });

  test('is an information of a node group that is created', () => {
    const catalog = aCatalog({ amiOffers: { [newer]: notKnown('the AMI type is newer') } });
    expect(findings(amiPublished, aCluster(), { nodeGroups: { gpu: { isNew: true, amiType: newer } } }, catalog)).toMatchObject([
      { id: 'ami-published:gpu:unknown', severity: 'info', reason: 'unknownType' },
    ]);
  });
});

describe('a node group that is created', () => {
  const catalog = offering({ kubernetesVersion: '1.35', published: true }, { kubernetesVersion: '1.36', published: false });
  const wanting = (wanted: NodeGroupIntent, version?: string, live = aCluster()) =>
    findings(amiPublished, live, { version, nodeGroups: { gpu: { isNew: true, ...wanted } } }, catalog).filter(
      ({ subject }) => subject === 'node group gpu',
    );

  test('fails where EKS does not publish its AMI type for its version', () => {
    expect(wanting({ amiType: 'AL2_x86_64', version: '1.36' }, '1.36')).toMatchObject([{
      id: 'ami-published:gpu',
      severity: 'error',
      reason: 'createdWithout',
      data: { amiType: 'AL2_x86_64', version: '1.36' },
    }]);
  });

  test('without a version of its own begins with that of the control plane', () => {
    expect(wanting({ amiType: 'AL2_x86_64' }, '1.36')).toHaveLength(1);
    expect(wanting({ amiType: 'AL2_x86_64' })).toEqual([]);
  });

  test('passes where it does, and where it goes', () => {
    expect(wanting({ amiType: 'AL2_x86_64', version: '1.35' })).toEqual([]);
    expect(wanting({ amiType: 'AL2_x86_64', version: '1.36', removed: true })).toEqual([]);
  });

  test('passes where templates keep it and somebody has deleted it', () => {
    const previous = { version: '1.36', releaseVersion: '1.36.1-20261104' };
    expect(wanting({ amiType: 'AL2_x86_64', ...previous, previous, isNew: false }, '1.36')).toEqual([]);
  });

  test.each<[string, NodeGroupIntent]>([
    ['an image of its own', { amiType: 'CUSTOM' }], [
      'a type that nobody knows', { amiType: 'AL2033_x86_64' },
    ], ['a type that only EKS chooses', {}],
    ['a version that nobody has asked about', { amiType: 'AL2_x86_64', version: '1.37' }],
  ])('says nothing of %s', (_, wanted) => {
    expect(wanting(wanted, '1.36')).toEqual([]);
  });

  test('in the place of another one, has its own AMI type', () => {
    const replaced = aCluster({ nodeGroups: known([aNodeGroup({ name: 'gpu', amiType: 'AL2023_x86_64_STANDARD' })]) });
    expect(wanting({ amiType: 'AL2_x86_64', version: '1.36', replacedBy: ['AmiType'] }, '1.36', replaced)).toMatchObject([
      { id: 'ami-published:gpu', severity: 'error' },
    ]);

    const outdated = aCluster({ nodeGroups: known([aNodeGroup({ name: 'gpu', amiType: 'AL2_x86_64' })]) });
    const cure = { amiType: 'AL2023_x86_64_STANDARD', version: '1.36', replacedBy: ['AmiType'] };
    expect(wanting(cure, '1.36', outdated).map(({ id }) => id)).toEqual([]);
  });

  test('is not judged where node groups could not be read: it may be there', () => {
    expect(wanting({ amiType: 'AL2_x86_64', version: '1.36' }, '1.36', aCluster({ nodeGroups: notKnown('throttled') }))).toEqual([]);
    const unread = aCluster({ unreadNodeGroups: [{ name: 'gpu', why: 'throttled' }] });
    expect(wanting({ amiType: 'AL2_x86_64', version: '1.36' }, '1.36', unread)).toEqual([]);
  });

  test('is an information where AWS could not be asked', () => {
    const denied = aCatalog({ amiOffers: { AL2_x86_64: notKnown('not allowed to call ssm:GetParameter') } });
    expect(findings(amiPublished, aCluster(), { nodeGroups: { gpu: { amiType: 'AL2_x86_64' } } }, denied))
      .toMatchObject([{ id: 'ami-published:gpu:unknown', severity: 'info', reason: 'unread', data: { why: expect.stringContaining('ssm:GetParameter') } }]);
  });
});
