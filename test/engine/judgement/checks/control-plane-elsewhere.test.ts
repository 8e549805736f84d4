import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { controlPlaneElsewhere } from '../../../../src/engine/judgement/checks/control-plane-elsewhere';
import { evaluate } from '../../../../src/engine/judgement/verdict';
import { aCatalog, aCluster, findings } from '../../a-cluster';

const taken = (version: string, previousVersion?: string): UpgradeIntent => ({ version, previousVersion, isMovedElsewhere: true });

test('fails for a control plane that is not there yet', () => {
  expect(findings(controlPlaneElsewhere, aCluster({ version: '1.35' }), taken('1.36', '1.35'))).toMatchObject([{
    id: 'control-plane-elsewhere',
    severity: 'error',
    message: 'the app takes the control plane to have 1.36, it has 1.35, and this app does not move it: nodes and add-ons come after it',
    remedy: 'upgrade the control plane to 1.36 where it is made, then deploy this; or write 1.35 into this app',
  }]);
});

test('warns of a control plane that is further already', () => {
  expect(findings(controlPlaneElsewhere, aCluster({ version: '1.36' }), taken('1.34', '1.34'))).toMatchObject([{
    severity: 'warning',
    message: expect.stringContaining('add-ons are still chosen for 1.34'),
    remedy: expect.stringContaining('write 1.36 into this app'),
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
