import {
  CreateTagsCommand, DeregisterImageCommand, DescribeLaunchTemplateVersionsCommand, EC2Client, RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { AmiFamily, GoldenImage } from '../../src';

describeDeployments('a node group on a golden image', (cloud) => {
  let platform: Platform;
  let client: EC2Client;
  let stacks = 0;
  beforeAll(async () => {
    await cloud().bootstrap();
    client = new EC2Client(cloud().clientConfig);
  });
  beforeEach(() => { platform = new Platform(cloud(), `Golden${++stacks}`); });
  afterEach(() => platform.dispose());
  afterAll(() => client.destroy());

  /** Registers an image of a minor, as a build would. */
  async function bake(minor: string): Promise<string> {
    const { ImageId } = await client.send(
      new RegisterImageCommand({ Name: `golden-${minor}-${Date.now()}`, Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
    );
    await client.send(
      new CreateTagsCommand({ Resources: [ImageId!], Tags: [{ Key: 'kubernetes', Value: `${minor}.2/2026-07-01/bin/linux/amd64` }] }),
    );
    return ImageId!;
  }

  const props = (version: string, imageId: string, minor = version, maxSize = 3): PlatformProps => ({
    version,
    also: (_, cluster) => cluster.addManagedNodeGroup('Golden', {
      goldenImage: GoldenImage.pinned(imageId, { family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of(minor) }),
      nodeLaunch: { serviceCidr: '172.20.0.0/16' },
      instanceTypes: [new ec2.InstanceType('m7i.large')],
      maxSize,
    }),
  });

  async function launchTemplateVersions(): Promise<(string | undefined)[]> {
    const { config } = await platform.nodeGroup('Golden');
    const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: config!.launchTemplate.id });
    const { LaunchTemplateVersions = [] } = await client.send(command);
    return LaunchTemplateVersions.map(({ LaunchTemplateData }) => LaunchTemplateData?.ImageId).reverse();
  }

  test('runs the image; a new one is a new version of the launch template, and rolls after control plane and add-ons, alone', async () => {
    const [old, next] = [await bake('1.35'), await bake('1.36')];
    expect(await platform.put(props('1.35', old))).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await platform.nodeGroup('Golden')).toMatchObject({
      amiType: 'CUSTOM', releaseVersion: old, status: 'ACTIVE', config: { launchTemplate: { version: '1' } },
    });

    const deployed = await platform.diffAndDeploy(props('1.36', next));
    expectAsToldByDiff(deployed);

    expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    const order = deployed.done.map(({ type, properties }) => `${type.split('::').pop()}: ${properties}`);
    expect(order.indexOf('Cluster: Version')).toBeLessThan(order.indexOf('LaunchTemplate: LaunchTemplateData'));
    expect(order.indexOf('LaunchTemplate: LaunchTemplateData')).toBeLessThan(order.indexOf('Nodegroup: LaunchTemplate'));
    expect(order.lastIndexOf('Addon: AddonVersion')).toBeLessThan(order.indexOf('Nodegroup: LaunchTemplate'));
    expect(await platform.nodeGroup('Golden')).toMatchObject({
      amiType: 'CUSTOM', releaseVersion: next, config: { launchTemplate: { version: '2' } },
    });
    expect(await launchTemplateVersions()).toEqual([old, next]);

    expect(await platform.put(props('1.36', next))).toMatchObject({ status: 'UPDATE_COMPLETE', steps: [] });
  });

  test('what the guard refuses moves nothing: no version of the launch template is published, no node rolls', async () => {
    const [old, gone, tooNew] = [await bake('1.35'), await bake('1.35'), await bake('1.36')];
    await platform.put(props('1.35', old));
    await client.send(new DeregisterImageCommand({ ImageId: gone }));

    const isGone = [props('1.35', gone), `image ${gone} is deregistered or not shared with this account`] as const;
    const isTooNew = [props('1.35', tooNew, '1.35'), 'its tags say 1.36'] as const;
    const isNotAlone = [
      props('1.35', await bake('1.35'), '1.35', 5), 'LaunchTemplate and ScalingConfig change in the same deployment',
    ] as const;
    const refusals = [isGone, isTooNew, isNotAlone];
    for (const [[refused, reason], byChangeSet] of [true, false].flatMap((bySet) => refusals.map((refusal) => [refusal, bySet] as const))) {
      const operation = await platform.put(refused, { byChangeSet });
      expect([operation.status, operation.steps.map((step) => step.reason).join()]).toEqual([
        'UPDATE_ROLLBACK_COMPLETE', expect.stringContaining(reason),
      ]);
      expect(await platform.nodeGroup('Golden')).toMatchObject({ releaseVersion: old, config: { launchTemplate: { version: '1' } } });
      expect(await launchTemplateVersions()).toEqual([old]);
    }

    const better = await bake('1.35');
    expect(await platform.put(props('1.35', better))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await platform.nodeGroup('Golden')).toMatchObject({ releaseVersion: better });
  });
});
