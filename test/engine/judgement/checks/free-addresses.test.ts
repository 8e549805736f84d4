import { freeAddresses } from '../../../../src/engine/judgement/checks/free-addresses';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

/** Free addresses of a subnet in the first zone, of one in the second, and of another in the first. */
function withFree(a: number, b: number, a2 = 100) {
  return aCluster({
    subnets: known([
      { id: 'subnet-a', zone: 'use1-az1', freeAddresses: a },
      { id: 'subnet-b', zone: 'use1-az2', freeAddresses: b },
      { id: 'subnet-a2', zone: 'use1-az1', freeAddresses: a2 },
    ]),
  });
}

test('passes with 5 addresses in each of two zones', () => {
  expect(findings(freeAddresses, withFree(5, 5))).toEqual([]);
  expect(findings(freeAddresses, withFree(5, 5, 5))).toEqual([]);
});

test('passes unread when the control plane stays', () => {
  expect(findings(freeAddresses, aCluster({ subnets: notKnown('throttled') }), {})).toEqual([]);
});

test('fails with 4 addresses in the second zone, however many the first has', () => {
  expect(findings(freeAddresses, withFree(100, 4))).toMatchObject([{
    id: 'free-addresses',
    severity: 'error',
    reason: 'oneZone',
    data: { needed: 5, zones: 2, zone: 'use1-az1' },
    details: ['subnet-a (use1-az1): 100 free', 'subnet-b (use1-az2): 4 free', 'subnet-a2 (use1-az1): 100 free'],
  }]);
});

test('fails where no subnet has 5, whatever the sum', () => {
  expect(findings(freeAddresses, withFree(4, 4, 4))).toMatchObject([
    { severity: 'error', reason: 'none', data: { needed: 5 } },
  ]);
});

test.each([0, 1, 4])('warns of a further subnet with %d free', (free) => {
  expect(findings(freeAddresses, withFree(100, 100, free))).toMatchObject([{
    severity: 'warning',
    reason: 'short',
    data: { needed: 5, subnets: [`subnet-a2 (${free || 'none'})`] },
  }]);
});

test('a version rollback needs them as well', () => {
  const { subnets } = withFree(100, 4);
  expect(findings(freeAddresses, anUpgradedCluster({ subnets }), { version: '1.35' })).toMatchObject([{ severity: 'error' }]);
});

test('fails when the subnets could not be read', () => {
  expect(findings(freeAddresses, aCluster({ subnets: notKnown('not allowed to call ec2:DescribeSubnets') })))
    .toMatchObject([{ id: 'free-addresses:unknown', severity: 'error', reason: 'unread' }]);
});
