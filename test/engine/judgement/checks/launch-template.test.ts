import { launchTemplate } from '../../../../src/engine/judgement/checks/launch-template';
import { aCluster, findings } from '../../a-cluster';

test.each(['added', 'removed', 'exchanged'] as const)('fails for a launch template that is %s', (what) => {
  expect(findings(launchTemplate, aCluster(), { nodeGroups: { workers: { launchTemplate: what } } })).toMatchObject([
    { id: 'launch-template:workers', severity: 'error' },
  ]);
});

test('tells a group without a launch template to leave it out, not to keep it', () => {
  const remedyOf = (what: 'added' | 'removed') =>
    findings(launchTemplate, aCluster(), { nodeGroups: { workers: { launchTemplate: what } } })[0].remedy;
  expect(remedyOf('added')).toMatch(/^leave it out/);
  expect(remedyOf('removed')).toMatch(/^keep the launch template/);
});

test('passes for a new version of it, for a group that is replaced anyhow, and for a new group', () => {
  expect(findings(launchTemplate, aCluster(), { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } })).toEqual([]);
  expect(findings(
    launchTemplate, aCluster(), { nodeGroups: { workers: { launchTemplate: 'added', replacedBy: ['AmiType'] } } },
  )).toEqual([]);
  expect(findings(launchTemplate, aCluster(), { nodeGroups: { gpu: { launchTemplate: 'added' } } })).toEqual([]);
});
