import type { HandlerBench } from './handler-bench';
import { expectRefusal, findingsIn, guard, guardEvent, putCluster, putStack, startGuardBench } from './handler-guard-bench';
import { launchActivity } from '../aws/auto-scaling';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

/** A newer AMI for `workers`, and nothing else. */
async function roll() {
  const { version } = bench.aws.eks.cluster('prod');
  const groups = (Version: string, ReleaseVersion: string) => [{ LogicalId: 'Workers', Name: 'workers', Version, ReleaseVersion }];
  const before = { TargetVersion: version, NodeGroups: groups('1.35', '1.35.3-20261104') };
  return bench.serve(guardEvent(bench, { ...before, NodeGroups: groups('1.35', '1.35.9-20261118') }, {}, before));
}

function putNodes(subnets: Readonly<Record<string, number>>) {
  const cluster = putCluster(bench, {
    subnets, nodegroups: [{ name: 'workers', config: { subnets: Object.keys(subnets), instanceTypes: ['m7i.large'] } }],
  });
  bench.aws.publishAmis({ minors: ['1.35'], date: '2026-11-18', patch: 9 });
  return cluster;
}

test('a new AMI is rolled where there is room', async () => {
  putNodes({ 'subnet-a': 200, 'subnet-b': 200 });
  expect(await roll()).toMatchObject({ Status: 'SUCCESS' });
  expect(findingsIn(bench).filter((id) => id.startsWith('node-'))).toEqual([]);
});

test('it is refused before CloudFormation touches the node group where no new node finds an address', async () => {
  putNodes({ 'subnet-a': 0, 'subnet-b': 0 });
  expectRefusal(bench, await roll(), 'node-addresses:workers', { reason: 'none', data: { least: 1 } });
  expect(bench.aws.mutatingCalls()).toEqual([]);
});

test('it is refused, in the words of AWS, where none of the last launches succeeded', async () => {
  putNodes({ 'subnet-a': 200, 'subnet-b': 200 });
  const ended = bench.aws.clock.now();
  const words = 'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state. Launching EC2 instance failed.';
  bench.aws.autoScaling.group('eks-workers').activities.push(
    launchActivity('eks-workers', ended, words), launchActivity('eks-workers', ended, words),
  );
  expectRefusal(bench, await roll(), 'node-group-launches:workers', {
    reason: 'noneLaunches', data: { count: 2, why: expect.stringContaining('Client.InvalidKMSKey.InvalidState: The KMS key provided') },
  });
});

test('a failed update, a lacking zone and a quota are warnings', async () => {
  const cluster = putNodes({ 'subnet-a': 200, 'subnet-b': 200 });
  cluster.updates.push({
    nodegroupName: 'workers',
    update: {
      id: '1',
      type: 'VersionUpdate',
      status: 'Failed',
      createdAt: bench.aws.clock.now(),
      errors: [{ errorCode: 'PodEvictionFailure', errorMessage: 'no' }],
    },
  });
  bench.aws.ec2.stopOffering('m7i.large', 'usw2-az1');
  bench.aws.serviceQuotas.quotas.set('L-1216C47A', { name: 'Running On-Demand Standard instances', value: 4 });
  expect(await roll()).toMatchObject({ Status: 'SUCCESS' });
  expect(findingsIn(bench)).toEqual(
    expect.arrayContaining(['node-group-last-update:workers', 'instance-types-offered:workers', 'instance-quota']),
  );
});

test('what is accepted refuses nothing', async () => {
  putNodes({ 'subnet-a': 0, 'subnet-b': 0 });
  const { version } = bench.aws.eks.cluster('prod');
  const properties = {
    TargetVersion: version,
    Ignore: ['node-addresses'],
    NodeGroups: [
      { LogicalId: 'Workers', Name: 'workers', Version: '1.35', ReleaseVersion: '1.35.9-20261118', Digests: {} },
    ],
  };
  expect(await guard(bench, properties)).toMatchObject({ Status: 'SUCCESS' });
  expect(findingsIn(bench, 'acceptedFinding')).toContain('node-addresses:workers');
});

test('what does not roll is not looked at', async () => {
  putNodes({ 'subnet-a': 200, 'subnet-b': 200 });
  await guard(bench);
  expect(bench.calledActions.filter((action) => /^(autoscaling|servicequotas):/.test(action))).toEqual([]);
});

describe('node groups that wait for each other need room one after the other', () => {
  const RUNNING = { Version: '1.35', ReleaseVersion: '1.35.3-20261104' };

  async function rollBoth(After: string[]) {
    const subnets = { 'subnet-a': 45, 'subnet-b': 45 };
    const config = { subnets: Object.keys(subnets), instanceTypes: ['m7i.large'] };
    putCluster(bench, { subnets, nodegroups: ['a', 'b'].map((name) => ({ name, config })) });
    const scalingConfig = { minSize: 1, maxSize: 3, desiredSize: 2 };
    ['a', 'b'].forEach((nodegroupName) => bench.aws.eks.actions.UpdateNodegroupConfig({ clusterName: 'prod', nodegroupName, scalingConfig }));
    bench.aws.clock.advance(1_800_000);
    bench.aws.publishAmis({ minors: ['1.35'], date: '2026-11-18', patch: 9 });
    bench.aws.serviceQuotas.quotas.set('L-1216C47A', { name: 'Running On-Demand Standard instances', value: 16 });
    putStack(bench, 'UPDATE_IN_PROGRESS', ['a', 'b'].map((name) => (
      { logicalId: name.toUpperCase(), type: 'AWS::EKS::Nodegroup', physicalId: `prod/${name}` })));
    const app = (running: typeof RUNNING) => ({
      TargetVersion: '1.35', NodeGroups: [{ LogicalId: 'A', ...running }, { LogicalId: 'B', After, ...running }],
    });
    return bench.serve(guardEvent(bench, app({ ...RUNNING, ReleaseVersion: '1.35.9-20261118' }), {}, app(RUNNING)));
  }

  const room = () => findingsIn(bench).filter((id) => /^(node-addresses|instance-quota)/.test(id));

  test('without an order, both at once', async () => {
    expect(await rollBoth([])).toMatchObject({ Status: 'SUCCESS' });
    expect(room()).toEqual(['node-addresses:b', 'instance-quota']);
  });

  test('with upgradeAfter, also where the guard has no schedule', async () => {
    expect(await rollBoth(['A'])).toMatchObject({ Status: 'SUCCESS' });
    expect(room()).toEqual([]);
    expect(bench.calledActions.filter((action) => action === 'cloudformation:DescribeStackResource')).toEqual([]);
  });
});
