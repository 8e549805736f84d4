import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Duration, NestedStack, Stack } from 'aws-cdk-lib/core';
import {
  AmiFamily, AmiTracking, GoldenImage, MaintenanceWindow, ManagedAddOn, UpgradableClusterProps, UpgradeGuard, UpgradeGuardOptions,
  UpgradeHandler,
} from '../../src';
import { newStack, Resources, resourcesOf, upgradableCluster } from '../cluster/_fixtures';
import { importedVpc } from '../node-group/_fixtures';

const SECTION = /^## Permissions\n([^]*?)^## /m.exec(readFileSync(join(__dirname, '../../docs/guard.md'), 'utf8'))![1];

/** A permission in words: `[state machine: ]<action> on <the beginning of what the docs say it is on>`. */
type InWords = string;

/** What the first table of the docs lists, by what it is for. */
const LISTED = /^\| for \|[^]*?\n\n/m.exec(SECTION)![0].trimEnd().split('\n').slice(2).map((row) => {
  const [, what, actions, on] = row.split('|').map((cell) => cell.trim());
  const who = actions.startsWith('state machine: ') ? 'state machine: ' : '';
  return {
    what: what.replace(/\[(.*)\]\(.*\)/, '$1').replaceAll('`', ''),
    permissions: [...actions.matchAll(/`([\w:]+)`/g)].map(([, action]): InWords => `${who}${action} on ${on.split(/[,:]/)[0]}`),
  };
});

/** The resources of statements, with references as `{…}`, in the words of the docs. */
const SCOPES: [RegExp, string][] = [
  [/^\{CdkEksUpgradesHandlerLogs\w+\.Arn\}$/, "the function's log group"],
  [/^\{CdkEksUpgradesHandlerFunction\w+\.Arn\}$/, 'the function'],
  [/^\{CdkEksUpgradesBakes[0-9A-F]{8}\.Arn\}$/, 'the state machine'],
  [/^\{AWS::StackId\}$/, 'its own stack'],
  [/^\{referencetoTopAWSStackId\}$/, 'the stack at the top'],
  [/:cluster\/[^/]+$/, 'the cluster'],
  [/:nodegroup\/[^/]+\/\*\/\*$/, "the cluster's node groups"],
  [/:nodegroup\/[^/]+\/[^*/]+\/\*$/, 'the node group'],
  [/:addon\/[^/]+\/\*\/\*$/, "the cluster's add-ons"],
  [/:access-entry\/[^/]+\/\*$/, "the cluster's access entries"],
  [/:ssm:[\w-]+::parameter\/aws\/service\/[\w-]+(?:\/optimized-ami)?\/\*$/, "AWS's public parameters of AMIs"],
  [/:servicequotas:.*:ec2\/\*$/, 'the quotas of EC2'],
  [/:document\/freeze$/, 'the calendar'],
  [/:alarm:errors$|^\{Alarm\w+\.Arn\}$/, 'the alarms'],
  [/^\*$/, '`*`'],
];

const scopeOf = (resource: string) => SCOPES.find(([pattern]) => pattern.test(resource))?.[1] ?? resource;

function textOf(value: any): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]);
  return `{${value.Ref ?? value['Fn::GetAtt'].join('.')}}`;
}

/** All that a template grants to the roles of this library, in words. */
function grantedBy(resources: Resources): InWords[] {
  const ofLibrary = Object.entries(resources).filter(([id]) => id.startsWith('CdkEksUpgrades'));
  const granted = ofLibrary.flatMap(([id, { Type, Properties }]) => {
    const documents = Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []) : Type === 'AWS::IAM::Policy' ? [Properties] : [];
    const who = id.startsWith('CdkEksUpgradesBakes') ? 'state machine: ' : '';
    return documents.flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement).flatMap(({ Effect, Action, Resource }: any) => {
      expect(Effect).toBe('Allow');
      return [Action].flat().flatMap((action) => [Resource].flat().map((one) => `${who}${action} on ${scopeOf(textOf(one))}`));
    });
  });
  return [...new Set<string>(granted)].sort();
}

const GOLDEN = {
  goldenImage: GoldenImage.pinned('ami-0123456789abcdef0', {
    family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.36'),
  }),
};
/** Nodes of a golden image want to know it. */
const SERVICES = { serviceIpv4Cidr: '10.100.0.0/16' };
const BAKED = { duration: Duration.minutes(5) };

function alarmIn(stack: Stack, alarmName?: string) {
  const metric = new cloudwatch.Metric({ namespace: 'x', metricName: 'y' });
  return new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1, alarmName });
}

/** Makes a cluster without add-ons, and without node groups. */
type Make = (stack: Stack, options?: UpgradeGuardOptions, props?: Partial<UpgradableClusterProps>) => ReturnType<typeof upgradableCluster>;
const guarded: Make = (stack, options = {}, props) => upgradableCluster(stack, { upgradeGuard: UpgradeGuard.enforce(options), ...props });
const unguarded = { upgradeGuard: UpgradeGuard.disabled() };
const PINNED = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };
const windows = () => MaintenanceWindow.weekly({ days: ['SUN'], start: '02:00', duration: Duration.hours(3) });

const inNested = () => new NestedStack(newStack({ id: 'Top' }), 'Nested');

const CASES: [string, string[], () => Stack, (stack: Stack) => unknown][] = [
  ['a guard', ['the guard'], newStack, (stack) => guarded(stack)],
  ['a guard of a named cluster', ['the guard'], newStack, (stack) => guarded(stack, {}, { clusterName: 'prod' })],
  ['a guard in a nested stack', ['a nested stack', 'the guard'], inNested, (stack) => guarded(stack)],
  ['add-ons without a guard', ['add-on versions'], newStack,
    (stack) => upgradableCluster(stack, { ...unguarded, managedAddOns: [ManagedAddOn.coreDns()] })],
  ['add-ons of a named cluster', ['the guard', 'add-on versions'], newStack,
    (stack) => guarded(stack, {}, { clusterName: 'prod', managedAddOns: [ManagedAddOn.coreDns()] })],
  ['golden images', ['the guard', 'golden images'], newStack, (stack) => guarded(stack, {}, SERVICES).addManagedNodeGroup('Workers', GOLDEN)],
  ['workloads', ['the guard', 'workloads: true'], newStack, (stack) => guarded(stack, { workloads: true })],
  ['windows', ['the guard', 'window'], newStack, (stack) => guarded(stack, { window: windows() })],
  ['a calendar', ['the guard', 'calendar'], newStack, (stack) => guarded(stack, { calendar: 'freeze' })],
  ['alarms with names', ['the guard', 'notWhile'], newStack, (stack) => guarded(stack, { notWhile: [alarmIn(stack, 'errors')] })],
  ['a bake of a node group', ['the guard', 'bakes', 'bakes of a node group'], newStack,
    (stack) => guarded(stack).addManagedNodeGroup('Canary', PINNED).baked(BAKED)],
  ['a bake of a node group with alarms, without a guard', ['bakes', 'bakes of a node group', 'bakes with alarms'], newStack,
    (stack) => upgradableCluster(stack, unguarded).addManagedNodeGroup('Canary', PINNED).baked({ ...BAKED, alarms: [alarmIn(stack)] })],
  ['a bake of the control plane', ['the guard', 'bakes', 'bakes of the control plane'], newStack,
    (stack) => guarded(stack, {}, { controlPlaneBake: BAKED })],
  ['everything', LISTED.map(({ what }) => what), inNested, (stack) => {
    const alarms = [alarmIn(stack, 'errors')];
    const cluster = guarded(stack, { workloads: true, window: windows(), calendar: 'freeze', notWhile: alarms }, {
      ...SERVICES, managedAddOns: [ManagedAddOn.coreDns()], controlPlaneBake: { ...BAKED, alarms },
    });
    cluster.addManagedNodeGroup('Canary', PINNED).baked({ ...BAKED, alarms });
    cluster.addManagedNodeGroup('Workers', GOLDEN);
  }],
];

test.each(CASES)('the docs list all that is granted, and nothing else: %s', (_, features, stackOf, add) => {
  const stack = stackOf();
  add(stack);
  const listed = LISTED.filter(({ what }) => ['every stack', ...features].includes(what)).flatMap(({ permissions }) => permissions);
  expect(features.filter((feature) => !LISTED.some(({ what }) => what === feature))).toEqual([]);
  expect(grantedBy(resourcesOf(stack))).toEqual([...new Set(listed)].sort());
});

test('alarms that a permission cannot name are `*`, as the docs say', () => {
  const stack = newStack();
  guarded(stack, { notWhile: [alarmIn(stack)] });
  expect(grantedBy(resourcesOf(stack))).toContain('cloudwatch:DescribeAlarms on `*`');
});

test('the docs name what the role of the function has besides', () => {
  const stack = newStack();
  UpgradeHandler.configure(stack, { vpc: importedVpc(stack, 'FunctionVpc') });
  guarded(stack, { workloads: true }).addManagedNodeGroup('Canary', PINNED).baked(BAKED);
  const resources = Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => id.startsWith('CdkEksUpgrades') || Type === 'AWS::EKS::AccessEntry');
  const policies = resources.flatMap(([, { Properties }]) => [
    ...Properties?.ManagedPolicyArns ?? [], ...(Properties?.AccessPolicies ?? []).map(({ PolicyArn }: any) => PolicyArn),
  ]).map((arn) => textOf(arn).split('/').at(-1)!);
  expect(policies.sort()).toEqual(['AWSLambdaVPCAccessExecutionRole', 'AmazonEKSViewPolicy']);
  policies.forEach((policy) => expect(SECTION).toContain(`\`${policy}\``));
  expect(resources.filter(([, { Type }]) => Type === 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties.Principal))
    .toEqual(['events.amazonaws.com']);
});
