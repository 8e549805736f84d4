import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { controlPlaneElsewhere } from '../../../../src/engine/judgement/checks/control-plane-elsewhere';
import { evaluate } from '../../../../src/engine/judgement/verdict';
import { aCatalog, aCluster, findings } from '../../a-cluster';

const taken = (version: string, previousVersion?: string): UpgradeIntent => ({ version, previousVersion, isMovedElsewhere: true });

test('fails for a control plane that is not there yet', () => {
  expect(findings(controlPlaneElsewhere, aCluster({ version: '1.35' }), taken('1.36', '1.35'))).toMatchObject([{
    id: 'control-plane-elsewhere',
    severity: 'error',
    reason: 'behind',
    data: { version: '1.36', current: '1.35' },
  }]);
});

test('warns of a control plane that is further already', () => {
  expect(findings(controlPlaneElsewhere, aCluster({ version: '1.36' }), taken('1.34', '1.34'))).toMatchObject([{
    severity: 'warning',
    reason: 'ahead',
    data: { version: '1.34', current: '1.36' },
  }]);
});

test.each<[string, UpgradeIntent]>([
  ['a control plane that is there', taken('1.35', '1.34')],
  ['one that the app moves', { version: '1.36', previousVersion: '1.35' }],
  ['an app that says nothing of it', { isMovedElsewhere: true }],
])('has nothing to say of %s', (_, intent) => {
  expect(findings(controlPlaneElsewhere, aCluster({ version: '1.35' }), intent)).toEqual([]);
});

test('nothing else is judged as if the app moved the control plane', () => {
  for (const version of ['1.33', '1.34', '1.36', '1.39']) {
    const { direction, targetVersion, findings: all } = evaluate(aCluster({ version: '1.35' }), aCatalog(), taken(version, '1.34'));
    expect({ direction, targetVersion }).toEqual({ direction: 'none', targetVersion: '1.35' });
    expect(all.filter(({ check }) => check !== 'support-period').map(({ id }) => id)).toEqual(['control-plane-elsewhere']);
  }
});
