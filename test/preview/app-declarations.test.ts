import { App, DefaultStackSynthesizer, Fn, LegacyStackSynthesizer, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnAddon, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { ADD_ON_METADATA_TYPE, NODE_GROUP_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { environmentsOf, nameOf } from '../../src/preview/app-declarations';
import { wantedResources } from '../../src/preview/wanted-resources';

const env = { account: '111122223333', region: 'us-west-2' };

function withNodeGroup(stack: Stack, declares = true): Stack {
  const group = new CfnNodegroup(stack, 'Workers', { clusterName: 'prod', nodeRole: 'role', subnets: ['s-1'] });
  if (declares) group.node.addMetadata(NODE_GROUP_METADATA_TYPE, { cluster: 'Imported', clusterName: 'prod' });
  return stack;
}

test('an environment: its lookup role as the synthesizer was told, and the stacks with node groups, declared or not', () => {
  const app = new App();
  withNodeGroup(new Stack(app, 'Prod', {
    env,
    synthesizer: new DefaultStackSynthesizer({
      lookupRoleArn: 'arn:role', lookupRoleExternalId: 'secret', lookupRoleAdditionalOptions: { DurationSeconds: 900 },
    }),
  }));
  withNodeGroup(new Stack(app, 'Plain', { env, stackName: 'plain-nodes' }), false);
  withNodeGroup(new Stack(app, 'Elsewhere', { env: { ...env, region: 'eu-west-1' } }), false);
  new Stack(app, 'Empty', { env });

  expect(environmentsOf(app, wantedResources(app))).toEqual({
    '111122223333/us-west-2': {
      ...env,
      lookupRole: { arn: 'arn:role', externalId: 'secret', additionalOptions: { DurationSeconds: 900 } },
      stacks: ['Prod', 'plain-nodes', 'Empty'],
    },
  });
});

test('the add-ons of an environment that nothing declares, by the names that its templates give', () => {
  const app = new App();
  const stack = withNodeGroup(new Stack(app, 'Prod', { env, synthesizer: new LegacyStackSynthesizer() }));
  const tracked = new CfnAddon(stack, 'Cni', { clusterName: 'prod', addonName: 'vpc-cni' });
  tracked.node.addMetadata(ADD_ON_METADATA_TYPE, { cluster: 'Imported', logicalId: 'Cni', name: 'vpc-cni', policy: 'latest' });
  new CfnAddon(stack, 'Dns', { clusterName: 'prod', addonName: 'coredns', addonVersion: 'v1.13.0-eksbuild.1' });
  new CfnAddon(stack, 'Other', { clusterName: 'prod', addonName: Fn.ref('Name') });

  expect(environmentsOf(app, wantedResources(app))).toEqual({
    '111122223333/us-west-2': { ...env, stacks: ['Prod'], furtherAddOns: ['coredns'] },
  });
});

test('what node groups of an environment are to run that nothing declares, as far as its templates tell', () => {
  const app = new App();
  const stack = withNodeGroup(new Stack(app, 'Prod', { env, synthesizer: new LegacyStackSynthesizer() }));
  const plain = { clusterName: 'prod', nodeRole: 'role', subnets: [], amiType: 'AL2023_ARM_64_STANDARD' };
  ['A', 'B'].forEach((id) => new CfnNodegroup(stack, id, { ...plain, version: '1.36', releaseVersion: '1.36.2-20261104' }));
  new CfnNodegroup(stack, 'C', { ...plain, version: Fn.ref('Minor') });
  new CfnNodegroup(stack, 'D', { ...plain, amiType: Fn.ref('AmiType') });

  expect(environmentsOf(app, wantedResources(app))['111122223333/us-west-2'].furtherAmis).toEqual([
    { amiType: 'AL2023_ARM_64_STANDARD', kubernetesVersion: '1.36', releaseVersion: '1.36.2-20261104' },
    { amiType: 'AL2023_ARM_64_STANDARD' },
  ]);
});

test('a nested stack is read with the role of the stack that holds it', () => {
  const app = new App();
  const parent = new Stack(app, 'Prod', { env });
  const nested = withNodeGroup(new NestedStack(parent, 'Nodes'));

  expect(nameOf(nested)).toMatch(/^Prod\/NodesNestedStackNodesNestedStackResource[0-9A-F]{8}$/);
  expect(environmentsOf(app, wantedResources(app))['111122223333/us-west-2']).toMatchObject({
    lookupRole: { arn: expect.stringContaining('cdk-hnb659fds-lookup-role') }, stacks: ['Prod', nameOf(nested)],
  });
});

test('without a modern bootstrap there is no lookup role', () => {
  const app = new App();
  withNodeGroup(new Stack(app, 'Prod', { synthesizer: new LegacyStackSynthesizer() }));

  expect(environmentsOf(app, wantedResources(app))).toEqual({ 'current/current': { stacks: ['Prod'] } });
});
