import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { expressDeployment } from '../../../../src/engine/judgement/checks/express-deployment';
import { aCluster, findings } from '../../a-cluster';

const found = (intent: UpgradeIntent) => findings(expressDeployment, aCluster(), intent);

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
