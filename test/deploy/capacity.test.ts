import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';

describeDeployments('nodes that run', (cloud) => {
  let stacks = 0;
  let platform: Platform;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `Capacity${++stacks}`); });
  afterEach(() => platform.dispose());

  /** With a group of its own sizes. */
  const sized = (maxSize: number, desiredSize?: number): PlatformProps => ({
    version: '1.35',
    also: (_, cluster) => {
      cluster.addManagedNodeGroup('Scaled', { instanceTypes: [new ec2.InstanceType('m7i.large')], minSize: 2, maxSize, desiredSize });
    },
  });
  const size = async () => (await platform.nodeGroup('Scaled')).config!.scalingConfig;

  test.each(['as cdk deploy does it', 'without a change set'])('are not taken away by a change of the scaling beside what an autoscaler has added, %s', async (how) => {
    const byChangeSet = how === 'as cdk deploy does it';
    await platform.put(sized(20));
    Object.assign(await size(), { desiredSize: 14 }); // as an autoscaler does

    const refused = byChangeSet ? await platform.deploy(sized(30)) : await platform.put(sized(30));
    expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await size()).toMatchObject({ desiredSize: 14, maxSize: 20 });

    if (byChangeSet) {
      expect(await platform.told('check')).toMatchObject({ verdict: { passed: false, findings: [{ check: 'node-group-desired-size' }] } });
      const accepted = await platform.diffAndDeploy(sized(30, 14));
      expect(accepted).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
      expectAsToldByDiff(accepted);
    } else {
      expect(await platform.put(sized(30, 14))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    }
    expect(await size()).toMatchObject({ desiredSize: 14, maxSize: 30 });
  });

  test('may be fewer where that is what the edit says, and stay where nothing of the scaling changes', async () => {
    await platform.put(sized(20, 8));
    Object.assign(await size(), { desiredSize: 14 });
    expect(await platform.put({ ...sized(20, 8), maxSize: 5 }, { byChangeSet: true })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await size()).toMatchObject({ desiredSize: 14 });

    expect(await platform.deploy(sized(20, 4))).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await size()).toMatchObject({ desiredSize: 4 });
  });

  test('of Auto Mode are not ended before there are others', async () => {
    const autoMode: PlatformProps = { version: '1.35', defaultCapacityType: eks.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined };
    const without: PlatformProps = { version: '1.35' };
    await platform.put(autoMode);
    expect(await platform.cluster()).toMatchObject({ autoMode: true });
    const groups = await Promise.all(['Workers', 'Arm'].map(async (id) => (await platform.nodeGroup(id)).config!.scalingConfig));
    groups.forEach((scaling) => Object.assign(scaling, { minSize: 0, desiredSize: 0 }));

    for (const refused of [await platform.deploy(without), await platform.put(without)]) {
      expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await platform.cluster()).toMatchObject({ autoMode: true });
    }
    expect(await platform.told('check')).toMatchObject({ verdict: { passed: false, findings: [{ check: 'auto-mode-off' }] } });

    Object.assign(groups[0], { desiredSize: 2 });
    expect(await platform.deploy(without)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.cluster()).toMatchObject({ autoMode: false });
  });
});
