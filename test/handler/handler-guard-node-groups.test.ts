import type { HandlerBench } from './handler-bench';
import { expectRefusal, findingIn, findingsIn, guard, guardEvent, putCluster, startGuardBench, type AppNodeGroup, type GuardedApp } from './handler-guard-bench';
import type { NodegroupRecord } from '../aws/eks-region';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

describe('a node group with an issue', () => {
  const ROLLED: GuardedApp = {
    TargetVersion: '1.36',
    NodeGroups: [{ LogicalId: 'Workers', Name: 'workers', Version: '1.36', ReleaseVersion: '1.36.2-20261104', Others: {} }],
  };
  const UNTOUCHED: GuardedApp = { TargetVersion: '1.36' };

  function putWorkers(code: NonNullable<NodegroupRecord['issues'][number]['code']>, more: Partial<NodegroupRecord> = {}) {
    putCluster(bench, {
      nodegroups: [{ name: 'workers', status: 'DEGRADED', issues: [{ code, message: 'something is wrong' }], ...more }],
    });
  }

  describe.each([['that is rolled', ROLLED], ['that nobody touches', UNTOUCHED]] as const)('%s', (_, app) => {
    test.each(['IamNodeRoleNotFound', 'Ec2LaunchTemplateNotFound', 'AutoScalingGroupNotFound', 'Ec2SubnetNotFound'] as const)(
      'is refused for what no release cures, before the control plane moves: %s', async (code) => {
        putWorkers(code);
        expectRefusal(bench, await guard(bench, app), 'node-group-health:workers', {
          reason: expect.stringMatching(/^(broken|incurable)$/), data: expect.objectContaining({ status: 'DEGRADED' }),
        });
        expect(JSON.stringify(findingIn(bench, 'node-group-health:workers'))).toContain(code);
      });

    test.each(['AsgInstanceLaunchFailures', 'InstanceLimitExceeded', 'InsufficientFreeAddresses', 'ClusterUnreachable'] as const)(
      'is a warning for what EKS itself lets through: %s', async (code) => {
        putWorkers(code);
        expect(await guard(bench, app)).toMatchObject({ Status: 'SUCCESS' });
        expect(findingsIn(bench)).toContain('node-group-health:workers');
      });
  });

  test('is a warning where the new release may be the cure, and refused where nobody moves it to one', async () => {
    putWorkers('NodeCreationFailure');
    expect(await guard(bench, ROLLED)).toMatchObject({ Status: 'SUCCESS' });
    expect(findingsIn(bench)).toContain('node-group-health:workers');
    expectRefusal(bench, await guard(bench, UNTOUCHED), 'node-group-health:workers');
  });

  test('one that could not be created is refused, whatever its issue', async () => {
    putWorkers('AsgInstanceLaunchFailures', { status: 'CREATE_FAILED' });
    expectRefusal(bench, await guard(bench, ROLLED), 'node-group-health:workers', { reason: 'broken', data: expect.objectContaining({ status: 'CREATE_FAILED' }) });
  });

  test('is refused for its own roll alone, too', async () => {
    putWorkers('IamNodeRoleNotFound', { releaseVersion: '1.35.2-20261001' });
    const rolled = {
      TargetVersion: '1.35', NodeGroups: [{ ...ROLLED.NodeGroups![0], Version: '1.35', ReleaseVersion: '1.35.2-20261104' }],
    };
    expectRefusal(bench, await guard(bench, rolled), 'node-group-health:workers');
  });
});

describe('a new node group', () => {
  const WORKERS: AppNodeGroup = { LogicalId: 'Gpu', Version: '1.35', Others: { AmiType: 'AL2023_x86_64_NVIDIA' } };

  async function create(ReleaseVersion: string, more: Partial<AppNodeGroup> = {}) {
    return bench.serve(
      guardEvent(bench, { TargetVersion: '1.35', NodeGroups: [{ ...WORKERS, ReleaseVersion, ...more }] }, {}, { TargetVersion: '1.35' }),
    );
  }

  test('is refused with a release that AWS does not publish, and the reason names one that it does', async () => {
    expectRefusal(bench, await create('1.35.2-20261103'), 'release-published:Gpu', {
      reason: 'unpublished',
      data: {
        releaseVersion: '1.35.2-20261103', amiType: 'AL2023_x86_64_NVIDIA', kubernetesVersion: '1.35', near: '1.35.2-20261104',
      },
    });
  });

  test('passes with one that AWS publishes', async () => {
    expect(await create('1.35.2-20261104')).toMatchObject({ Status: 'SUCCESS' });
    expect(findingsIn(bench)).not.toContain('release-published:Gpu');
  });

  test('of Windows passes with the latest release, and is a warning with another', async () => {
    const Others = { AmiType: 'WINDOWS_CORE_2022_x86_64' };
    expect(await create('1.35-2026.11.04', { Others })).toMatchObject({ Status: 'SUCCESS' });
    expect(findingsIn(bench)).not.toContain('release-published:Gpu');
    expect(await create('1.35-2026.10.01', { Others })).toMatchObject({ Status: 'SUCCESS' });
    expect(findingsIn(bench)).toContain('release-published:Gpu');
  });

  test('is refused with an AMI type that EKS does not publish for its version', async () => {
    const Others = { AmiType: 'AL2_x86_64' };
    expectRefusal(bench, await create({ Ref: 'Release' } as unknown as string, { Others }), 'ami-published:Gpu', {
      reason: 'createdWithout', data: { amiType: 'AL2_x86_64', version: '1.35' },
    });
  });

  test('is not looked at where only the deployment knows the release', async () => {
    expect(await create({ Ref: 'Release' } as unknown as string)).toMatchObject({ Status: 'SUCCESS' });
    expect(findingsIn(bench)).not.toContain('release-published:Gpu');
  });
});
