import { stateAfter } from '../../../src/engine/plan/steps-taken';
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

test('what could not be read stays unread, and nothing done leaves everything as it is', () => {
  const state = aCluster({ status: 'UPDATING', nodeGroups: notKnown('throttled') });
  expect(stateAfter(state, [{ kind: 'node-group', name: 'workers', to: '1.36', by: 'version' }]).nodeGroups).toEqual(notKnown('throttled'));
  expect(stateAfter(state, [])).toBe(state);
});
