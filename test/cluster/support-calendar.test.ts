import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Annotations } from 'aws-cdk-lib/core';
import { newStack, upgradableCluster, warningsOn } from './_fixtures';
import { SupportType } from '../../src';
import { warnings } from '../../src/cluster/messages';
import { EXTENDED_SUPPORT_COST, EXTENDED_SUPPORT_COST_ELSEWHERE, supportSays, UPGRADED_BY_EKS } from '../../src/engine/kubernetes/support-terms';
import { Said } from '../../src/engine/messages/message';
import { acknowledgeable } from '../diagnostics/_said';

const AS_OF = '2026-11-22';

// Kubernetes 1.36: standard support ends on 2027-08-02, extended support on 2028-08-02
function warningsAt(now: string, version = '1.36', supportType?: SupportType, region = 'us-west-2'): string[] {
  jest.useFakeTimers({ now: new Date(now) });
  return warningsOn(upgradableCluster(newStack({ env: { account: '111122223333', region } }), { version: eks.KubernetesVersion.of(version), supportType }));
}

const ending = ({ message: support }: Said) => acknowledgeable(warnings.standardSupportEnds({ support, next: '1.37', asOf: AS_OF }));

afterEach(() => jest.useRealTimers());

test.each([
  ['61 days before the end of standard support', '2027-06-02T00:00:00Z'],
  ['60 days and a moment before it', '2027-06-02T23:59:59Z'],
  ['long before', '2026-11-22T00:00:00Z'],
])('nothing is said %s', (_, now) => {
  expect(warningsAt(now)).toEqual([]);
});

test.each([
  ['60 days', '2027-06-03T00:00:00Z', 'ends on 2027-08-02, in 60 days'],
  ['1 day', '2027-08-01T00:00:00Z', 'ends on 2027-08-02, in 1 day'],
  ['its last moments', '2027-08-01T23:59:59Z', 'ends on 2027-08-02, in 1 day'],
])('with %s of standard support left, the date and the price are named', (_, now, ends) => {
  expect(warningsAt(now)).toEqual([ending(supportSays.standard({ version: '1.36', ends, after: `staying costs ${EXTENDED_SUPPORT_COST}` }))]);
});

test.each(['cn-north-1', 'eusc-de-east-1'])('in %s, where other prices hold, no sum is named', (region) => {
  const said = supportSays.standard({
    version: '1.36', ends: 'ends on 2027-08-02, in 60 days', after: `staying costs ${EXTENDED_SUPPORT_COST_ELSEWHERE}`,
  });
  expect(warningsAt('2027-06-03T00:00:00Z', '1.36', undefined, region)).toEqual([ending(said)]);
});

test.each([
  ['2027-08-02T00:00:00Z', 'ends on 2028-08-02, in 366 days'], ['2028-08-01T23:59:59Z', 'ends on 2028-08-02, in 1 day'],
])('in extended support, at %s, its end and its price are named', (now, ends) => {
  expect(warningsAt(now)).toEqual([
    ending(supportSays.extended({ version: '1.36', ends, cost: EXTENDED_SUPPORT_COST, after: UPGRADED_BY_EKS })),
  ]);
});

test('with support type EXTENDED it is the same', () => {
  const [unset, extended] = [undefined, SupportType.EXTENDED].map((supportType) => warningsAt('2027-08-01T00:00:00Z', '1.36', supportType));
  expect(extended).toEqual(unset);
});

test.each([
  ['2027-08-01T00:00:00Z', 'ends on 2027-08-02, in 1 day'], ['2027-08-02T00:00:00Z', 'ended on 2027-08-02'],
])('with support type STANDARD, at %s, what EKS will do', (now, ends) => {
  expect(warningsAt(now, '1.36', SupportType.STANDARD)).toEqual([
    ending(supportSays.standard({ version: '1.36', ends, after: UPGRADED_BY_EKS })),
  ]);
});

test.each([undefined, SupportType.STANDARD])('past extended support, what EKS does to such clusters (support type %s)', (supportType) => {
  expect(warningsAt('2028-08-02T00:00:00Z', '1.36', supportType)).toEqual([
    acknowledgeable(warnings.supportEnded({
      support: supportSays.none({ version: '1.36', after: UPGRADED_BY_EKS }).message, next: '1.37', asOf: AS_OF,
    })),
  ]);
});

test('nothing is said about a version that the calendar does not know', () => {
  expect(warningsAt('2040-01-01T00:00:00Z', '1.38')).toEqual([]);
});

test.each([
  ['standardSupportEnds', '2027-08-01T00:00:00Z'], ['supportEnded', '2028-08-02T00:00:00Z'],
])('%s can be acknowledged', (id, now) => {
  jest.useFakeTimers({ now: new Date(now) });
  const cluster = upgradableCluster(newStack());
  Annotations.of(cluster).acknowledgeWarning(`cdk-eks-upgrades:${id}`);
  expect(warningsOn(cluster)).toEqual([]);
});
