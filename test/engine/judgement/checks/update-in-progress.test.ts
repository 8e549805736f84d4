import { updateInProgress } from '../../../../src/engine/judgement/checks/update-in-progress';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

const running = known([{ id: '0585fedb', type: 'LoggingUpdate' }]);

test('passes when no update runs', () => {
  expect(findings(updateInProgress, aCluster())).toEqual([]);
});

test('passes whatever runs when nothing changes', () => {
  expect(findings(updateInProgress, aCluster({ updatesInProgress: running }), {})).toEqual([]);
});

test('passes while an update runs when the support type stays', () => {
  expect(findings(updateInProgress, aCluster({ updatesInProgress: running }), { supportType: 'STANDARD' })).toEqual([]);
});

test('fails while an update runs when the support type alone changes', () => {
  expect(findings(updateInProgress, aCluster({ updatesInProgress: running }), { supportType: 'EXTENDED' })).toMatchObject([
    { id: 'update-in-progress' },
  ]);
});

describe('while an update runs and another certificate authority is to sign', () => {
  const authorities = (signing: string) => known({
    authorities: ['ca-1', 'ca-2'].map((id) => (
      { id, createdAt: '2026-01-01T00:00:00Z', signing: id === signing ? 'IN_USE' : 'NOT_USED', distribution: 'COMPLETE' })),
    nodesSince: known({}),
  });
  const activating = (certificateAuthorities?: ClusterState['certificateAuthorities']) => findings(
    updateInProgress, aCluster({ updatesInProgress: running, certificateAuthorities }), { activeCertificateAuthorityId: 'ca-2' },
  );

  test('fails, also where it is not known which one signs', () => {
    expect(activating(authorities('ca-1'))).toMatchObject([{ id: 'update-in-progress', reason: 'running' }]);
    expect(activating(notKnown('throttled'))).toHaveLength(1);
    expect(activating()).toHaveLength(1);
  });

  test('passes where it signs already', () => {
    expect(activating(authorities('ca-2'))).toEqual([]);
  });
});

test('fails while an update runs, even though the cluster is ACTIVE', () => {
  expect(findings(updateInProgress, aCluster({ updatesInProgress: running }))).toMatchObject([{
    id: 'update-in-progress', severity: 'error', reason: 'running', data: { id: '0585fedb', type: 'LoggingUpdate' },
  }]);
});

test('fails while an update runs when nodes are exchanged by a launch template alone, and passes for sizes', () => {
  const changing = (property: string) => findings(
    updateInProgress, aCluster({ updatesInProgress: running }), { nodeGroups: { workers: { otherChanges: [property] } } },
  );
  expect(changing('LaunchTemplate')).toHaveLength(1);
  expect(changing('ScalingConfig')).toEqual([]);
});

test('fails when the updates could not be read', () => {
  expect(findings(updateInProgress, aCluster({ updatesInProgress: notKnown('not allowed to call eks:ListUpdates') })))
    .toMatchObject([{ id: 'update-in-progress:unknown', severity: 'error', reason: 'unread' }]);
});
