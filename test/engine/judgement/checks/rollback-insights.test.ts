import { rollbackInsights } from '../../../../src/engine/judgement/checks/rollback-insights';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, anInsight, anUpgradedCluster, findings } from '../../a-cluster';

const BACK = { version: '1.35' };
const failing = anInsight({
  category: 'ROLLBACK_READINESS', name: 'Add-on version compatibility', status: 'ERROR', reason: 'coredns is too new',
});

test('passes when all rollback insights pass', () => {
  expect(findings(rollbackInsights, anUpgradedCluster(), BACK)).toEqual([]);
});

test('does not look on the way up', () => {
  expect(findings(rollbackInsights, aCluster({ insights: known([failing]) }))).toEqual([]);
});

test('fails for ERROR', () => {
  expect(findings(rollbackInsights, anUpgradedCluster({ insights: known([failing]) }), BACK)).toMatchObject([{
    id: 'insight-add-on-version-compatibility', check: 'rollback-insights', severity: 'error', reason: 'raisedUnexplained', data: { status: 'ERROR', why: 'coredns is too new', replacements: '' },
  }]);
});

test('fails when the insights could not be read', () => {
  expect(findings(rollbackInsights, anUpgradedCluster({ insights: notKnown('throttled') }), BACK)).toMatchObject([
    { id: 'rollback-insights:unknown', severity: 'error' },
  ]);
});
