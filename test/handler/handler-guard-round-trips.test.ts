/**
 * How many round trips to AWS the guard makes one after the other: what a deployment waits for, however fast the function is.
 */
import type { HandlerBench } from './handler-bench';
import { bakeOf, guard, guardEvent, putCluster, putStack, startGuardBench, type AppNodeGroup, type GuardedApp } from './handler-guard-bench';
import { Waves } from '../aws/waves';

const HOUR = 3_600_000;

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

const GROUPS = ['workers', 'batch', 'gpu'];
const ADD_ONS = ['vpc-cni', 'kube-proxy', 'coredns', 'eks-pod-identity-agent'];

/** A cluster with a past, and an app that has it all: waves with a bake, calendar and alarm, add-ons, a launch template. */
function ordinaryMinor(version = '1.36'): GuardedApp {
  const { ec2, eks, clock, ssm, cloudWatch } = bench.aws;
  ec2.launchTemplates.putVersion('lt-0123456789abcdef0', '3', { instanceType: 'm7i.large' });
  const launchTemplate = { id: 'lt-0123456789abcdef0', version: '3' };
  putCluster(bench, {
    nodegroups: GROUPS.map((name) => ({ name, ...name === 'gpu' && { config: { launchTemplate, instanceTypes: [] } } })),
    addons: ADD_ONS.map((name) => ({ name })),
  });
  eks.actions.UpdateClusterConfig({ name: 'prod', logging: { clusterLogging: [{ types: ['api'], enabled: true }] } });
  const scalingConfig = { minSize: 1, maxSize: 3, desiredSize: 2 };
  GROUPS.forEach((nodegroupName) => eks.actions.UpdateNodegroupConfig({ clusterName: 'prod', nodegroupName, scalingConfig }));
  clock.advance(HOUR / 2);
  ssm.putCalendar('freezes', { isOpen: true });
  cloudWatch.put({ name: 'app-Errors-1X' });
  putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'Errors', type: 'AWS::CloudWatch::Alarm', physicalId: 'app-Errors-1X' }]);
  const ReleaseVersion = version === '1.35' ? '1.35.2-20261104' : '1.36.2-20261104';
  const LaunchTemplate = { Id: launchTemplate.id, Version: launchTemplate.version };
  const nodeGroup = (Name: string): AppNodeGroup => ({
    LogicalId: Name, Name, Version: version, ReleaseVersion, Others: { AmiType: 'AL2023_x86_64_STANDARD', ...Name === 'gpu' && { LaunchTemplate } },
  });
  return {
    TargetVersion: version,
    NodeGroups: GROUPS.map((name) => ({ ...nodeGroup(name), After: name === 'batch' ? ['workers'] : [] })),
    AddOns: ADD_ONS.map((Name) => ({ Name, Policy: 'recommended' })),
    WaitForOngoingUpdateSeconds: '600',
    Schedule: { Calendar: 'freezes', Alarms: [{ LogicalId: 'Errors' }] },
    Others: { Bake: bakeOf('workers', '600') },
  };
}

test('an ordinary minor takes six: stack, change set, cluster, parts, what is beside them, and what that refers to', async () => {
  const app = ordinaryMinor();
  const { passed } = bench.aws.waves = new Waves();

  expect(await guard(bench, app)).toMatchObject({ Status: 'SUCCESS' });

  expect(passed.map((wave) => [...new Set(wave)])).toEqual([
    ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources'],
    ['cloudformation:DescribeChangeSet'],
    expect.arrayContaining(['eks:DescribeCluster', 'eks:ListAddons', 'eks:ListInsights', 'eks:ListNodegroups', 'eks:ListUpdates']),
    expect.arrayContaining(['ec2:DescribeSubnets', 'eks:DescribeAddon', 'eks:DescribeNodegroup', 'eks:DescribeUpdate']),
    expect.arrayContaining(['eks:DescribeAddonVersions', 'eks:DescribeClusterVersions', 'eks:ListUpdates', 'ssm:GetCalendarState']),
    expect.arrayContaining(['ec2:DescribeInstanceTypes', 'eks:DescribeUpdate']),
  ]);
});

test('each question is asked once', async () => {
  expect(await guard(bench, ordinaryMinor())).toMatchObject({ Status: 'SUCCESS' });

  const asked = bench.aws.requests.map(({ service, action, input }) => `${service}:${action} ${JSON.stringify(input)}`);
  expect(asked.filter((question, index) => asked.indexOf(question) !== index)).toEqual([]);
});

test('without a change set it takes six as well, with what launch templates hold', async () => {
  const app = ordinaryMinor();
  putStack(bench, 'UPDATE_IN_PROGRESS', [
    { logicalId: 'Errors', type: 'AWS::CloudWatch::Alarm', physicalId: 'app-Errors-1X' },
    { logicalId: 'gpuTemplate', type: 'AWS::EC2::LaunchTemplate', physicalId: 'lt-0123456789abcdef0' },
  ], { changeSet: undefined });
  const event = guardEvent(bench, app);
  const { passed } = bench.aws.waves = new Waves();

  expect(await bench.serve(event)).toMatchObject({ Status: 'SUCCESS' });

  expect(passed.length).toBeLessThanOrEqual(6);
  expect(passed.flat()).not.toContain('cloudformation:DescribeChangeSet');
});

test('a deployment that moves nothing takes two, and asks EKS nothing', async () => {
  const app = ordinaryMinor('1.35');
  const { passed } = bench.aws.waves = new Waves();

  expect(await guard(bench, app)).toMatchObject({ Status: 'SUCCESS' });

  expect(passed).toHaveLength(2);
  expect(passed.flat().filter((action) => !action.startsWith('cloudformation:'))).toEqual([]);
});
