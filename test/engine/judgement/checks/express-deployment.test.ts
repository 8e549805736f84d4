import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { expressDeployment } from '../../../../src/engine/judgement/checks/express-deployment';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

const found = (intent: UpgradeIntent, state = aCluster()) => findings(expressDeployment, state, intent);

test.each<[string, UpgradeIntent]>([
  ['a version', { version: '1.36' }],
  ['nodes', { nodeGroups: { workers: { version: '1.34' } } }],
  ['a release', { nodeGroups: { workers: { releaseVersion: '1.35.4-20261201' } } }],
  ['an add-on', { addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } }],
  ['nodes by a launch template', { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } }],
  ['a new node group', { nodeGroups: { more: { version: '1.35' } } }],
])('refuses to move %s in express mode', (_, intent) => {
  expect(found({ ...intent, isExpress: true })).toMatchObject([{ id: 'express-deployment', severity: 'error' }]);
  expect(found(intent)).toEqual([]);
});

test.each<[string, UpgradeIntent]>([
  ['nothing', {}],
  ['the support type', { supportType: 'EXTENDED' }],
  ['the removal of what is gone', { nodeGroups: { ghost: { removed: true } }, addOns: { ghost: { removed: true } } }],
  ['tags, sizes and labels', { nodeGroups: { workers: { otherChanges: ['Labels', 'ScalingConfig', 'Tags'] } } }],
  ['what is there already', { version: '1.35', nodeGroups: { workers: { version: '1.35' } } }],
])('passes for %s in express mode', (_, intent) => {
  expect(found({ ...intent, isExpress: true })).toEqual([]);
});

describe('of what somebody has deleted, in express mode', () => {
  const versions = { version: '1.35', releaseVersion: '1.35.3-20261104' };
  const group = { ...versions, previous: versions };
  const pinned = { version: 'v1.12.4-eksbuild.1', previousVersion: 'v1.12.4-eksbuild.1' };

  test.each<[string, UpgradeIntent]>([
    ['a node group', { nodeGroups: { ghost: group } }],
    ['a node group with other labels', { nodeGroups: { ghost: { ...group, otherChanges: ['Labels'] } } }],
    ['a node group of an image', { nodeGroups: { ghost: { image: { id: 'ami-0123456789abcde07', isKept: true } } } }],
    ['an add-on that is pinned', { addOns: { ghost: pinned } }],
    ['an add-on whose version is not asked for again', { addOns: { ghost: { isAskedOnce: true } } }],
  ])('what stays in the template moves nothing: %s', (_, intent) => {
    expect(found({ ...intent, isExpress: true })).toEqual([]);
  });

  test.each<[string, UpgradeIntent, Partial<ClusterState>]>([
    ['a node group of another release', { nodeGroups: { ghost: { ...group, releaseVersion: '1.35.4-20261201' } } }, {}],
    ['a node group whose deployed release is not known', {
      nodeGroups: { ghost: { ...group, previous: { version: '1.35', byExpression: ['releaseVersion'] } } },
    }, {}],
    ['a node group that is replaced', { nodeGroups: { ghost: { ...group, replacedBy: ['AmiType'] } } }, {}],
    ['a node group of another launch template', { nodeGroups: { ghost: { ...group, otherChanges: ['LaunchTemplate'] } } }, {}],
    ['a node group that could not be read', { nodeGroups: { ghost: group } }, { unreadNodeGroups: [{ name: 'ghost', why: 'denied' }] }],
    ['where no node group could be read', { nodeGroups: { ghost: group } }, { nodeGroups: notKnown('denied') }],
    ['an add-on of another version', { addOns: { ghost: { ...pinned, version: 'v1.13.0-eksbuild.1' } } }, {}],
    ['an add-on that is sent again', { addOns: { ghost: { ...pinned, isResent: true } } }, {}],
    ['an add-on whose version is asked for', { addOns: { ghost: { policy: 'recommended' } } }, {}],
    ['an add-on that is replaced', { addOns: { ghost: { ...pinned, replacedBy: ['AddonName'] } } }, {}],
    ['an add-on that is configured otherwise', { addOns: { ghost: { ...pinned, isReconfigured: true } } }, {}],
    ['an add-on of which nothing is known to be deployed', { addOns: { ghost: {} } }, {}],
    ['an add-on that could not be read', { addOns: { ghost: pinned } }, { unreadAddOns: [{ name: 'ghost', why: 'denied' }] }],
    ['where no add-on could be read', { addOns: { ghost: pinned } }, { addOns: notKnown('denied') }],
  ])('what may be sent is refused: %s', (_, intent, state) => {
    expect(found({ ...intent, isExpress: true }, aCluster(state))).toMatchObject([{ severity: 'error' }]);
  });
});
