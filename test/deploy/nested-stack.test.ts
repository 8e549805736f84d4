import { NestedStack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import { ManagedNodeGroupWithAmiTracking } from '../../src';

/** A node group in a nested stack has its guard there. */
describeDeployments('node groups in a nested stack', (cloud) => {
  let platform: Platform;
  let stacks = 0;

  const withInner = (version: string, instanceType = 'm7i.large', id = 'Inner', nodes = version): PlatformProps => ({
    version,
    also: (stack, cluster) => {
      const instanceTypes = [new ec2.InstanceType(instanceType)];
      new ManagedNodeGroupWithAmiTracking(new NestedStack(stack, 'Nested'), id, {
        cluster, instanceTypes, nodegroupName: 'inner', kubernetesVersion: eks.KubernetesVersion.of(nodes),
      });
    },
  });

  beforeAll(async () => cloud().bootstrap());
  beforeEach(async () => {
    platform = new Platform(cloud(), `Nesting${++stacks}`);
    expect(await platform.put(withInner('1.35'))).toMatchObject({ status: 'CREATE_COMPLETE' });
  });
  afterEach(() => platform.dispose());

  const inner = async () => (await platform.cluster()).nodegroups.get('inner');
  const nestedReasons = async () => {
    const nested = Object.entries(await cloud().stacks.resources(platform.stack)).find(([id]) => id.startsWith('NestedNestedStack'))!;
    return (await cloud().stacks.steps(nested[1])).flatMap(({ reason }) => reason ?? []).join(' | ');
  };

  test.each<[string, boolean, () => PlatformProps, string]>([
    ['other instance types', true, () => withInner('1.35', 'm7i.xlarge'), '[node-group-replacement:inner]'],
    ['other instance types', false, () => withInner('1.35', 'm7i.xlarge'), '[node-group-replacement:inner]'],
    ['another construct of the same name', false, () => withInner('1.35', 'm7i.large', 'Renamed'), '[exists-already:inner]'],
  ])('%s are refused there, and nothing of it has changed (by change set: %s)', async (_, byChangeSet, props, finding) => {
    const before = { ...await inner() };
    const drains = cloud().eks.drains.length;

    const refused = await platform.put(props(), { byChangeSet });

    expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await nestedReasons()).toContain(finding);
    expect(await inner()).toEqual(before);
    expect(cloud().eks.drains).toHaveLength(drains);
  });

  test('what moves nodes is refused in express mode, of which only the stack at the top tells', async () => {
    const before = { ...await inner() };
    const refused = await platform.put(withInner('1.35', 'm7i.large', 'Inner', '1.34'), { express: true });
    expect(refused.status).toBe('UPDATE_FAILED');
    expect(await nestedReasons()).toContain('[express-deployment]');
    expect(await inner()).toEqual(before);
  });

  test('a new minor moves control plane, then nodes, those in the nested stack too', async () => {
    expect(await platform.put(withInner('1.36'), { byChangeSet: true })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect((await platform.versions()).cluster).toBe('1.36');
    expect(await inner()).toMatchObject({ version: '1.36' });
  });
});
