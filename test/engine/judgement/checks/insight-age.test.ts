import { insightAge } from '../../../../src/engine/judgement/checks/insight-age';
import { InsightState } from '../../../../src/engine/state/insight-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, anInsight, findings } from '../../a-cluster';

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
    message: 'EKS last looked at 1 of the insights more than 25 hours ago',
    details: ['Cluster health issues: 2026-11-21T10:59:00Z'],
  }]);
});

test('fails on the way back for a stale rollback insight', () => {
  expect(findings(insightAge, withInsights({ ...stale, category: 'ROLLBACK_READINESS' }), { version: '1.34' })).toHaveLength(1);
});

test('fails when EKS does not tell when it looked', () => {
  expect(findings(insightAge, withInsights({ ...fresh, lastRefreshedAt: undefined }))).toMatchObject([{ details: ['Kubelet version skew: never, as far as EKS tells'] }]);
});

test('leaves it to others to say that the insights could not be read', () => {
  expect(findings(insightAge, aCluster({ insights: notKnown('throttled') }))).toEqual([]);
});

test('fails for the stale ones among fresh ones, and names them', () => {
  const insights = known([anInsight({ name: 'fresh' }), anInsight({ name: 'stale', lastRefreshedAt: '2026-11-20T06:00:00Z' }), anInsight({ name: 'fresh, too' })]);
  expect(findings(insightAge, aCluster({ insights }))).toMatchObject([{
    message: expect.stringContaining('1 of the insights'), details: ['stale: 2026-11-20T06:00:00Z'],
  }]);
});
