import { supportPeriod } from '../../../../src/engine/judgement/checks/support-period';
import { EXTENDED_SUPPORT_COST, UPGRADED_BY_EKS } from '../../../../src/engine/kubernetes/support-terms';
import { known, notKnown } from '../../../../src/engine/state/known';
import { OfferedVersion } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, findings } from '../../a-cluster';

const UP = { version: '1.36' };

function offering(offered: Omit<OfferedVersion, 'version'>) {
  return aCatalog({ offeredVersions: known([{ version: '1.36', ...offered }]) });
}

test('says until when standard support lasts, and what comes then', () => {
  expect(findings(supportPeriod, aCluster())).toMatchObject([{
    id: 'support-period',
    severity: 'info',
    reason: 'standard',
    data: { version: '1.36', ends: expect.stringContaining('2027-08-02'), after: UPGRADED_BY_EKS },
  }]);
});

test('says what a cluster with the upgrade policy EXTENDED will cost', () => {
  expect(findings(supportPeriod, aCluster({ supportType: known('EXTENDED') }))).toMatchObject([
    { reason: 'standard', data: { after: `staying costs ${EXTENDED_SUPPORT_COST}` } },
  ]);
});

test('warns 60 days before standard support ends', () => {
  const catalog = offering({ status: 'STANDARD_SUPPORT', endOfStandardSupport: '2027-01-21' });
  expect(findings(supportPeriod, aCluster({ observedAt: '2026-11-22T00:00:00Z' }), UP, catalog)).toMatchObject([{ severity: 'warning' }]);
  expect(findings(supportPeriod, aCluster({ observedAt: '2026-11-21T23:59:59Z' }), UP, catalog)).toMatchObject([{ severity: 'info' }]);
});

test.each([
  [
    { status: 'EXTENDED_SUPPORT', endOfExtendedSupport: '2027-07-29' } as const,
    { version: '1.36', ends: expect.stringContaining('2027-07-29'), cost: EXTENDED_SUPPORT_COST },
  ],
  [{ status: 'EXTENDED_SUPPORT' } as const, { version: '1.36', ends: expect.stringContaining('does not tell'), cost: EXTENDED_SUPPORT_COST }],
])('warns of %j', (offered, data) => {
  expect(findings(supportPeriod, aCluster(), UP, offering(offered))).toMatchObject([{ severity: 'warning', reason: 'extended', data }]);
});

test('has nothing to say of a version without dates, or when the control plane stays', () => {
  expect(findings(supportPeriod, aCluster(), UP, offering({ status: 'STANDARD_SUPPORT' }))).toEqual([]);
  expect(findings(supportPeriod, aCluster(), UP, offering({ status: 'UNSUPPORTED' }))).toEqual([]);
  expect(findings(supportPeriod, aCluster(), {})).toEqual([]);
});

test('says that it could not be read', () => {
  expect(findings(supportPeriod, aCluster(), UP, aCatalog({ offeredVersions: notKnown('throttled') }))).toMatchObject([
    { id: 'support-period:unknown', severity: 'info', reason: 'unread' },
  ]);
});
