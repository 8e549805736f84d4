import { guardedChange } from '../../../src/engine/change/guarded-change';
import type { GuardedAddOn, GuardedNodeGroup, UpgradeGuardProperties } from '../../../src/engine/change/resource-properties';

const WORKERS: GuardedNodeGroup = {
  LogicalId: 'Workers', Version: '1.35', ReleaseVersion: '1.35.4-20261104', Digests: { ScalingConfig: 'a', Tags: 'b', Labels: 'c' },
};
const MOVED: GuardedNodeGroup = { ...WORKERS, Version: '1.36', ReleaseVersion: '1.36.2-20261104' };
const CORE_DNS: GuardedAddOn = { Name: 'coredns', Policy: 'recommended' };
const KUBE_PROXY: GuardedAddOn = { Name: 'kube-proxy', Policy: 'pinned', Version: 'v1.35.3-eksbuild.2' };

function properties(members: Partial<UpgradeGuardProperties> = {}): UpgradeGuardProperties {
  return {
    ClusterLogicalId: 'Cluster',
    TargetVersion: '1.35',
    Mode: 'enforce',
    Ignore: [],
    MaxInsightAgeMinutes: '60',
    WaitForOngoingUpdateSeconds: '0',
    AddOns: [CORE_DNS, KUBE_PROXY],
    NodeGroups: [WORKERS],
    ...members,
  };
}

/** Properties as a version of this library wrote them that knew of versions only. */
function oldProperties(members: Partial<UpgradeGuardProperties> = {}): UpgradeGuardProperties {
  return properties({ AddOns: undefined, NodeGroups: undefined, ...members });
}

describe('is nothing', () => {
  test.each<[string, UpgradeGuardProperties]>([
    ['other options of the guard', properties({ Ignore: ['free-addresses'], Mode: 'warn', MaxInsightAgeMinutes: '5' })],
    ['a size alone', properties({ NodeGroups: [{ ...WORKERS, Digests: { ...WORKERS.Digests, ScalingConfig: 'z' } }] })],
    ['a property alone that comes and one that goes', properties({ NodeGroups: [{ ...WORKERS, Digests: { ScalingConfig: 'a', Taints: 'd' } }] })],
  ])('%s', (_, now) => {
    expect(guardedChange(now, properties())).toMatchObject({ isNothing: true, movesControlPlane: false, nodeGroups: [] });
  });

  test('an update of this library, which tells more than the last one', () => {
    expect(guardedChange(properties({ SupportType: 'EXTENDED' }), oldProperties())).toMatchObject({ isNothing: true });
  });
});

describe('a cluster of aws-eks', () => {
  const told = (ConfigDigests: Record<string, string>) => properties({ TakesVersionBack: 'true', ConfigDigests });
  const before = told({ Encryption: 'a', Logging: 'b', EndpointAccess: 'c' });

  test.each<[string, Record<string, string>, boolean]>([
    ['one kind of update', { Encryption: 'a', Logging: 'x', EndpointAccess: 'c' }, true],
    ['two kinds, which its custom resource cannot do', { Encryption: 'a', Logging: 'x', EndpointAccess: 'x' }, false],
    ['another encryption, which it cannot do either', { Encryption: 'x', Logging: 'b', EndpointAccess: 'c' }, false],
  ])('changes in %s', (_, now, isNothing) => {
    expect(guardedChange(told(now), before)).toMatchObject({ isNothing });
  });

  test('changes nothing when an update of this library tells its encryption for the first time', () => {
    expect(guardedChange(before, told({ Logging: 'b', EndpointAccess: 'c' }))).toMatchObject({ isNothing: true, intent: { otherChanges: [] } });
  });
});

describe('a control plane that is moved elsewhere', () => {
  const declared = (version: string) => properties({ TargetVersion: undefined, DeclaredVersion: version });

  test('counts as moved when the app takes it to have another version than before', () => {
    expect(guardedChange(declared('1.36'), declared('1.35'))).toMatchObject({
      intent: { version: '1.36', previousVersion: '1.35', isMovedElsewhere: true, addOns: { 'coredns': {}, 'kube-proxy': {} } }, movesControlPlane: false, isNothing: false,
    });
    expect(guardedChange(declared('1.36'), declared('1.36'))).toMatchObject({ isNothing: true });
  });
});

describe('the control plane', () => {
  test('moves when another version is wanted of it than before', () => {
    expect(guardedChange(properties({ TargetVersion: '1.36' }), properties())).toMatchObject({
      intent: { version: '1.36', previousVersion: '1.35' }, movesControlPlane: true, isNothing: false,
    });
  });

  test('counts as moved by a guard that is new', () => {
    expect(guardedChange(properties())).toMatchObject({
      intent: { version: '1.35', previousVersion: undefined, addOns: { coredns: { policy: 'recommended' } } }, movesControlPlane: true, isNothing: false,
    });
  });

  test('of the older aws-eks is told what else of it changes, unless the template before did not say', () => {
    const before = { TakesVersionBack: 'true', ConfigDigests: { Logging: 'a', EndpointAccess: 'b' } } as const;
    const now = properties({ ...before, TargetVersion: '1.36', ConfigDigests: { EndpointAccess: 'b', DeletionProtection: 'c' } });
    expect(guardedChange(now, properties(before)).intent).toMatchObject({ isTakenBack: true, otherChanges: ['DeletionProtection', 'Logging'] });
    expect(guardedChange(now, properties({ TakesVersionBack: 'true' })).intent).not.toHaveProperty('otherChanges');
  });

  test('gets another support type', () => {
    expect(guardedChange(properties({ SupportType: 'STANDARD' }), properties())).toMatchObject({ intent: { supportType: 'STANDARD' }, isNothing: false });
    expect(guardedChange(properties({ SupportType: 'STANDARD' }), properties({ SupportType: 'STANDARD' }))).toMatchObject({ isNothing: true });
  });

  test('in another stack is none of this guard\'s business', () => {
    const nodes = properties({ ClusterLogicalId: undefined, ClusterName: 'prod', TargetVersion: undefined });
    expect(guardedChange({ ...nodes, NodeGroups: [MOVED] }, nodes)).toMatchObject({
      intent: { version: undefined }, movesControlPlane: false, isNothing: false, nodeGroups: [{ logicalId: 'Workers' }],
    });
  });
});

describe('add-ons', () => {
  const addOnsOf = (now: UpgradeGuardProperties, before?: UpgradeGuardProperties) => guardedChange(now, before).intent.addOns;

  test('all count when the control plane moves, pinned ones with what a rollback goes back to', () => {
    const now = properties({ TargetVersion: '1.36', AddOns: [CORE_DNS, { ...KUBE_PROXY, Version: 'v1.36.2-eksbuild.2' }] });
    expect(addOnsOf(now, properties())).toEqual({
      'coredns': { policy: 'recommended' }, 'kube-proxy': { version: 'v1.36.2-eksbuild.2', previousVersion: 'v1.35.3-eksbuild.2' },
    });
    expect(addOnsOf(now, oldProperties())).toEqual({ 'coredns': { policy: 'recommended' }, 'kube-proxy': { version: 'v1.36.2-eksbuild.2' } });
  });

  test('else those that are new, chosen otherwise or gone', () => {
    const added: GuardedAddOn = { Name: 'vpc-cni', Policy: 'latest' };
    expect(addOnsOf(properties({ AddOns: [{ ...CORE_DNS, Policy: 'latest' }, added] }), properties())).toEqual({
      'coredns': { policy: 'latest' }, 'vpc-cni': { policy: 'latest' }, 'kube-proxy': { removed: true },
    });
    expect(addOnsOf(properties({ AddOns: [CORE_DNS, { ...KUBE_PROXY, Version: 'v1.35.3-eksbuild.5' }] }), properties())).toEqual({
      'kube-proxy': { version: 'v1.35.3-eksbuild.5', previousVersion: 'v1.35.3-eksbuild.2' },
    });
  });
});

describe('node groups', () => {
  const groupsOf = (now: UpgradeGuardProperties, before?: UpgradeGuardProperties) => guardedChange(now, before).nodeGroups;

  test('that move are named with all that changes with them', () => {
    const now = properties({ NodeGroups: [{ ...MOVED, Name: 'workers', Digests: { Tags: 'z', ScalingConfig: 'a', Taints: 'd' } }] });
    expect(groupsOf(now, properties())).toEqual([{
      logicalId: 'Workers',
      name: 'workers',
      intent: {
        version: '1.36',
        releaseVersion: '1.36.2-20261104',
        previous: { version: '1.35', releaseVersion: '1.35.4-20261104' },
        otherChanges: ['Labels', 'Tags', 'Taints'],
      },
    }]);
  });

  test('that move by their release alone count', () => {
    const now = properties({ NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.4-20261111' }] });
    expect(groupsOf(now, properties())).toMatchObject([{ intent: { releaseVersion: '1.35.4-20261111', otherChanges: [] } }]);
  });

  test('that stay are named when their launch template changes together with something else', () => {
    const Digests = { ...WORKERS.Digests, LaunchTemplate: 'x' };
    const before = properties({ NodeGroups: [{ ...WORKERS, Digests }] });
    const now = (digests: Record<string, string>) => properties({ NodeGroups: [{ ...WORKERS, Digests: { ...Digests, ...digests } }] });
    expect(groupsOf(now({ LaunchTemplate: 'y', Tags: 'z' }), before)).toMatchObject([{ intent: { previous: {}, otherChanges: ['LaunchTemplate', 'Tags'] } }]);
    expect(groupsOf(now({ LaunchTemplate: 'y' }), before)).toEqual([]);
    expect(groupsOf(now({ Labels: 'y', Tags: 'z' }), before)).toEqual([]);
  });

  test('that stay are not named when the control plane moves', () => {
    expect(groupsOf(properties({ TargetVersion: '1.36' }), properties())).toEqual([]);
  });

  test('that are new or gone are', () => {
    const gpu = { ...WORKERS, LogicalId: 'Gpu' };
    expect(groupsOf(properties({ NodeGroups: [gpu] }), properties())).toEqual([
      { logicalId: 'Gpu', name: undefined, intent: { version: '1.35', releaseVersion: '1.35.4-20261104' } },
      { logicalId: 'Workers', name: undefined, intent: { removed: true } },
    ]);
  });

  test('of which the deployed template tells nothing count as moving with the control plane, and alone', () => {
    expect(groupsOf(properties({ TargetVersion: '1.36', NodeGroups: [MOVED] }), oldProperties()))
      .toMatchObject([{ logicalId: 'Workers', intent: { version: '1.36' } }]);
  });
});
