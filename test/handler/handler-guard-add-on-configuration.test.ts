import type { HandlerBench } from './handler-bench';
import {
  AppAddOn, expectRefusal, findingIn, findingsIn, guard, guardEvent, putCluster, putStack, startGuardBench, templateOf, type GuardedApp,
} from './handler-guard-bench';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
  putCluster(bench, { addons: [{ name: 'coredns' }, { name: 'vpc-cni' }] });
});

afterEach(async () => {
  await bench.stop();
});

/** An app with one add-on, configured like this. */
function configuring(Name: string, Others: AppAddOn['Others'], more: Partial<AppAddOn> = {}): GuardedApp {
  return { AddOns: [{ Name, Policy: 'recommended', Others, ...more }] };
}

const asked = () => bench.aws.requests.filter(({ action }) => action === 'DescribeAddonConfiguration').map(({ input }) => [
  input.addonName, input.addonVersion,
]);

test('refuses an upgrade whose add-on is configured as the version to come does not take it, before anything moves', async () => {
  const answer = await guard(bench, configuring('vpc-cni', { ConfigurationValues: '{"env":{"ENABLE_PREFIX_DELEGATON":"true"}}' }));

  expectRefusal(bench, answer, 'add-on-configuration:vpc-cni', {
    reason: 'refused', data: { name: 'vpc-cni', version: 'v1.21.1-eksbuild.1', objections: [expect.stringMatching(/DELEGATON.*DELEGATION/)] },
  });
  expect(asked()).toEqual([['vpc-cni', 'v1.21.1-eksbuild.1']]);
});

test('what it refuses, EKS refuses; what it lets through, EKS takes', async () => {
  for (const [configurationValues, isRefused] of [['replicas: 3', true], ['replicaCount: 3', false]] as const) {
    const { Status } = await guard(bench, configuring('coredns', { ConfigurationValues: configurationValues }, { Policy: 'latest' }));
    expect(Status).toBe(isRefused ? 'FAILED' : 'SUCCESS');
    const update = () => bench.aws.eks.actions.UpdateAddon({
      clusterName: 'prod', addonName: 'coredns', addonVersion: 'v1.13.2-eksbuild.3', configurationValues,
    });
    if (isRefused) expect(update).toThrow(/ConfigurationValue provided in request is not supported/);
    else expect(update).not.toThrow();
  }
});

test('the schema of the version that is chosen is the one that counts', async () => {
  const { schema, serviceAccounts } = bench.aws.eks.catalog.addonConfigurations.coredns;
  const { properties } = schema as { properties: object };
  bench.aws.eks.catalog.addonConfigurations['coredns v1.13.2-eksbuild.3'] = {
    schema: { ...schema, properties: { ...properties, pools: {} } }, serviceAccounts,
  };
  const values = { ConfigurationValues: '{"pools":1}' };
  putCluster(bench, { addons: [{ name: 'coredns', version: 'v1.11.4-eksbuild.22' }] });

  expect(await guard(bench, configuring('coredns', values, { Policy: 'latest' }))).toMatchObject({ Status: 'SUCCESS' });
  expect(await guard(
    bench, configuring('coredns', values, { Policy: 'pinned', Version: 'v1.13.2-eksbuild.3' }),
  )).toMatchObject({ Status: 'SUCCESS' });
  expect(await guard(bench, configuring('coredns', values, { Policy: 'recommended' }))).toMatchObject({ Status: 'FAILED' });
});

test('a deployment that changes nothing but the configuration is judged, too', async () => {
  const before = { ...configuring('coredns', { ConfigurationValues: '{"replicaCount":2}' }), TargetVersion: '1.35' };
  const after = { ...configuring('coredns', { ConfigurationValues: '{"replicaCount":"two"}' }), TargetVersion: '1.35' };

  expectRefusal(bench, await bench.serve(guardEvent(bench, after, {}, before)), 'add-on-configuration:coredns', {
    reason: 'refused', data: expect.objectContaining({ objections: [expect.stringMatching(/replicaCount.*string.*integer/)] }),
  });
  expect(await bench.serve(guardEvent(bench, before, {}, before))).toMatchObject({ Status: 'SUCCESS' });
  expect(asked()).toHaveLength(1);
});

test('so it is where CloudFormation does not tell what it changes', async () => {
  const after = { ...configuring('coredns', { ConfigurationValues: '{"replicaCount":"two"}' }), TargetVersion: '1.35' };
  bench.aws.eks.cluster('prod').addons.get('coredns')!.configurationValues = '{"replicaCount":2}';
  putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'AddOncoredns', type: 'AWS::EKS::Addon', physicalId: 'prod|coredns' }], {
    template: templateOf(after), changeSet: undefined,
  });
  expectRefusal(bench, await bench.serve(guardEvent(bench, after, {}, after)), 'add-on-configuration:coredns', { reason: 'refused' });
});

test('values that only the deployment knows are let through, and EKS is not asked', async () => {
  const ConfigurationValues = { 'Fn::Join': ['', ['{"replicaCount":"', { Ref: 'Replicas' }, '"}']] };
  expect(await guard(bench, configuring('coredns', { ConfigurationValues }))).toMatchObject({ Status: 'SUCCESS' });
  expect(asked()).toEqual([]);
});

describe('Pod Identity associations', () => {
  const associating = (ServiceAccount: unknown) => ({
    PodIdentityAssociations: [{ ServiceAccount, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }],
  });

  test('pass for a service account of the add-on', async () => {
    expect(await guard(bench, configuring('vpc-cni', associating('aws-node')))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('fail for another one, naming those that there are', async () => {
    expectRefusal(bench, await guard(bench, configuring('vpc-cni', associating('aws-nodes'))), 'add-on-configuration:vpc-cni', {
      reason: 'refused', data: expect.objectContaining({ objections: [expect.stringMatching(/aws-nodes .*aws-node /)] }),
    });
  });

  test('fail where the version does not support them', async () => {
    const answer = await guard(bench, configuring('coredns', associating('coredns'), { Policy: 'latest' }));
    expectRefusal(bench, answer, 'add-on-configuration:coredns', {
      reason: 'refused', data: expect.objectContaining({ objections: [expect.stringMatching(/^the service account coredns .* not support/)] }),
    });
  });
});

test('a schema that cannot be understood refuses nothing, and is told', async () => {
  bench.aws.eks.catalog.addonConfigurations.coredns = { schema: { type: 'whatever' }, serviceAccounts: [] };
  expect(await guard(
    bench, configuring('coredns', { ConfigurationValues: '{}' }, { Policy: 'latest' }),
  )).toMatchObject({ Status: 'SUCCESS' });
  expect(findingIn(bench, 'add-on-configuration:unknown')).toMatchObject({
    severity: 'info', reason: 'unread', data: { addOns: [expect.stringMatching(/schema of coredns v1\.13\.2-eksbuild\.3/)] },
  });
});

test('of a version that EKS does not offer, only that is said', async () => {
  await guard(bench, configuring('coredns', { ConfigurationValues: '{"x":1}' }, { Policy: 'pinned', Version: 'v1.99.0-eksbuild.1' }));
  expect(findingsIn(bench).filter((id) => id.startsWith('add-on-'))).toEqual(['add-on-compatibility:coredns']);
});
