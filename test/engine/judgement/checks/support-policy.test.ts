import { supportPolicy } from '../../../../src/engine/judgement/checks/support-policy';
import { known, notKnown } from '../../../../src/engine/state/known';
import { OfferedVersion } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, anUpgradedCluster, findings } from '../../a-cluster';

function inExtendedSupport(...versions: string[]) {
  const offered = ['1.34', '1.35', '1.36'].map(
    (version): OfferedVersion => ({ version, status: versions.includes(version) ? 'EXTENDED_SUPPORT' : 'STANDARD_SUPPORT' }),
  );
  return aCatalog({ offeredVersions: known(offered) });
}

const extended = aCluster({ supportType: known('EXTENDED') });
const STANDARD = { supportType: 'STANDARD' } as const;

test('fails for STANDARD on a version in extended support', () => {
  expect(findings(supportPolicy, extended, STANDARD, inExtendedSupport('1.35'))).toMatchObject([{
    id: 'support-policy',
    severity: 'error',
    reason: 'cannotLeave',
    data: { target: '1.35' },
  }]);
});

test('fails for STANDARD together with an upgrade within extended support', () => {
  expect(findings(
    supportPolicy, extended, { ...STANDARD, version: '1.36' }, inExtendedSupport('1.35', '1.36'),
  )).toMatchObject([{ severity: 'error' }]);
});

test('warns of STANDARD in the same change that leaves extended support', () => {
  expect(findings(supportPolicy, extended, { ...STANDARD, version: '1.36' }, inExtendedSupport('1.35'))).toMatchObject([{
    severity: 'warning', reason: 'tooEarly', data: { target: '1.36' },
  }]);
});

test.each([
  ['STANDARD on a version in standard support', extended, STANDARD, inExtendedSupport('1.34')],
  ['STANDARD on a cluster that has it', aCluster(), STANDARD, inExtendedSupport('1.35')],
  ['EXTENDED', aCluster(), { supportType: 'EXTENDED' } as const, inExtendedSupport('1.35')],
  ['an upgrade that keeps the policy', extended, { version: '1.36' }, inExtendedSupport('1.35', '1.36')],
])('passes for %s', (_, state, intent, catalog) => {
  expect(findings(supportPolicy, state, intent, catalog)).toEqual([]);
});

describe('back into extended support', () => {
  const [BACK, catalog] = [{ version: '1.35' }, inExtendedSupport('1.35')];

  test('passes with the upgrade policy EXTENDED, there already or set with it', () => {
    expect(findings(supportPolicy, anUpgradedCluster({ supportType: known('EXTENDED') }), BACK, catalog)).toEqual([]);
    expect(findings(supportPolicy, anUpgradedCluster(), { ...BACK, supportType: 'EXTENDED' }, catalog)).toEqual([]);
  });

  test('fails with the upgrade policy STANDARD', () => {
    expect(findings(supportPolicy, anUpgradedCluster(), BACK, catalog)).toMatchObject([{
      reason: 'excluded', data: { target: '1.35' },
    }]);
  });

  test('fails when the upgrade policy is not known', () => {
    const state = anUpgradedCluster({ supportType: notKnown('EKS did not tell') });
    expect(findings(supportPolicy, state, BACK, catalog)).toMatchObject([{ id: 'support-policy:unknown', severity: 'error', reason: 'unread' }]);
  });
});
