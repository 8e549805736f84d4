/**
 * What `docs/when-a-step-fails.md` says, row by row.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EKSClient, UpdateClusterVersionCommand } from '@aws-sdk/client-eks';
import { Platform } from './platform';
import { describeDeployments } from './scenario';
import type { Deployed } from './toolkit';
import type { CatalogAddonVersion } from '../aws/eks-catalog';

const BEFORE = { version: '1.35' };
const AFTER = { version: '1.36' };

const OLD_NODES = { Arm: '1.35 1.35.2-20260714', Workers: '1.35 1.35.2-20260714' };
const UPGRADED = { cluster: '1.36', nodes: { Arm: '1.36 1.36.2-20260714', Workers: '1.36 1.36.2-20260714' } };

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await sleep(50);
}

describeDeployments('when a step fails', (cloud) => {
  let platform: Platform;
  let stacks = 0;
  let offered: CatalogAddonVersion[];
  beforeAll(async () => {
    await cloud().bootstrap();
    offered = cloud().eks.catalog.addonVersions;
  });
  beforeEach(() => {
    platform = new Platform(cloud(), `Failing${++stacks}`);
    cloud().eks.catalog.addonVersions = offered;
    cloud().eks.catalog.offerOlderKubeProxy();
  });
  afterEach(async () => {
    platform.dispose();
    cloud().behaviour.readsLiveVersion = true;
    cloud().standsStill = false;
    cloud().eks.durations.nodegroup = 0;
    await cloud().aws.clearFaults();
  });

  const allowDisruption = async (allowed: boolean) => { (await platform.nodeGroup('Workers')).cannotDrain = !allowed; };

  const failures = ({ steps }: Deployed) => steps
    .filter(({ status, type }) => status.endsWith('FAILED') && type !== 'AWS::CloudFormation::Stack')
    .map(({ logicalId, status }) => `${logicalId.replace(/\w{8}$/, '')} ${status}`);

  /** The control plane and the add-ons are through, then a node group cannot drain. */
  async function failed(...args: string[]): Promise<Deployed> {
    await platform.put(BEFORE);
    await allowDisruption(false);
    return platform.deploy(AFTER, ...args);
  }

  /** What plan has the next deployment move, add-ons aside; by hand there is nothing to do, and check finds no drift. */
  async function expectToldBefore(...moved: string[]): Promise<void> {
    const { deployments, open } = await platform.told('plan');
    const steps: { kind: string; name?: string }[] = deployments.flatMap((one: any) => one.steps.map(({ step }: any) => step));
    const names = steps.filter(({ kind }) => kind !== 'add-on').map(({ name = 'control plane' }) => /Nodegroup(Workers|Arm)/.exec(name)?.[1] ?? name);
    expect(names.sort()).toEqual(moved.sort());
    expect(open.join()).not.toContain('aws eks');
    expect((await platform.told('check')).verdict.findings.map(({ check }: any) => check)).not.toContain('version-drift');
  }

  test('UPDATE_ROLLBACK_COMPLETE, cluster on the new version: the same deployment again', async () => {
    const rolledBack = await failed();

    expect(rolledBack).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(rolledBack.output).toContain('PodEvictionFailure');
    expect(failures(rolledBack)).toEqual(['ClusterNodegroupWorkers UPDATE_FAILED']);
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', nodes: OLD_NODES });

    await allowDisruption(true);
    expect(await platform.deploy(AFTER)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });

  test('the same, where CloudFormation asks EKS for the version that the cluster has: the control plane goes back first', async () => {
    cloud().behaviour.readsLiveVersion = false;
    await failed();
    await allowDisruption(true);
    const refused = await platform.deploy(AFTER);
    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toContain('Unsupported Kubernetes minor version update from 1.36 to 1.36');

    const { name } = await platform.cluster();
    await new EKSClient(cloud().aws.clientConfig('eks')).send(new UpdateClusterVersionCommand({ name, version: '1.35' }));

    expect(await platform.deploy(AFTER)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });

  test('the same: something else is deployed with the old version in the app, and the control plane stays', async () => {
    await failed();
    await allowDisruption(true);

    expect(await platform.deploy({ ...BEFORE, maxSize: 9 })).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', nodes: OLD_NODES });

    expect(await platform.deploy({ ...AFTER, maxSize: 9 })).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });

  test('UPDATE_FAILED after --no-rollback: what has succeeded stays, and the same command goes on from there, past the guard', async () => {
    cloud().behaviour.readsLiveVersion = false; // is not even asked
    const stopped = await failed('--no-rollback');

    expect(stopped).toMatchObject({ exitCode: 1, status: 'UPDATE_FAILED' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', addOns: { 'kube-proxy': 'v1.36.2-eksbuild.2' } });
    const nodes = Object.entries((await platform.versions()).nodes) as [keyof typeof OLD_NODES, string][];
    await expectToldBefore(...nodes.filter(([name, version]) => version !== UPGRADED.nodes[name]).map(([name]) => name));

    await allowDisruption(true);
    const completed = await platform.deploy(AFTER, '--no-rollback');
    expect(completed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    const PASSED = ['AWS::EKS::Cluster', 'Custom::EksUpgradeGuard'];
    expect(stopped.done.map(({ type }) => type)).toEqual(expect.arrayContaining(PASSED));
    expect(completed.done.filter(({ type }) => PASSED.includes(type))).toEqual([]);
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });

  test('UPDATE_FAILED after --no-rollback, since the guard refuses: check and plan tell what the same command goes on to move', async () => {
    await platform.put(BEFORE);
    const workers = await platform.nodeGroup('Workers');
    workers.status = 'CREATE_FAILED';
    expect(await platform.deploy(AFTER, '--no-rollback')).toMatchObject({ exitCode: 1, status: 'UPDATE_FAILED' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.35', nodes: OLD_NODES });

    workers.status = 'ACTIVE';
    await expectToldBefore('control plane', 'Workers', 'Arm');
    expect(await platform.deploy(AFTER, '--no-rollback')).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
    await expectToldBefore();
  });

  test('UPDATE_FAILED after --no-rollback: cdk rollback leaves the control plane where it is', async () => {
    await failed('--no-rollback');
    await allowDisruption(true);

    expect(await platform.cdk('rollback')).toMatchObject({ exitCode: 0, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', nodes: OLD_NODES });
  });

  test('UPDATE_ROLLBACK_FAILED on a node group: cdk rollback again, once it can drain', async () => {
    await platform.put(BEFORE);
    const arm = await platform.nodeGroup('Arm');
    // drains on its way up, and not on its way back
    Object.defineProperty(arm, 'cannotDrain', { configurable: true, get: () => arm.version === '1.36' });
    await allowDisruption(false);
    const stuck = await platform.deploy(AFTER);
    expect(stuck).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_FAILED' });
    expect(failures(stuck)).toEqual(['ClusterNodegroupWorkers UPDATE_FAILED', 'ClusterNodegroupArm UPDATE_FAILED']);

    Object.defineProperty(arm, 'cannotDrain', { value: false });
    await allowDisruption(true);
    expect(await platform.cdk('rollback')).toMatchObject({ exitCode: 0, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await platform.deploy(AFTER)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });

  test('UPDATE_ROLLBACK_FAILED on kube-proxy, where EKS offers none of an older minor: cdk rollback --orphan', async () => {
    cloud().eks.catalog.addonVersions = offered;
    const stuck = await failed();
    expect(stuck).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_FAILED' });
    expect(failures(stuck)).toEqual(['ClusterNodegroupWorkers UPDATE_FAILED', 'ClusterAddOnKubeProxy UPDATE_FAILED']);
    await allowDisruption(true);

    const { logicalId } = stuck.steps.find((step) => step.logicalId.startsWith('ClusterAddOnKubeProxy'))!;
    expect(await platform.cdk('rollback', '--orphan', logicalId)).toMatchObject({ exitCode: 0, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await platform.deploy(AFTER)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ ...UPGRADED, addOns: { 'kube-proxy': 'v1.36.2-eksbuild.2' } });
  });

  test('UPDATE_ROLLBACK_IN_PROGRESS: it goes on once a node group that waits can drain', async () => {
    await platform.put(BEFORE);
    cloud().eks.durations.nodegroup = 5_000; // of real time while it stands still
    const workers = await platform.nodeGroup('Workers');
    // EKS gives up on these nodes; what goes back from then on waits for a PodDisruptionBudget
    Object.defineProperty(workers, 'cannotDrain', { configurable: true, get: () => { cloud().standsStill = true; return true; } });
    const deployed = platform.deploy(AFTER);
    const status = async () => cloud().stacks.status(platform.stack);
    await until(async () => await status() === 'UPDATE_ROLLBACK_IN_PROGRESS');
    await sleep(1_000);
    expect(await status()).toBe('UPDATE_ROLLBACK_IN_PROGRESS');

    cloud().standsStill = false;
    expect(await deployed).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', nodes: OLD_NODES });

    Object.defineProperty(workers, 'cannotDrain', { value: false });
    expect(await platform.deploy(AFTER)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });

  test('ROLLBACK_COMPLETE after the first creation: the same deployment again, the CLI removes the remains', async () => {
    cloud().aws.fail({ service: 'eks', action: 'CreateNodegroup', fault: 'accessDenied' });
    const created = await platform.put(AFTER);
    expect(created).toMatchObject({ status: 'ROLLBACK_COMPLETE' });

    await cloud().aws.clearFaults();
    expect(await platform.deploy(AFTER)).toMatchObject({ exitCode: 0, status: 'CREATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject(UPGRADED);
  });
});
