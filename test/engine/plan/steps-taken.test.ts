import { stateAfter, stateWithoutRemoved } from '../../../src/engine/plan/steps-taken';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCluster, anAddOn, aNodeGroup } from '../a-cluster';

test('the control plane has its new version, and a history that can be undone', () => {
  const state = aCluster({ status: 'UPDATING', updatesInProgress: notKnown('throttled') });
  expect(stateAfter(state, [{ kind: 'control-plane', from: '1.35', to: '1.36' }])).toEqual({
    ...state,
    version: '1.36',
    status: 'ACTIVE',
    updatesInProgress: known([]),
    versionHistory: known([{ kind: 'upgrade', to: '1.36', startedAt: state.observedAt }]),
  });
});

test('a step back is a rollback in the history', () => {
  expect(stateAfter(aCluster(), [{ kind: 'control-plane', from: '1.35', to: '1.34' }]).versionHistory)
    .toMatchObject({ value: [{ kind: 'rollback', to: '1.34' }] });
});

test('the node groups and add-ons of the steps have moved, the others have not', () => {
  const state = aCluster({
    nodeGroups: known([aNodeGroup(), aNodeGroup({ name: 'other' }), aNodeGroup({ name: 'old' })]),
    addOns: known([anAddOn(), anAddOn({ name: 'x' })]),
  });
  const { nodeGroups, addOns } = stateAfter(state, [
    { kind: 'node-group', name: 'workers', to: '1.36', releaseVersion: '1.36.2-20261104', by: 'version' },
    { kind: 'node-group-replacement', name: 'old', amiType: 'AL2_x86_64', to: '1.36' },
    { kind: 'add-on', name: 'coredns', from: 'v1.12.4-eksbuild.1', to: 'v1.13.0-eksbuild.1' },
  ]);
  expect(nodeGroups).toMatchObject({
    value: [{ name: 'workers', version: known('1.36'), releaseVersion: '1.36.2-20261104' }, { name: 'other', version: known('1.35') }],
  });
  expect(nodeGroups).toMatchObject({ value: { length: 2 } });
  expect(addOns).toMatchObject({
    value: [{ name: 'coredns', version: 'v1.13.0-eksbuild.1' }, { name: 'x', version: 'v1.12.4-eksbuild.1' }],
  });
});

test('another version of the launch template alone leaves version and release as they are', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ status: 'DEGRADED' })]) });
  expect(stateAfter(state, [{ kind: 'node-group', name: 'workers', from: '1.35', to: '1.35', by: 'launch template' }]).nodeGroups)
    .toEqual(known([aNodeGroup()]));
});

test('what could not be read stays unread, and nothing done leaves everything as it is', () => {
  const state = aCluster({ status: 'UPDATING', nodeGroups: notKnown('throttled') });
  expect(stateAfter(state, [{ kind: 'node-group', name: 'workers', to: '1.36', by: 'version' }]).nodeGroups).toEqual(notKnown('throttled'));
  expect(stateAfter(state, [])).toBe(state);
});

test('what an app removes is gone, and nothing else; what could not be read stays unread', () => {
  const state = aCluster({
    nodeGroups: known([aNodeGroup(), aNodeGroup({ name: 'old' })]), addOns: known([anAddOn(), anAddOn({ name: 'x' })]),
  });
  const intent = { nodeGroups: { old: { removed: true }, workers: {} }, addOns: { x: { removed: true }, coredns: {} } };
  expect(stateWithoutRemoved(state, intent)).toEqual({ ...state, nodeGroups: known([aNodeGroup()]), addOns: known([anAddOn()]) });
  expect(stateWithoutRemoved(state, {})).toEqual(state);
  const unread = aCluster({ nodeGroups: notKnown('throttled'), addOns: notKnown('denied') });
  expect(stateWithoutRemoved(unread, intent)).toEqual(unread);
  const [left, gone] = ['workers', 'old'].map((name) => ({ name, why: 'throttled' }));
  const [alsoLeft, alsoGone] = ['coredns', 'x'].map((name) => ({ name, why: 'throttled' }));
  expect(stateWithoutRemoved(aCluster({ unreadNodeGroups: [left, gone], unreadAddOns: [alsoLeft, alsoGone] }), intent)).toMatchObject({
    unreadNodeGroups: [left], unreadAddOns: [alsoLeft],
  });
});
