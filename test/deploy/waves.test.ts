import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CfnCondition, CfnResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ENV, synthesize } from './assembly';
import type { Done } from './bench-server';
import { makeSubnets } from './histories/make-subnets';
import { vpcOf } from './histories/synthesise';
import { Platform } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { AmiTracking, UpgradableCluster, type BakeOptions, type ManagedNodeGroupOptions } from '../../src';

const ALARM = 'checkout-errors';
const MINORS = ['1.33', '1.34', '1.35', '1.36', '1.37'];

function alarmIn(stack: Stack): cloudwatch.Alarm {
  const metric = new cloudwatch.Metric({ namespace: 'Checkout', metricName: 'Errors' });
  return new cloudwatch.Alarm(stack, 'Errors', { alarmName: ALARM, metric, threshold: 1, evaluationPeriods: 1 });
}

/** One canary, which bakes before the others roll. */
function canary(options: Partial<BakeOptions> = {}) {
  return (stack: Stack, cluster: UpgradableCluster) => {
    const group = cluster.addManagedNodeGroup('Canary', { instanceTypes: [new ec2.InstanceType('m7i.large')], maxSize: 2 });
    return [group.baked({ duration: Duration.seconds(3), alarms: [alarmIn(stack)], ...options })];
  };
}

describeDeployments('a canary that bakes', (cloud) => {
  let platform: Platform;
  let stacks = 0;
  let day = 0;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `Waves${++stacks}`); });
  afterEach(() => platform.dispose());

  const publishNewAmis = () => cloud().aws.publishAmis({ minors: MINORS, date: `2026-08-${String(++day).padStart(2, '0')}` });
  const rolled = (done: readonly Done[]) => done.filter(({ type }) => type === 'AWS::EKS::Nodegroup').map(
    ({ logicalId }) => shortId(logicalId),
  );
  const nodesOf = async () => (await platform.versions()).nodes;

  /** A stack with the alarm quiet, and a newer AMI release for all of its node groups. */
  async function beforeNewAmis(upgradeAfter = canary()): Promise<void> {
    await platform.put({ version: '1.35', upgradeAfter });
    await cloud().setAlarm(ALARM, 'OK');
    publishNewAmis();
  }

  test('passes at once when it is created, and when nothing moves', async () => {
    const hour = canary({ duration: Duration.minutes(59) });
    expect(await platform.put({ version: '1.35', upgradeAfter: hour })).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await platform.put({ version: '1.35', upgradeAfter: hour, maxSize: 5 })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await platform.put({
      version: '1.35', upgradeAfter: canary({ duration: Duration.minutes(58) }), maxSize: 5,
    })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  });

  test('with an alarm whose condition does not hold, it deploys without the alarm', async () => {
    const conditional = {
      upgradeAfter: (stack: Stack, cluster: UpgradableCluster) => {
        const bakes = canary()(stack, cluster);
        const { node: { defaultChild: watching } } = stack.node.findChild('Errors');
        const expression = Fn.conditionEquals(stack.region, 'nowhere');
        (watching as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'Watched', { expression });
        return bakes;
      },
    };
    expect(await platform.put({ version: '1.35', ...conditional })).toMatchObject({ status: 'CREATE_COMPLETE' });
    publishNewAmis();
    expect(await platform.put({ version: '1.35', ...conditional })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  });

  test('lets the others roll when its time is over and all is well', async () => {
    await beforeNewAmis();
    const start = Date.now();

    const deployed = await platform.diffAndDeploy({ version: '1.35', upgradeAfter: canary() });

    expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(deployed);
    expect(Date.now() - start).toBeGreaterThan(3_000);
    const ended = deployed.done.filter(({ type }) => ['AWS::EKS::Nodegroup', 'Custom::EksBake'].includes(type)).map(
      ({ logicalId }) => shortId(logicalId),
    );
    expect(ended.slice(0, 2)).toEqual(['NodegroupCanary', 'NodegroupCanaryBake']);
    expect(ended.slice(2, 4).sort()).toEqual(['NodegroupArm', 'NodegroupWorkers']);
    expect(new Set(Object.values(await nodesOf())).size).toBe(1);
  });

  test('fails when an alarm fires meanwhile: nothing else has rolled, and the canary goes back', async () => {
    const watched = canary({ duration: Duration.seconds(5) });
    await beforeNewAmis(watched);
    const before = await nodesOf();

    const deploying = platform.deploy({ version: '1.35', upgradeAfter: watched });
    await until(() => cloud().done.some(({ logicalId, action }) => shortId(logicalId) === 'NodegroupCanary' && action === 'update'));
    await cloud().setAlarm(ALARM, 'ALARM');
    const deployed = await deploying;

    expect(deployed).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(deployed.output).toMatch(
      /the bake of node group \S+ \(Kubernetes 1\.35, release \S+\) failed \d+ seconds? into its 5 seconds: alarm checkout-errors is in ALARM: as the/,
    );
    expect(rolled(deployed.done)).toEqual(['NodegroupCanary', 'NodegroupCanary']); // there and back
    expect(await nodesOf()).toEqual(before);

    await cloud().setAlarm(ALARM, 'OK');
    const again = await platform.put({ version: '1.35', upgradeAfter: canary({ duration: Duration.seconds(1) }) });
    expect(again).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await nodesOf()).not.toEqual(before);
  });

  test('fails at once for a health issue of the canary', async () => {
    const hour = canary({ duration: Duration.minutes(59) });
    await beforeNewAmis(hour);
    const group = await platform.nodeGroup('Canary');
    const { releaseVersion: healthy } = group;
    const issue = { code: 'NodeCreationFailure', message: 'Unhealthy nodes in the kubernetes cluster', resourceIds: ['i-0123'] } as const;
    Object.defineProperty(group, 'issues', { get: () => group.releaseVersion === healthy ? [] : [issue] });

    const failed = await platform.put({ version: '1.35', upgradeAfter: hour });

    expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failed.steps.find(({ status }) => status === 'UPDATE_FAILED')?.reason)
      .toMatch(/into its 59 minutes: NodeCreationFailure: Unhealthy nodes in the kubernetes cluster; /);
  });

  test('fails at once when somebody stops its execution, which cannot answer then', async () => {
    const hour = canary({ duration: Duration.minutes(59) });
    await beforeNewAmis(hour);
    const before = await nodesOf();

    const deploying = platform.put({ version: '1.35', upgradeAfter: hour });
    await cloud().stopBake('seen enough');
    const failed = await deploying;

    expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failed.steps.find(({ status }) => status === 'UPDATE_FAILED')?.reason).toMatch(
      /into its 59 minutes: its execution was stopped; /,
    );
    expect(await nodesOf()).toEqual(before);
  });

  test('does not bake in the rollback of what failed after it', async () => {
    await beforeNewAmis(canary({ duration: Duration.minutes(59) })); // for which the rollback would have to wait
    const before = await nodesOf();
    (await platform.nodeGroup('Workers')).cannotDrain = true;

    const failed = await platform.put({ version: '1.35', upgradeAfter: canary({ duration: Duration.seconds(1) }) });

    expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await nodesOf()).Canary).toBe(before.Canary);
  });
});

describeDeployments('a control plane that bakes', (cloud) => {
  let platform: Platform;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), 'Baked'); });
  afterEach(() => platform.dispose());

  const controlPlaneBake = { duration: Duration.seconds(1) };

  test('that falls ill keeps all nodes where they are; when it is well again, the next deployment goes all the way', async () => {
    await platform.put({ version: '1.35', controlPlaneBake });
    const cluster = await platform.cluster();
    const before = await platform.versions();
    const issue = {
      code: 'InsufficientFreeAddresses',
      message: 'One or more of the subnets does not have enough available IP addresses',
      resourceIds: [],
    };
    Object.defineProperty(cluster, 'issues', { configurable: true, get: () => cluster.version === '1.36' ? [issue] : [] });

    const failed = await platform.deploy({ version: '1.36', controlPlaneBake });

    expect(failed).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(failed.output).toMatch(
      /the bake of the control plane of \S+ \(Kubernetes 1\.36\) failed .*: InsufficientFreeAddresses: One or more of the subnets/,
    );
    expect(failed.output).toContain('which stays at 1.36');
    expect(failed.done.filter(({ type }) => ['AWS::EKS::Nodegroup', 'AWS::EKS::Addon'].includes(type))).toEqual([]);
    expect(await platform.versions()).toEqual({ ...before, cluster: '1.36' });

    Object.defineProperty(cluster, 'issues', { value: [] });
    cloud().done.length = 0;
    expect(await platform.put({ version: '1.36', controlPlaneBake })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    const order = cloud().done.map(({ type }) => type).filter((type) => type === 'Custom::EksBake' || type === 'AWS::EKS::Nodegroup');
    expect(order).toEqual(['Custom::EksBake', 'AWS::EKS::Nodegroup', 'AWS::EKS::Nodegroup']);
    expect((await platform.versions()).nodes).toEqual({ Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' });
  });
});

describeDeployments('a release that is bad in one Region', (cloud) => {
  const [GOOD, BAD] = ['1.36.2-20260714', '1.36.2-20260728'];
  /** Ten nodes in each cluster. */
  const [CANARIES, WORKERS] = [1, 9];
  const WAVES = [['West0'], ['West1', 'East0'], ['West2', 'East1', 'East2']];

  let subnets: string[];
  /** Nodes of the Region that have run the release. */
  let reached: number;
  /** What went wrong where no node is unwell. */
  const surprises: string[] = [];
  beforeAll(async () => {
    await cloud().bootstrap();
    cloud().aws.publishAmis({ minors: ['1.36'], date: '2026-07-28' });
    subnets = await makeSubnets(cloud());
  });

  const isInRegion = (name: string) => name.startsWith('East');
  const inRegion = WAVES.flat().filter(isInRegion);

  async function deploy(name: string, release: string, bakes: boolean): Promise<string> {
    const folder = synthesize(cloud().aws, (app) => {
      const stack = new Stack(app, name, { env: ENV });
      const cluster = new UpgradableCluster(stack, 'Cluster', {
        version: eks.KubernetesVersion.V1_36,
        vpc: vpcOf(stack, { subnets }),
        vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
        defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
        defaultCapacity: 0,
      });
      const nodes = (desiredSize: number): ManagedNodeGroupOptions =>
        ({
          instanceTypes: [new ec2.InstanceType('m7i.large')], amiTracking: AmiTracking.pinned(release), desiredSize, maxSize: desiredSize,
        });
      const first = cluster.addManagedNodeGroup('Canary', nodes(CANARIES));
      cluster.addManagedNodeGroup('Workers', {
        ...nodes(WORKERS), upgradeAfter: bakes ? [first.baked({ duration: Duration.seconds(1) })] : [],
      });
    });
    await cloud().publishAssets(folder);
    const template = JSON.parse(readFileSync(join(folder, `${name}.template.json`), 'utf8'));
    rmSync(folder, { recursive: true });
    const { status, steps } = await cloud().stacks.deploy(name, template);
    const failed = steps.filter(({ status: each }) => each.endsWith('_FAILED'));
    if (!isInRegion(name)) surprises.push(...failed.map(({ logicalId, reason }) => `${name}/${logicalId}: ${reason}`));
    return status;
  }

  /** From now on the nodes of a cluster are unwell with the bad release. */
  async function fallIll(name: string): Promise<void> {
    const ids = Object.values(await cloud().stacks.resources(name));
    const cluster = cloud().eks.cluster(ids.find((id) => cloud().eks.clusters.has(id))!);
    const issue = { code: 'NodeCreationFailure', message: 'Unhealthy nodes in the kubernetes cluster', resourceIds: [] };
    for (const group of cluster.nodegroups.values()) {
      let { releaseVersion } = group;
      Object.defineProperty(group, 'issues', { get: () => releaseVersion === BAD ? [issue] : [] });
      Object.defineProperty(group, 'releaseVersion', {
        enumerable: true,
        get: () => releaseVersion,
        set: (release: string) => {
          releaseVersion = release;
          if (release === BAD) reached += group.name.includes('Canary') ? CANARIES : WORKERS;
        },
      });
    }
  }

  const atOnce = async (names: readonly string[], release: string, bakes: boolean) =>
    Promise.all(names.map(async (name) => deploy(name, release, bakes)));

  test('reaches one node in waves with bakes, three with bakes alone, and all thirty of the Region with neither', async () => {
    expect(new Set(await atOnce(WAVES.flat(), GOOD, true))).toEqual(new Set(['CREATE_COMPLETE']));
    await Promise.all(inRegion.map(fallIll));

    reached = 0;
    const inWaves: Record<string, string> = {};
    for (const wave of WAVES) {
      const statuses = await Promise.all(wave.map(async (name) => inWaves[name] = await deploy(name, BAD, true)));
      if (statuses.some((status) => status !== 'UPDATE_COMPLETE')) break;
    }
    expect(surprises).toEqual([]);
    expect(inWaves).toEqual({ West0: 'UPDATE_COMPLETE', West1: 'UPDATE_COMPLETE', East0: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(reached).toBe(1);

    reached = 0;
    expect(new Set(await atOnce(inRegion, BAD, true))).toEqual(new Set(['UPDATE_ROLLBACK_COMPLETE']));
    expect(reached).toBe(3);

    reached = 0;
    expect(new Set(await atOnce(inRegion, BAD, false))).toEqual(new Set(['UPDATE_COMPLETE']));
    expect(reached).toBe(30);
  });
});

const shortId = (logicalId: string) => logicalId.replace(/^Cluster/, '').replace(/[0-9A-F]{8}$/, '');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}
