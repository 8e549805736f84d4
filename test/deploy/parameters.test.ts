import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CfnCondition, CfnDynamicReference, CfnDynamicReferenceService, CfnMapping, CfnParameter, Fn, type CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { findingsSince } from './histories/function-log';
import { LOG_ID } from './histories/synthesise';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import type { Template } from './stacks';
import type { UpgradableCluster } from '../../src';

/** The template stays as it is, and a parameter has another value; or only CloudFormation knows the values that a template names. */
describeDeployments('what a parameter decides', (cloud) => {
  let platform: Platform;
  let stacks = 0;

  const deciding = (use: (group: CfnResource, condition: CfnCondition, stage: CfnParameter) => void): PlatformProps => ({
    version: '1.35',
    also: (stack, cluster) => {
      const stage = new CfnParameter(stack, 'Stage', { default: 'live' });
      use(addGroup(cluster), new CfnCondition(stack, 'IsLive', { expression: Fn.conditionEquals(stage.valueAsString, 'live') }), stage);
    },
  });
  const mapped = deciding((group, _, stage) => {
    const types = new CfnMapping(group, 'Types', { mapping: { live: { of: 'm7i.xlarge' }, test: { of: 'm7i.large' } } });
    group.addPropertyOverride('InstanceTypes', [types.findInMap(stage.valueAsString, 'of')]);
  });
  const named = deciding((group, _, stage) => group.addPropertyOverride('NodegroupName', Fn.sub('${Stage}-workers', { Stage: stage.valueAsString })));
  const types = deciding((group, { logicalId }) =>
    group.addPropertyOverride('InstanceTypes', [Fn.conditionIf(logicalId, 'm7i.xlarge', 'm7i.large')]));
  const presence = deciding((group, condition) => { group.cfnOptions.condition = condition; });

  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `Deciding${++stacks}`); });
  afterEach(() => platform.dispose());

  async function live(): Promise<string[]> {
    return [...(await platform.cluster()).nodegroups.keys()].sort();
  }

  test.each<[string, PlatformProps, boolean, string]>([true, false].flatMap((byChangeSet) => [
    ['instance types, by a condition', types, byChangeSet, 'InstanceTypes'],
    ['instance types, by a mapping', mapped, byChangeSet, 'InstanceTypes'],
    ['the name of a node group, in a text', named, byChangeSet, 'NodegroupName'],
  ]))('%s: refused (%#)', async (_, props, byChangeSet, property) => {
    expect(await platform.put(props)).toMatchObject({ status: 'CREATE_COMPLETE' });
    const before = await live();

    const { status, steps } = await platform.put(props, { byChangeSet, parameters: { Stage: 'test' } });

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(steps.flatMap(({ reason }) => reason ?? []).join()).toContain(`${property} can only be set`);
    expect(await live()).toEqual(before);
  });

  describe('instance types by a parameter that is a list', () => {
    const listed = (labels: Record<string, string>): PlatformProps => ({
      version: '1.35',
      also: (stack, cluster) => {
        const instanceTypes = new CfnParameter(stack, 'Types', { type: 'CommaDelimitedList', default: 'm7i.large,m7a.large' });
        const group = addGroup(cluster);
        group.addPropertyOverride('InstanceTypes', instanceTypes.valueAsList);
        group.addPropertyOverride('Labels', labels);
      },
    });

    test.each([true, false])('stay, and are refused once they change (by change set: %s)', async (byChangeSet) => {
      expect(await platform.put(listed({ team: 'one' }))).toMatchObject({ status: 'CREATE_COMPLETE' });
      expect(await platform.put(listed({ team: 'two' }), { byChangeSet })).toMatchObject({ status: 'UPDATE_COMPLETE' });

      const { status, steps } = await platform.put(listed({ team: 'two' }), { byChangeSet, parameters: { Types: 'm7i.xlarge' } });

      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(steps.flatMap(({ reason }) => reason ?? []).join()).toContain('InstanceTypes can only be set');
    });
  });

  describe('a tag that changes beside a release', () => {
    beforeAll(async () => {
      const ssm = new SSMClient(cloud().clientConfig);
      const Outputs = Object.fromEntries(['One', 'Two'].map((name) => [name, { Value: name, Export: { Name: `Team${name}` } }]));
      await cloud().stacks.deploy('Teams', { Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } }, Outputs });
      for (const Name of ['/team/one', '/team/two']) await ssm.send(new PutParameterCommand({ Name, Value: Name, Type: 'String' }));
      ssm.destroy(); // MiniStack ends once nobody is connected
    });

    const dynamic = (name: string) => new CfnDynamicReference(CfnDynamicReferenceService.SSM, name).toString();
    const secret = (group: CfnResource) => new CfnParameter(group.stack, 'Team', { default: 'one', noEcho: true }).valueAsString;
    const inText = (group: CfnResource) => { secret(group); return Fn.sub('team-${Team}'); };
    const chosen = (group: CfnResource) => {
      const { logicalId } = new CfnCondition(group.stack, 'IsOne', { expression: Fn.conditionEquals(secret(group), 'one') });
      return Fn.conditionIf(logicalId, 'first', 'other');
    };
    test.each<[string, (group: CfnResource) => unknown, (group: CfnResource) => unknown, Record<string, string>]>([
      ['by an export of another stack', () => Fn.importValue('TeamOne'), () => Fn.importValue('TeamTwo'), {}],
      ['by a parameter of Systems Manager', () => dynamic('/team/one'), () => dynamic('/team/two'), {}],
      ['by a parameter without echo', secret, secret, { Team: 'two' }],
      ['by a text with a parameter without echo', inText, inText, { Team: 'two' }],
      ['by a condition on a parameter without echo', chosen, chosen, { Team: 'two' }],
    ])('%s, without a change set: refused', async (_, before, after, parameters) => {
      expect(await platform.put(tagged('1.35', before))).toMatchObject({ status: 'CREATE_COMPLETE' });
      const { status, steps } = await platform.put(tagged('1.36', after), { parameters });

      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(steps.flatMap(({ reason }) => reason ?? []).join()).toContain('[node-group-combined-update:');
      expect((await platform.cluster()).version).toBe('1.35');
    });
  });

  test('what is there by a condition only: deployed without, with and without it', async () => {
    const optional: PlatformProps = deciding((group, condition) => {
      const { stack } = group;
      const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
      const access = new ec2.CfnSecurityGroup(stack, 'Access', { groupDescription: 'access', vpcId: vpc.vpcId });
      [group, access].forEach(({ cfnOptions }) => { cfnOptions.condition = condition; });
      group.addPropertyOverride('RemoteAccess', { Ec2SshKey: 'key', SourceSecurityGroups: [access.attrGroupId] });
      group.addPropertyOverride('Labels', { team: Fn.conditionIf(condition.logicalId, Fn.importValue('OptionalTeam'), 'none') });
    });
    const deploy = async (Stage: string) => (await platform.put(optional, { parameters: { Stage } })).status;

    expect(await deploy('test')).toBe('CREATE_COMPLETE');
    const without = await live();
    await cloud().stacks.deploy('Optional', {
      Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
      Outputs: { Team: { Value: 'one', Export: { Name: 'OptionalTeam' } } } as Template['Outputs'],
    });

    expect(await deploy('live')).toBe('UPDATE_COMPLETE');
    expect((await live()).filter((name) => !without.includes(name))).toEqual([expect.stringContaining('Extra')]);
    expect(await deploy('test')).toBe('UPDATE_COMPLETE');
    expect(await live()).toEqual(without);
  });

  test.each([true, false])('a node group that goes is a warning (by change set: %s)', async (byChangeSet) => {
    expect(await platform.put(presence)).toMatchObject({ status: 'CREATE_COMPLETE' });
    const [name] = (await live()).filter((each) => each.includes('Extra'));

    expect(await platform.put(presence, { byChangeSet, parameters: { Stage: 'test' } })).toMatchObject({ status: 'UPDATE_COMPLETE' });

    expect(await live()).not.toContain(name);
    const { [LOG_ID]: log } = await cloud().stacks.resources(platform.stack);
    const { findings } = await findingsSince(cloud().clientConfig.endpoint, log, 0);
    expect(findings).toContainEqual(expect.objectContaining({ id: `node-group-removed:${name}`, severity: 'warning' }));
  });
});

function tagged(version: string, tag: (group: CfnResource) => unknown): PlatformProps {
  return { version, also: (_, cluster) => { const group = addGroup(cluster); group.addPropertyOverride('Tags.team', tag(group)); } };
}

function addGroup(cluster: UpgradableCluster): CfnResource {
  return cluster.addManagedNodeGroup('Extra', { instanceTypes: [new ec2.InstanceType('m7i.large')] }).node.defaultChild as CfnResource;
}
