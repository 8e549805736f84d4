import { addOnHealth } from '../../../../src/engine/judgement/checks/add-on-health';
import { AddOnState } from '../../../../src/engine/state/add-on-state';
import { known } from '../../../../src/engine/state/known';
import { aCluster, anAddOn, findings } from '../../a-cluster';

const MOVING = { addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } };
const issue = { code: 'InsufficientNumberOfReplicas', message: 'The add-on is unhealthy.', resourceIds: [] };

function withAddOn(overrides: Partial<AddOnState>) {
  return aCluster({ addOns: known([anAddOn(overrides)]) });
}

test('passes when all add-ons are ACTIVE and healthy', () => {
  expect(findings(addOnHealth, aCluster())).toEqual([]);
});

test('does not look at add-ons that stay under a control plane that stays', () => {
  expect(findings(addOnHealth, withAddOn({ status: 'DEGRADED' }), { addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } })).toEqual([]);
  expect(findings(addOnHealth, withAddOn({ status: 'DEGRADED' }), {})).toEqual([]);
});

test.each([
  ['a DEGRADED add-on', withAddOn({ status: 'DEGRADED' }), { reason: 'notActive', data: { status: 'DEGRADED' } }],
  ['a DEGRADED add-on with its issue', withAddOn({ status: 'DEGRADED', healthIssues: [issue] }),
    { reason: 'unhealthy', data: { status: 'DEGRADED', issue: 'InsufficientNumberOfReplicas: The add-on is unhealthy' } }],
  [
    'an ACTIVE add-on with an issue', withAddOn({ healthIssues: [issue] }),
    { reason: 'unhealthy', data: { issue: expect.stringContaining('InsufficientNumberOfReplicas') } },
  ],
  ['a busy add-on', withAddOn({ status: 'UPDATING' }), { reason: 'busy', data: { status: 'UPDATING' } }],
])('warns of %s', (_, state, said) => {
  expect(findings(addOnHealth, state)).toMatchObject([{ id: 'add-on-health:coredns', severity: 'warning', ...said }]);
});

test.each([
  ['CREATE_FAILED', 'warning', 'notCreated'], ['DELETE_FAILED', 'error', 'failed'],
  ['UPDATE_FAILED', 'warning', 'notActive'], ['DEGRADED', 'warning', 'notActive'],
])(
  'an add-on in %s that is to be updated is an %s', (status, severity, reason) => {
    expect(findings(addOnHealth, withAddOn({ status }), MOVING)).toMatchObject([{ severity, reason }]);
    expect(findings(addOnHealth, withAddOn({ status }))).toMatchObject([{ severity: 'warning' }]);
  });

test('fails for a busy add-on that is to be updated', () => {
  expect(findings(addOnHealth, withAddOn({ status: 'UPDATING' }), MOVING)).toMatchObject([
    { severity: 'error', reason: 'busy' },
  ]);
});

test.each([
  ['CREATE_FAILED', 'warning', 'notCreated', 'notCreatedOfOthers'], ['DELETE_FAILED', 'error', 'failed', 'failedOfOthers'],
])('an add-on in %s that no stack has is deleted where it is', (status, severity, reason, ofOthers) => {
  const isNew = { addOns: { coredns: { ...MOVING.addOns.coredns, isNew: true } } };
  expect(findings(addOnHealth, withAddOn({ status }), isNew)).toMatchObject([{ severity, reason: ofOthers }]);
  const isOfStack = { addOns: { coredns: { ...MOVING.addOns.coredns, isNew: false } } };
  expect(findings(addOnHealth, withAddOn({ status }), isOfStack)).toMatchObject([{ severity, reason }]);
});
