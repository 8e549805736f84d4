import { insightAge } from '../../../../src/engine/judgement/checks/insight-age';
import { evaluate } from '../../../../src/engine/judgement/verdict';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { InsightState } from '../../../../src/engine/state/insight-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, anInsight, findings } from '../../a-cluster';

const fresh = anInsight();
const stale = anInsight({ name: 'Cluster health issues', lastRefreshedAt: '2026-11-21T10:59:00Z' });

function withInsights(...insights: InsightState[]) {
  return aCluster({ insights: known(insights) });
}

test('passes for insights of the last 25 hours', () => {
  expect(findings(insightAge, withInsights(fresh, anInsight({ lastRefreshedAt: '2026-11-21T11:00:00Z' })))).toEqual([]);
});

test('does not look at insights that say nothing about the change', () => {
  expect(findings(insightAge, withInsights(fresh, { ...stale, category: 'ROLLBACK_READINESS' }))).toEqual([]);
  expect(findings(insightAge, withInsights(stale), {})).toEqual([]);
});

test('fails for a stale insight', () => {
  expect(findings(insightAge, withInsights(fresh, stale))).toMatchObject([{
    id: 'insight-age',
    severity: 'error',
    reason: 'stale',
    data: { count: 1, hours: 25 },
    details: ['Cluster health issues: 2026-11-21T10:59:00Z'],
  }]);
});

test('fails on the way back for a stale rollback insight', () => {
  expect(findings(insightAge, withInsights({ ...stale, category: 'ROLLBACK_READINESS' }), { version: '1.34' })).toHaveLength(1);
});

test('fails when EKS does not tell when it looked', () => {
  expect(findings(insightAge, withInsights({ ...fresh, lastRefreshedAt: undefined }))).toMatchObject([
    { details: ['Kubelet version skew: never, as far as EKS tells'] },
  ]);
});

test('leaves it to others to say that the insights could not be read', () => {
  expect(findings(insightAge, aCluster({ insights: notKnown('throttled') }))).toEqual([]);
});

test('fails for the stale ones among fresh ones, and names them', () => {
  const insights = known([
    anInsight({ name: 'fresh' }), anInsight({ name: 'stale', lastRefreshedAt: '2026-11-20T06:00:00Z' }), anInsight({ name: 'fresh, too' }),
  ]);
  expect(findings(insightAge, aCluster({ insights }))).toMatchObject([{
    reason: 'stale', data: { count: 1 }, details: ['stale: 2026-11-20T06:00:00Z'],
  }]);
});

describe('before a guard that will ask EKS to look again', () => {
  const judged = (state: ClusterState, maxInsightAgeHours: number) =>
    evaluate(state, aCatalog(), { version: '1.36' }, { maxInsightAgeHours, isBeforeGuard: true }).findings.filter(
      ({ check }) => check === 'insight-age',
    );

  test('an insight of the last day that is older than the guard allows is worth knowing', () => {
    expect(judged(withInsights(fresh), 1)).toMatchObject([{
      severity: 'info', reason: 'refreshedByGuard', data: { count: 1, hours: 1 },
    }]);
    expect(judged(withInsights(fresh), 7)).toEqual([]);
  });

  test('one that EKS has not looked at for longer than a day, and than the guard allows, stops', () => {
    expect(judged(withInsights(stale), 1)).toMatchObject([
      { severity: 'error', reason: 'stale', data: { count: 1, hours: 1 } },
    ]);
    expect(judged(withInsights(stale), 26)).toEqual([]);
    expect(judged(withInsights({ ...fresh, lastRefreshedAt: undefined }), 100)).toMatchObject([{ severity: 'error' }]);
  });
});
