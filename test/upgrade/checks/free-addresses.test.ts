import { freeAddresses } from '../../../src/upgrade/checks/free-addresses';
import { known, notKnown } from '../../../src/upgrade/known';
import { aCluster, findings } from '../a-cluster';

function withFree(a: number, b: number) {
  return aCluster({ subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: a }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: b }]) });
}

test('passes with 5 addresses over all subnets', () => {
  expect(findings(freeAddresses, withFree(4, 1))).toEqual([]);
});

test('passes unread when the control plane stays', () => {
  expect(findings(freeAddresses, aCluster({ subnets: notKnown('throttled') }), {})).toEqual([]);
});

test('fails with 4 addresses', () => {
  expect(findings(freeAddresses, withFree(4, 0))).toMatchObject([{
    id: 'free-addresses',
    severity: 'error',
    message: 'the subnets of the cluster have 4 free IP addresses, and the update needs up to 5',
    details: ['subnet-a: 4 free', 'subnet-b: 0 free'],
  }]);
});

test('warns of a subnet that is used up', () => {
  expect(findings(freeAddresses, withFree(100, 0))).toMatchObject([{ severity: 'warning', message: expect.stringContaining('no free IP address is left in subnet-b') }]);
});

test('fails when the subnets could not be read', () => {
  expect(findings(freeAddresses, aCluster({ subnets: notKnown('not allowed to call ec2:DescribeSubnets') })))
    .toMatchObject([{ id: 'free-addresses:unknown', severity: 'error' }]);
});
