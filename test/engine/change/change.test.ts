import { addOnChoiceOf, changeOf, changesAnything, movesAddOn, movesNodeGroup, versionAfter, versionOnCreation } from '../../../src/engine/change/change';
import { UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { evaluate } from '../../../src/engine/judgement/verdict';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, aNodeGroup, anUpgradedCluster } from '../a-cluster';

const ILL = { code: 'Ec2SubnetNotFound', message: 'The subnet was not found.', resourceIds: ['subnet-a'] };

function idsOf(state = aCluster(), intent: UpgradeIntent = {}): string[] {
  return evaluate(state, aCatalog(), intent).findings.filter(({ id }) => id !== 'support-period').map(({ id }) => id);
}

describe('a change that is not about the version', () => {
  const UNCHANGED = { version: '1.35', previousVersion: '1.35' };

  test('refuses nothing about it, whatever the cluster has: drift is a warning', () => {
    for (const version of ['1.33', '1.36', '1.37']) {
      const verdict = evaluate(aCluster({ version, healthIssues: [ILL], status: 'UPDATING' }), aCatalog(), UNCHANGED);
      expect(verdict).toMatchObject({ passed: true, direction: 'none', currentVersion: version, targetVersion: version });
      expect(verdict.findings).toMatchObject([{ id: 'version-drift', severity: 'warning' }]);
    }
  });

  test('judges node groups and add-ons by the version that the cluster has', () => {
    const live136 = anUpgradedCluster({ nodeGroups: known([aNodeGroup({ status: 'UPDATING' })]), addOns: known([anAddOn()]) });
    const wanted = { nodeGroups: { workers: { version: '1.36' } }, addOns: { coredns: { version: 'v1.99.0-eksbuild.1' } } };
    expect(idsOf(live136, { ...UNCHANGED, ...wanted })).toEqual([
      'node-group-health:workers', 'add-on-compatibility:coredns', 'version-drift',
    ]);
  });

  test('looks at a pinned add-on alone', () => {
    expect(idsOf(aCluster(), { ...UNCHANGED, addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } })).toEqual([]);
    expect(idsOf(
      aCluster({ status: 'UPDATING' }), { ...UNCHANGED, addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } },
    )).toEqual(['cluster-active']);
  });

  test('moves the tracked add-ons that are asked for anew, and leaves the others where they are', () => {
    const addOns = known([anAddOn({ version: 'v1.10.0-eksbuild.1', status: 'UPDATING' })]);
    expect(idsOf(aCluster({ addOns }), { ...UNCHANGED, addOns: { coredns: { policy: 'latest' } } })).toEqual(['add-on-health:coredns']);
    expect(idsOf(aCluster({ addOns }), { ...UNCHANGED, addOns: { coredns: {} } })).toEqual([]);
  });
});

test('another support type is a change, where it is known that it is another one', () => {
  const changes = (supportType: ClusterState['supportType'], wanted?: 'STANDARD' | 'EXTENDED') => changesAnything(
    changeOf(aCluster({ supportType }), aCatalog(), { supportType: wanted }, { maxInsightAgeHours: 24 }),
  );
  expect(changes(known('STANDARD'), 'EXTENDED')).toBe(true);
  expect(changes(known('EXTENDED'), 'STANDARD')).toBe(true);
  expect(changes(known('EXTENDED'), 'EXTENDED')).toBe(false);
  expect(changes(known('EXTENDED'))).toBe(false);
  expect(changes(notKnown('denied'), 'EXTENDED')).toBe(false);
});

test.each<[string, UpgradeIntent]>([
  ['a node group', { nodeGroups: { workers: { removed: true } } }],
  ['a node group that is gone', { nodeGroups: { ghost: { removed: true } } }],
  ['an add-on', { addOns: { coredns: { removed: true } } }],
  ['an add-on that is gone', { addOns: { ghost: { removed: true } } }],
])('the removal of %s moves nothing', (_, intent) => {
  const changeTo = (wanted: UpgradeIntent) => changeOf(aCluster(), aCatalog(), wanted, { maxInsightAgeHours: 24 });
  expect(changesAnything(changeTo(intent))).toBe(false);
  expect(changesAnything(changeTo({ ...intent, version: '1.36' }))).toBe(true);
});

describe('what is live beside what both templates say', () => {
  const [live, pin] = ['v1.12.3-eksbuild.1', 'v1.12.4-eksbuild.1'];
  const drifted = anAddOn({ version: live });
  const state = aCluster({ addOns: known([drifted]) });
  const changeTo = (intent: UpgradeIntent) => changeOf(state, aCatalog(), intent, { maxInsightAgeHours: 24 });

  test('moves no pinned add-on, unless CloudFormation sends it again', () => {
    const pinned = (isResent?: boolean) => changeTo({ addOns: { coredns: { version: pin, previousVersion: pin, isResent } } });

    expect(movesAddOn(pinned(), drifted)).toBe(false);
    expect(addOnChoiceOf(pinned(), 'coredns', live)).toEqual({ version: live });
    expect(addOnChoiceOf(pinned(), 'coredns')).toBeUndefined(); // gone, and nothing brings it back
    expect(movesAddOn(pinned(true), drifted)).toBe(true);
    expect(addOnChoiceOf(pinned(true), 'coredns', live)).toEqual({ version: pin });
    expect(movesAddOn(changeTo({ addOns: { coredns: { version: pin, previousVersion: live } } }), drifted)).toBe(true);
  });

  test('a drifted pin is no objection where nothing is sent', () => {
    const older = aCluster({ addOns: known([anAddOn({ version: 'v1.10.0-eksbuild.1' })]) });
    const ids = (isResent: boolean) => idsOf(older, {
      version: '1.35', previousVersion: '1.35', addOns: { coredns: { version: 'v1.99.0-eksbuild.1', previousVersion: 'v1.99.0-eksbuild.1', isResent } },
    });

    expect(ids(false)).toEqual([]);
    expect(ids(true)).toEqual(['add-on-compatibility:coredns']);
  });

  test('rolls no node group, whether it runs an AMI of EKS or an image of the app', () => {
    const [old, image] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
    const onImage = aNodeGroup({ amiType: 'CUSTOM', releaseVersion: old });
    const wanting = (isKept: boolean) => changeTo({ nodeGroups: { workers: { image: { id: image, isKept } } } });

    expect(movesNodeGroup(wanting(true), onImage)).toBe(false);
    expect(movesNodeGroup(wanting(false), onImage)).toBe(true);
    const previous = { version: '1.36', releaseVersion: '1.36.2-20261104' };
    expect(movesNodeGroup(changeTo({ nodeGroups: { workers: { ...previous, previous } } }), aNodeGroup())).toBe(false);
    expect(movesNodeGroup(changeTo({ nodeGroups: { workers: previous } }), aNodeGroup())).toBe(true);
    expect(versionAfter(changeTo({ nodeGroups: { workers: { ...previous, previous } } }), aNodeGroup())?.toString()).toBe('1.35');
    expect(versionAfter(changeTo({ nodeGroups: { workers: previous } }), aNodeGroup())?.toString()).toBe('1.36');
  });
});

describe('a node group that is created without a version', () => {
  const change = (intent: UpgradeIntent, state = aCluster()) => changeOf(state, aCatalog(), intent, { maxInsightAgeHours: 24 });
  const replacedBy = ['Subnets'];

  test('gets that of the control plane, be it in the place of an older one', () => {
    const upgrade = { version: '1.36', nodeGroups: { more: { amiType: 'AL2023_x86_64_STANDARD' }, workers: { replacedBy } } };
    expect(versionOnCreation(change(upgrade), 'more')?.toString()).toBe('1.36');
    expect(versionAfter(change(upgrade), aNodeGroup())?.toString()).toBe('1.36');
    const arrived = change({ nodeGroups: { workers: { replacedBy } } }, anUpgradedCluster());
    expect(versionAfter(arrived, aNodeGroup())?.toString()).toBe('1.36');
    expect(versionAfter(change({ version: '1.36', nodeGroups: { workers: {} } }), aNodeGroup())?.toString()).toBe('1.35');
  });

  test('has the one of its image, if it has one of its own, or may have', () => {
    const custom = aNodeGroup({ amiType: 'CUSTOM' });
    const groups = { workers: { replacedBy }, more: {} };
    const upgrade = change({ version: '1.36', nodeGroups: groups }, aCluster({ nodeGroups: known([custom]) }));
    expect(versionAfter(upgrade, custom)?.toString()).toBe('1.35');
    expect(versionOnCreation(upgrade, 'more')).toBeUndefined();
    expect(versionAfter(change({ version: '1.36', nodeGroups: { workers: { replacedBy: ['AmiType'] } } }), aNodeGroup())).toBeUndefined();
  });
});

describe('a change of the version', () => {
  test('that an earlier attempt has made already still judges health and node groups', () => {
    const arrived = anUpgradedCluster({
      healthIssues: [ILL], nodeGroups: known([aNodeGroup({ status: 'DEGRADED' }), aNodeGroup({ name: 'old', version: known('1.32') })]),
    });
    expect(idsOf(arrived, { version: '1.36', previousVersion: '1.35' })).toEqual([
      'cluster-health', 'node-group-skew:old', 'node-group-health:workers',
    ]);
    expect(idsOf(arrived, { version: '1.36' })).toEqual([]);
  });

  test('is judged from what the cluster has, not from what the app named before', () => {
    expect(idsOf(aCluster({ version: '1.37' }), { version: '1.36', previousVersion: '1.37' })).toContain('version-rollback');
    expect(idsOf(aCluster({ version: '1.37' }), { version: '1.36', previousVersion: '1.35' })).not.toContain('version-rollback');
    expect(evaluate(aCluster(), aCatalog(), { version: '1.36', previousVersion: '1.34' })).toMatchObject({ passed: true, direction: 'up' });
  });
});
