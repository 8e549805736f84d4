import { CfnCondition, CfnParameter, Fn, type CfnResource, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { findingsSince } from './histories/function-log';
import { LOG_ID } from './histories/synthesise';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import type { UpgradableCluster } from '../../src';

/** The template stays as it is, and a parameter has another value. */
describeDeployments('what a parameter decides by a condition', (cloud) => {
  let platform: Platform;
  let stacks = 0;

  const deciding = (use: (group: CfnResource, condition: CfnCondition) => void): PlatformProps => ({
    version: '1.35',
    also: (stack, cluster) => use(addGroup(cluster), isLive(stack)),
  });
  const types = deciding((group, { logicalId }) =>
    group.addPropertyOverride('InstanceTypes', [Fn.conditionIf(logicalId, 'm7i.xlarge', 'm7i.large')]));
  const presence = deciding((group, condition) => { group.cfnOptions.condition = condition; });

  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `Deciding${++stacks}`); });
  afterEach(() => platform.dispose());

  async function live(): Promise<string[]> {
    return [...(await platform.cluster()).nodegroups.keys()].sort();
  }

  test.each([true, false])('other instance types are refused (by change set: %s)', async (byChangeSet) => {
    expect(await platform.put(types)).toMatchObject({ status: 'CREATE_COMPLETE' });
    const before = await live();

    const { status, steps } = await platform.put(types, { byChangeSet, parameters: { Stage: 'test' } });

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(steps.flatMap(({ reason }) => reason ?? []).join()).toContain('InstanceTypes can only be set');
    expect(await live()).toEqual(before);
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

function isLive(stack: Stack): CfnCondition {
  const stage = new CfnParameter(stack, 'Stage', { default: 'live' });
  return new CfnCondition(stack, 'IsLive', { expression: Fn.conditionEquals(stage.valueAsString, 'live') });
}

function addGroup(cluster: UpgradableCluster): CfnResource {
  return cluster.addManagedNodeGroup('Extra', { instanceTypes: [new ec2.InstanceType('m7i.large')] }).node.defaultChild as CfnResource;
}
