import { addOnReadable } from '../../../../src/engine/judgement/checks/add-on-readable';
import { notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

const oneUnread = aCluster({ unreadAddOns: [{ name: 'vpc-cni', why: 'throttled' }] });

test('passes when all could be read', () => {
  expect(findings(addOnReadable, aCluster())).toEqual([]);
});

test('fails when they could not be listed', () => {
  expect(findings(addOnReadable, aCluster({ addOns: notKnown('throttled') }))).toMatchObject([{
    id: 'add-on-readable:unknown', severity: 'error', unknown: true, reason: 'unread', data: { why: 'throttled' },
  }]);
});

test('fails for the one that could not be described', () => {
  expect(findings(addOnReadable, oneUnread)).toMatchObject([{
    id: 'add-on-readable:vpc-cni:unknown', about: { kind: 'add-on', name: 'vpc-cni' }, reason: 'partUnread', data: { why: 'throttled' },
  }]);
});

test('does not look at add-ons that nothing is wanted of, under a control plane that stays', () => {
  expect(findings(addOnReadable, oneUnread, { addOns: { coredns: { policy: 'latest' } } })).toEqual([]);
  expect(findings(addOnReadable, oneUnread, { addOns: { 'vpc-cni': { policy: 'latest' } } })).toHaveLength(1);
  expect(findings(addOnReadable, aCluster({ addOns: notKnown('throttled') }), {})).toEqual([]);
});
