import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupCombinedUpdate } from '../../../../src/engine/judgement/checks/node-group-combined-update';
import { known } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const TO_136 = { version: '1.36', releaseVersion: '1.36.2-20261104' };
const RUNNING = { version: '1.35', releaseVersion: '1.35.3-20261104' };

function wanting(workers: NodeGroupIntent, state = aCluster()) {
  return findings(nodeGroupCombinedUpdate, state, { version: '1.36', nodeGroups: { workers } });
}

test('fails for another property beside the version, and names it', () => {
  expect(wanting({ ...TO_136, otherChanges: ['ScalingConfig', 'Labels'] })).toMatchObject([{
    id: 'node-group-combined-update:workers',
    severity: 'error',
    reason: 'combined',
    data: { main: 'its version or release', others: ['ScalingConfig', 'Labels'] },
  }]);
});

test('fails for another property beside the release', () => {
  expect(wanting({ ...RUNNING, releaseVersion: '1.35.4-20261118', otherChanges: ['LaunchTemplate'] })).toHaveLength(1);
});

test('fails for tags, and names what most often brings them', () => {
  expect(wanting({ ...TO_136, otherChanges: ['Tags'] })).toMatchObject([{ reason: 'tags', data: { others: ['Tags'] } }]);
});

test('fails for tags beside the launch template, even without a version', () => {
  expect(wanting({ ...RUNNING, otherChanges: ['LaunchTemplate', 'Tags'] })).toMatchObject([{
    reason: 'tagsOfTemplate', data: { main: 'LaunchTemplate', others: ['Tags'] },
  }]);
});

test('beside a version, tags of the launch template are told from tags of the node group alone', () => {
  expect(wanting({ ...TO_136, otherChanges: ['LaunchTemplate', 'Tags'] })).toMatchObject([{
    reason: 'tagsOfTemplate', data: { main: 'its version or release', others: ['LaunchTemplate', 'Tags'] },
  }]);
  expect(wanting({ ...TO_136, otherChanges: ['LaunchTemplate', 'ScalingConfig'] })).toMatchObject([{ reason: 'combined' }]);
});

test.each<[string, NodeGroupIntent]>([
  ['the version alone', TO_136],
  ['the version, and no other property', { ...TO_136, otherChanges: [] }],
  ['other properties alone', { ...RUNNING, otherChanges: ['ScalingConfig', 'Tags'] }],
  ['the launch template without tags', { ...RUNNING, otherChanges: ['LaunchTemplate', 'ScalingConfig'] }],
])('passes for %s', (_, intent) => {
  expect(wanting(intent)).toEqual([]);
});

test.each<[string, NodeGroupIntent, string | undefined]>([
  ['an older release', { ...RUNNING, releaseVersion: '1.35.2-20260714' }, RUNNING.releaseVersion],
  ['an older minor', { version: '1.34', releaseVersion: '1.34.6-20261118' }, RUNNING.releaseVersion],
  ['a newer release', { ...RUNNING, releaseVersion: '1.35.4-20261118' }, undefined],
  ['a newer minor', TO_136, undefined],
])('of %s, names what runs if that is newer: others may have moved the nodes, which a guard without a change set cannot tell', (_, wanted, running) => {
  const [labels] = wanting({ ...wanted, otherChanges: ['Labels'] });
  const [tags] = wanting({ ...wanted, otherChanges: ['Tags'] });
  expect([labels.data.running, tags.data.running]).toEqual([running, running]);
});

test('goes by the deployed template where it is known: that is what CloudFormation compares', () => {
  expect(wanting({ ...TO_136, previous: TO_136, otherChanges: ['Tags'] })).toEqual([]);
  expect(wanting({ ...RUNNING, previous: TO_136, otherChanges: ['Tags'] })).toHaveLength(1);
});

test.each<[string, NodeGroupIntent, number]>([
  ['the release that runs', RUNNING, 0],
  ['a release that is not known', { version: '1.35' }, 0],
  ['another release', { ...RUNNING, releaseVersion: '1.35.4-20261118' }, 1],
  ['another version', { ...RUNNING, version: '1.36' }, 1],
])('where the deployed release is an expression, what runs stands for it: %s', (_, workers, count) => {
  const previous = { version: '1.35', byExpression: ['releaseVersion' as const] };
  expect(wanting({ ...workers, previous, otherChanges: ['ScalingConfig'] })).toHaveLength(count);
});

test.each([['ScalingConfig'], ['Tags'], ['LaunchTemplate', 'Tags']])('a release that each deployment looks up goes first: no other order is there, beside %s', (...others) => {
  const previous = { version: '1.35', byExpression: ['releaseVersion' as const] };
  const [found] = wanting({ ...RUNNING, releaseVersion: '1.35.4-20261118', previous, otherChanges: others });
  expect(found).toMatchObject({ reason: 'published', data: { others } });
  expect(found.remedy).toContain(`deploy without ${others.join(', ')}, then with`);
});

test('where the deployed version is an expression, what runs stands for it', () => {
  const wantingBeside = (workers: NodeGroupIntent) => wanting({
    ...workers, previous: { releaseVersion: RUNNING.releaseVersion, byExpression: ['version'] }, otherChanges: ['ScalingConfig'],
  });
  expect(wantingBeside(RUNNING)).toEqual([]);
  expect(wantingBeside({ ...RUNNING, version: '1.36' })).toHaveLength(1);
});

test('fails where the deployed template gives no release and the wanted one does, even that which runs', () => {
  expect(wanting({ ...RUNNING, previous: { version: '1.35' }, otherChanges: ['ScalingConfig'] })).toHaveLength(1);
});

test('passes for a custom AMI, which has no version to change', () => {
  const own = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcdef0' })]) });
  expect(wanting({ otherChanges: ['LaunchTemplate'] }, own)).toEqual([]);
});

describe('a golden image', () => {
  const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
  const golden = (otherChanges: string[]) => wanting(
    { image: { id: NEW, kubernetesVersion: '1.35' }, otherChanges }, aCluster({
      nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD })]),
    }),
  );

  test('moves by the launch template, alone', () => {
    expect(golden(['LaunchTemplate'])).toEqual([]);
    expect(golden(['ScalingConfig'])).toEqual([]); // of a launch template of another app, in which nothing moves
  });

  test('fails for whatever else changes beside it', () => {
    expect(golden(['LaunchTemplate', 'ScalingConfig'])).toMatchObject([{
      reason: 'combined', data: { main: 'LaunchTemplate', others: ['ScalingConfig'] },
    }]);
  });
});
