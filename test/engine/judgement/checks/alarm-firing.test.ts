import { alarmFiring } from '../../../../src/engine/judgement/checks/alarm-firing';
import { Known, known, notKnown } from '../../../../src/engine/state/known';
import { AlarmSignal } from '../../../../src/engine/state/schedule';
import { aCatalog, aCluster, anUpgradedCluster, findings } from '../../a-cluster';

const FIRING = known([{ name: 'checkout-errors', state: 'ALARM', reason: '3 datapoints were greater than 10' }]);

function judge(alarms: Known<readonly AlarmSignal[]>, {
  state = aCluster(), intent = { version: '1.36' } as object, isDeployment = true,
} = {}) {
  return findings(alarmFiring, { ...state, signals: { alarms } }, intent, aCatalog(), { isDeployment });
}

test('refuses what moves while an alarm fires', () => {
  expect(judge(FIRING)).toMatchObject([{
    id: 'alarm-firing:checkout-errors',
    severity: 'error',
    subject: 'alarm checkout-errors',
    reason: 'firing',
    data: { why: '3 datapoints were greater than 10', moving: ['the control plane'] },
  }]);
  expect(judge(FIRING, {
    intent: { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } },
  })).toMatchObject([{ severity: 'error' }]);
});

test('is information for those who review', () => {
  expect(judge(FIRING, { isDeployment: false })).toMatchObject([{ severity: 'info' }]);
});

test.each(['OK', 'INSUFFICIENT_DATA'])('an alarm in %s does not fire', (state) => {
  expect(judge(known([{ name: 'checkout-errors', state }]))).toEqual([]);
});

test('what goes back, and what does not move, need not wait', () => {
  expect(judge(FIRING, { state: anUpgradedCluster(), intent: { version: '1.35' } })).toEqual([]);
  expect(judge(FIRING, { intent: { nodeGroups: { workers: { otherChanges: ['Tags'] } } } })).toEqual([]);
});

test('an alarm that does not exist is a mistake', () => {
  expect(judge(known([{ name: 'chekout-errors' }]), { isDeployment: false })).toMatchObject([
    { id: 'alarm-firing:chekout-errors', severity: 'error', reason: 'missing' },
  ]);
});

test('alarms that cannot be read weigh like ones that fire', () => {
  expect(judge(notKnown('not allowed to call cloudwatch:DescribeAlarms'))).toMatchObject([
    { id: 'alarm-firing:unknown', severity: 'error', unknown: true, reason: 'unread' },
  ]);
});

test('while one fires, a launch template that cannot be read may hide a roll', () => {
  const state = aCluster({ launchTemplates: { workers: notKnown('throttled'), others: known({ id: 'lt-1', version: '1' }) } });
  expect(judge(FIRING, { state, intent: {} })).toMatchObject([
    { id: 'alarm-firing:unknown', severity: 'error', reason: 'launchTemplateUnread', data: { nodeGroup: 'workers', why: 'throttled' } },
  ]);
  expect(judge(known([]), { state, intent: {} })).toEqual([]);
});
