import { App, DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { NODE_GROUP_METADATA_TYPE } from '../../src/engine/declaration/metadata';
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
    env, synthesizer: new DefaultStackSynthesizer({ lookupRoleArn: 'arn:role', lookupRoleExternalId: 'secret' }),
  }));
  withNodeGroup(new Stack(app, 'Plain', { env, stackName: 'plain-nodes' }), false);
  withNodeGroup(new Stack(app, 'Elsewhere', { env: { ...env, region: 'eu-west-1' } }), false);
  new Stack(app, 'Empty', { env });

  expect(environmentsOf(app, wantedResources(app))).toEqual({
    '111122223333/us-west-2': { ...env, lookupRole: { arn: 'arn:role', externalId: 'secret' }, stacks: ['Prod', 'plain-nodes'] },
  });
});

test('a nested stack is read with the role of the stack that holds it', () => {
  const app = new App();
  const parent = new Stack(app, 'Prod', { env });
  const nested = withNodeGroup(new NestedStack(parent, 'Nodes'));

  expect(nameOf(nested)).toMatch(/^Prod\/NodesNestedStackNodesNestedStackResource[0-9A-F]{8}$/);
  expect(environmentsOf(app, wantedResources(app))['111122223333/us-west-2']).toMatchObject({
    lookupRole: { arn: expect.stringContaining('cdk-hnb659fds-lookup-role') }, stacks: [nameOf(nested)],
  });
});

test('without a modern bootstrap there is no lookup role', () => {
  const app = new App();
  withNodeGroup(new Stack(app, 'Prod', { synthesizer: new LegacyStackSynthesizer() }));

  expect(environmentsOf(app, wantedResources(app))).toEqual({ 'current/current': { stacks: ['Prod'] } });
});
