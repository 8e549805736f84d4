import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { newStack, resourcesOf, upgradableCluster } from './_fixtures';
import { AmiFamily, AmiTracking, GoldenImage, ManagedAddOn, UpgradeGuard, UpgradeHandler } from '../../src';
import { importedVpc } from '../node-group/_fixtures';

const SECTION = readFileSync(join(__dirname, '../../docs/costs.md'), 'utf8').split('## In the template\n')[1].split('\n## ')[0];

/** How many resources something brings, as the docs say. */
function listed(what: string): number {
  const row = SECTION.split('\n').find((line) => line.startsWith(`| ${what}`));
  return Number(row?.split('|')[2]);
}

/** How many resources a stack with a cluster has. */
function countIn(add: (stack: Stack) => unknown): number {
  const stack = newStack();
  add(stack);
  return Object.keys(resourcesOf(stack)).length;
}

const UNGUARDED = { upgradeGuard: UpgradeGuard.disabled() };
const PINNED = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };
const BAKED = { duration: Duration.minutes(5) };
const SERVICES = { serviceIpv4Cidr: '10.100.0.0/16' };
const GOLDEN = {
  goldenImage: GoldenImage.pinned('ami-0123456789abcdef0', {
    family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.36'),
  }),
};
const ADD_ONS = { managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.coreDns()] };
const NAMED = { clusterName: 'prod' };

const unguarded = countIn((stack) => upgradableCluster(stack, UNGUARDED));
const guarded = countIn((stack) => upgradableCluster(stack));

test('a guard', () => {
  expect(guarded - unguarded).toBe(listed('each stack') + listed('each guard'));
});

test('a second cluster in the stack has a guard of its own, and the function of the first', () => {
  const two = (props: object) => countIn((stack) => [1, 2].forEach((one) => upgradableCluster(stack, { id: `Cluster${one}`, ...props })));
  expect(two({}) - two(UNGUARDED)).toBe(listed('each stack') + 2 * listed('each guard'));
});

test.each([1, 3])('with %d node groups', (count) => {
  const withGroups = (props: object) => countIn((stack) => {
    const cluster = upgradableCluster(stack, props);
    Array.from({ length: count }, (_, index) => cluster.addManagedNodeGroup(`Workers${index}`, PINNED));
  });
  expect(withGroups({}) - withGroups(UNGUARDED)).toBe(guarded - unguarded);
});

test('add-on versions, which with the guard and its function make six', () => {
  const more = countIn((stack) => upgradableCluster(stack, ADD_ONS)) - guarded - ADD_ONS.managedAddOns.length;
  expect(more).toBe(listed('add-on versions'));
  expect(more + guarded - unguarded).toBe(6);
  expect(SECTION).toContain('with add-ons and defaults six');
});

test('add-on versions of a cluster with a name', () => {
  expect(countIn((stack) => upgradableCluster(stack, { ...NAMED, ...ADD_ONS })) - countIn((stack) => upgradableCluster(stack, NAMED)))
    .toBe(ADD_ONS.managedAddOns.length + 1);
});

test.each<[string, (stack: Stack) => unknown]>([
  ['`workloads: true`', (stack) => upgradableCluster(stack, { upgradeGuard: UpgradeGuard.enforce({ workloads: true }) })],
  ['the function in a VPC', (stack) => {
    UpgradeHandler.configure(stack, { vpc: importedVpc(stack, 'FunctionVpc') });
    upgradableCluster(stack);
  }],
])('%s', (what, add) => {
  expect(countIn(add) - guarded).toBe(listed(what));
});

test.each([1, 2, 13])('%d bakes', (count) => {
  const withBakes = (baked: boolean) => countIn((stack) => {
    const cluster = upgradableCluster(stack);
    const groups = Array.from({ length: count }, (_, index) => cluster.addManagedNodeGroup(`Workers${index}`, PINNED));
    if (baked) groups.forEach((group) => group.baked(BAKED));
  });
  expect(withBakes(true) - withBakes(false)).toBe(Math.ceil(count / 12) * listed('bakes in a stack, for each dozen') + count * listed('each bake'));
});

test('node groups on a golden image', () => {
  const withGroup = (group: object) => countIn((stack) => upgradableCluster(stack, SERVICES).addManagedNodeGroup('Workers', group));
  expect(withGroup(GOLDEN) - withGroup(PINNED)).toBe(listed('each node group on a golden image'));
});
