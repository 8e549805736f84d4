import { EKSClient, UpdateClusterVersionCommand } from '@aws-sdk/client-eks';
import type { CfnResource } from 'aws-cdk-lib';
import { Platform } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { deprecatedApi } from '../aws/sample-insights';

describeDeployments('the guard in a deployment', (cloud) => {
  let platform: Platform;
  let stacks = 0;
  beforeAll(async () => cloud().bootstrap());
  beforeEach(() => { platform = new Platform(cloud(), `Guarded${++stacks}`); });
  afterEach(async () => {
    platform.dispose();
    await cloud().aws.clearFaults();
  });

  const controlPlaneMoves = () => cloud().aws.requests.filter(({ action }) => action === 'UpdateClusterVersion').length;

  test('refuses for an insight, before anything of EKS moves; when it is dealt with, the same deployment passes', async () => {
    await platform.put({ version: '1.35' });
    const cluster = await platform.cluster();
    const before = await platform.versions();
    const moves = controlPlaneMoves();
    cluster.insights = [deprecatedApi({ kubernetesVersion: '1.36', usage: '/apis/batch/v1beta1/cronjobs' })];

    const refused = await platform.deploy({ version: '1.36' });

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toContain('Deprecated APIs removed in Kubernetes v1.36');
    expect(refused.output).toContain('/apis/batch/v1beta1/cronjobs');
    expect(refused.done.filter(({ type }) => type.startsWith('AWS::EKS'))).toEqual([]);
    expect(controlPlaneMoves()).toBe(moves);
    expect(await platform.versions()).toEqual(before);

    cluster.insights = [deprecatedApi({ kubernetesVersion: '1.36', usage: '/apis/batch/v1beta1/cronjobs', clientStats: [] })];
    const accepted = await platform.diffAndDeploy({ version: '1.36' });
    expect(accepted).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' },
    });
    expectAsToldByDiff(accepted);
  });

  test('refuses two minors at once, and names the path', async () => {
    await platform.put({ version: '1.34' });

    const refused = await platform.deploy({ version: '1.36' });

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toMatch(/1\.34 → 1\.35 → 1\.36|1\.35 first/);
    expect(await platform.versions()).toMatchObject({ cluster: '1.34' });
  });

  test('refuses when it may not read insights, naming the permission', async () => {
    await platform.put({ version: '1.35' });
    cloud().aws.fail({ service: 'eks', action: 'ListInsights', fault: 'accessDenied' });

    const refused = await platform.deploy({ version: '1.36' });

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toContain('eks:ListInsights');
    expect(await platform.versions()).toMatchObject({ cluster: '1.35' });
  });

  test('is patient with throttling, of itself and of the control plane', async () => {
    await platform.put({ version: '1.35' });
    cloud().aws.fail({ service: 'eks', action: 'ListInsights', fault: 'throttled', times: 2 });
    cloud().aws.fail({ service: 'eks', action: 'ListNodegroups', fault: 'throttled', times: 2 });

    expect(await platform.put({ version: '1.36' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36' });
  });

  test('lets a cluster through that was upgraded in the console, and everything else follows', async () => {
    await platform.put({ version: '1.35' });
    const { name } = await platform.cluster();
    await new EKSClient(cloud().aws.clientConfig('eks')).send(new UpdateClusterVersionCommand({ name, version: '1.36' }));
    const moves = controlPlaneMoves();

    const deployed = await platform.deploy({ version: '1.36' });

    expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(controlPlaneMoves()).toBe(moves);
    expect(await platform.versions()).toMatchObject({
      cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' },
    });
  });

  test('costs a deployment that moves no version next to nothing: no insight is read', async () => {
    await platform.put({ version: '1.35' });
    cloud().aws.clearRequests();

    const deployed = await platform.diffAndDeploy({
      version: '1.35',
      also: (_, cluster) => (cluster.node.findChild('NodegroupArm').node.defaultChild as CfnResource).addPropertyOverride('Labels.team', 'a'),
    });

    expect(deployed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(cloud().aws.requests.map(({ action }) => action)).not.toContain('ListInsights');
    expectAsToldByDiff(deployed);
  });

  test('a size that changes beside the version is refused before the control plane moves, and named', async () => {
    await platform.put({ version: '1.35' });

    const refused = await platform.deploy({ version: '1.36', maxSize: 9 });

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toContain('ScalingConfig');
    expect(await platform.versions()).toMatchObject({ cluster: '1.35' });
  });

  test('does not let a new release of the old minor take nodes back that were upgraded on the console; the way that it names goes on', async () => {
    await platform.put({ version: '1.35' });
    const cluster = await platform.cluster();
    cluster.version = '1.36';
    cluster.nodegroups.forEach((group) => Object.assign(group, { version: '1.36', releaseVersion: '1.36.2-20260714' }));
    const live = { cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' } };
    cloud().aws.publishAmis({ minors: ['1.35'], date: '2026-07-28' });

    const refused = await platform.deploy({ version: '1.35' });

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toContain('node-group-version');
    expect(await platform.versions()).toMatchObject(live);

    expect(await platform.deploy({ version: '1.36' })).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(live);
    expect(await platform.deploy({ version: '1.36', maxSize: 9 })).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
  });
});
