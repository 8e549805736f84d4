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
  ['a DEGRADED add-on', withAddOn({ status: 'DEGRADED' }), 'the add-on is DEGRADED instead of ACTIVE'],
  ['a DEGRADED add-on with its issue', withAddOn({ status: 'DEGRADED', healthIssues: [issue] }),
    'the add-on is DEGRADED, and EKS reports InsufficientNumberOfReplicas: The add-on is unhealthy'],
  [
    'an ACTIVE add-on with an issue', withAddOn({ healthIssues: [issue] }),
    expect.stringContaining('EKS reports InsufficientNumberOfReplicas'),
  ],
  ['a busy add-on', withAddOn({ status: 'UPDATING' }), 'the add-on is UPDATING'],
])('warns of %s', (_, state, message) => {
  expect(findings(addOnHealth, state)).toMatchObject([{ id: 'add-on-health:coredns', severity: 'warning', message }]);
});

test.each([['CREATE_FAILED', 'error'], ['DELETE_FAILED', 'error'], ['UPDATE_FAILED', 'warning'], ['DEGRADED', 'warning']])(
  'an add-on in %s that is to be updated is an %s', (status, severity) => {
    expect(findings(addOnHealth, withAddOn({ status }), MOVING)).toMatchObject([{ severity }]);
    expect(findings(addOnHealth, withAddOn({ status }))).toMatchObject([{ severity: 'warning' }]);
  });

test('fails for a busy add-on that is to be updated', () => {
  expect(findings(addOnHealth, withAddOn({ status: 'UPDATING' }), MOVING)).toMatchObject([
    { severity: 'error', remedy: 'wait until it has settled and try again' },
  ]);
});
