import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import { MaintenanceWindow, UpgradeGuard } from '../../src';
import { runProcess } from '../cli/_command-line';

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const COMMAND = resolve(__dirname, '../../assets/cli/cdk-eks-upgrades/index.js');

describeDeployments('when it may roll', (cloud) => {
  let platform: Platform;
  let stacks = 0;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `When${++stacks}`); });
  afterEach(() => platform.dispose());

  /** Open for an hour, three days from now. */
  const closed = () => UpgradeGuard.enforce({
    window: MaintenanceWindow.weekly({ days: [DAYS[(new Date().getUTCDay() + 3) % 7]], start: '02:00', duration: Duration.hours(1) }),
  });
  const open = UpgradeGuard.enforce({ window: MaintenanceWindow.weekly({ days: DAYS, start: '00:00', duration: Duration.hours(24) }) });

  test('outside its window a version is refused, with the next opening; what moves nothing passes, and so does the version in a window', async () => {
    await platform.put({ version: '1.35', upgradeGuard: closed() });
    const before = await platform.versions();

    const refused = await platform.deploy({ version: '1.36', upgradeGuard: closed() });

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toMatch(/the control plane[^]*may only be updated in a maintenance window[^]*the next one opens on [^]*02:00/);
    expect(refused.done.filter(({ type }) => type.startsWith('AWS::EKS'))).toEqual([]);
    expect(await platform.versions()).toEqual(before);

    expect(await platform.put({ version: '1.35', maxSize: 5, upgradeGuard: closed() })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await platform.nodeGroup('Workers')).toMatchObject({ config: { scalingConfig: { maxSize: 5 } } });

    expect(await platform.put({ version: '1.36', maxSize: 5, upgradeGuard: open })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', nodes: { Workers: '1.36 1.36.2-20260714' } });
  });

  describe('rollout', () => {
    let client: EC2Client;
    beforeAll(() => { client = new EC2Client(cloud().clientConfig); });
    afterAll(() => client.destroy());

    const rolling = (rollout: string, upgradeGuard?: UpgradeGuard): PlatformProps => ({
      version: '1.36',
      upgradeGuard,
      also: (stack, cluster) => {
        const template = new ec2.LaunchTemplate(stack, 'Template');
        cluster.addManagedNodeGroup('Rolling', {
          instanceTypes: [new ec2.InstanceType('m7i.large')],
          launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
          rollout,
        });
      },
    });

    async function tags(): Promise<unknown[]> {
      const { config } = await platform.nodeGroup('Rolling');
      const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: config!.launchTemplate.id });
      const { LaunchTemplateVersions = [] } = await client.send(command);
      return LaunchTemplateVersions.map(({ LaunchTemplateData }) =>
        LaunchTemplateData?.TagSpecifications?.flatMap(({ Tags = [] }) => Tags).find(
          ({ Key }) => Key === 'cdk-eks-upgrades:rollout',
        )?.Value).reverse();
    }

    test('another token rolls the nodes of its group by a new version of the launch template, and nothing else; but not outside of a window', async () => {
      await platform.put(rolling('ca-2026'));
      const before = await platform.versions();
      expect(await platform.nodeGroup('Rolling')).toMatchObject({ config: { launchTemplate: { version: '1' } } });

      const refused = await platform.deploy(rolling('ca-2028', closed()));
      expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect(refused.output).toMatch(/node group ClusterNodegroupRolling\S* may only be updated in a maintenance window/);
      expect(await platform.nodeGroup('Rolling')).toMatchObject({ config: { launchTemplate: { version: '1' } } });

      // as by --method=direct, where CloudFormation tells nothing of launch templates
      const direct = await platform.put(rolling('ca-2028', closed()));
      expect(direct).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect(direct.steps.map(({ reason }) => reason).join()).toMatch(
        /node group ClusterNodegroupRolling\S* may only be updated in a maintenance window/,
      );
      expect(await platform.put({ ...rolling('ca-2026', closed()), maxSize: 5 })).toMatchObject({ status: 'UPDATE_COMPLETE' });

      const deployed = await platform.deploy({ ...rolling('ca-2028'), maxSize: 5 });
      expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
      expect(
        deployed.done.filter(({ type }) => type.startsWith('AWS::EKS')).map(({ type, properties }) => `${type} ${properties}`),
      ).toEqual(['AWS::EKS::Nodegroup LaunchTemplate']);
      expect(await tags()).toEqual(['ca-2026', 'ca-2028']); // what was refused has left none
      expect(await platform.nodeGroup('Rolling')).toMatchObject({ config: { launchTemplate: { version: '2' } } });
      expect(await platform.versions()).toEqual(before);

      expect(await platform.put({ ...rolling('ca-2028'), maxSize: 5 })).toMatchObject({ status: 'UPDATE_COMPLETE', steps: [] });
    });
  });

  test('a minor is taken back by the command, without an edit of the app, and up again', async () => {
    cloud().eks.catalog.offerOlderKubeProxy();
    const cwd = await mkdtemp(join(tmpdir(), 'rollback-'));
    await writeFile(join(cwd, 'cdk.json'), '{}'); // the folder of an app: what is written here is read
    const context = async (): Promise<Record<string, unknown>> => JSON.parse(
      await readFile(join(cwd, 'cdk.context.json'), 'utf8').catch(() => '{}'),
    );
    const rollback = async (...args: string[]) => runProcess(process.execPath,
      [
        COMMAND, 'rollback', platform.stack, '--app', platform.synth({ version: '1.36', context: await context() }), ...args,
      ], { cwd, env: cloud().environment });
    const deploy = async () => platform.deploy({ version: '1.36', context: await context() });
    await platform.put({ version: '1.35' });
    await platform.put({ version: '1.36' });
    const up = await platform.versions();

    expect(await rollback()).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/1\.36 → 1\.35, in two deployments[^]*now: node group Cluster\/NodegroupArm \(ClusterNodegroupArm/),
    });
    expect(await deploy()).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.35 1.35.2-20260714', Workers: '1.35 1.35.2-20260714' },
    });

    expect(await rollback()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1.36 → 1.35, in one deployment') });
    expect(await deploy()).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({
      cluster: '1.35', nodes: { Arm: '1.35 1.35.2-20260714', Workers: '1.35 1.35.2-20260714' },
    });

    expect(await rollback()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('runs 1.35: it went back') });
    expect(await rollback('--end')).toMatchObject({ exitCode: 0 });
    expect(await context()).toEqual({});
    expect(await deploy()).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toEqual(up);
    await rm(cwd, { recursive: true });
  });
});
