import { rm } from 'node:fs/promises';
import { ApiServer } from './api-server';
import { deployWithApi } from './deployed-cluster';
import { allow, blockShop, createBlockedShop, giveApi, mendBudget, signAsNewCaller } from './eks-cluster';
import { UpgradeGuard } from '../../src';
import type { BakeProperties } from '../../src/engine/change/resource-properties';
import type { BakeRequest } from '../../src/handler/bake-execution';
import { LocalAws } from '../aws/aws-server';
import type { ClusterRecord } from '../aws/eks-region';
import { withLocalAws } from '../aws/with-local-aws';
import { clusterApp, NOW } from '../cli/_cluster-app';
import { runCommand } from '../cli/_command-line';
import { readJsonOutput } from '../cli/json-schema';
import { HandlerBench } from '../handler/handler-bench';

/** As people report it: EKS names the node, and not the pod. */
const WORDS = 'Reached max retries while trying to evict pods from nodes in node group workers';

const HELD = /^shop\/web-\S+ on n1 is held by PodDisruptionBudget web \(minAvailable 2\)$/;

let api: ApiServer;
beforeAll(async () => {
  api = await ApiServer.start(18_473);
  await createBlockedShop(api);
}, 400_000);
afterEach(async () => blockShop(api));
afterAll(async () => api?.stop());

/** The update of the node group in which EKS could not evict the pods of its node. */
function failRoll(cluster: ClusterRecord): void {
  cluster.updates.push({
    nodegroupName: 'workers',
    update: {
      id: 'roll',
      type: 'VersionUpdate',
      status: 'Failed',
      createdAt: new Date('2026-11-20'),
      errors: [{ errorCode: 'PodEvictionFailure', errorMessage: WORDS, resourceIds: ['n1'] }],
    },
  });
}

describe('after a roll that failed', () => {
  let aws: LocalAws;
  let cwd: string;

  withLocalAws(async (local) => {
    aws = local;
    failRoll(await deployWithApi(aws, api));
    await allow(api, 'cluster-admin');
  });
  afterEach(async () => rm(cwd, { recursive: true, force: true }));

  const wanting = async (upgradeGuard: UpgradeGuard) => {
    cwd = await clusterApp({
      version: '1.36', release: '1.36.4-20260714', upgradeGuard,
    });
  };
  const json = async (...args: string[]) => readJsonOutput((await runCommand([...args, '--json'], { cwd, now: NOW })).stdout).clusters[0];
  const ofLastUpdate = (findings: { readonly check: string }[]) => findings.filter(({ check }) => check === 'node-group-last-update');

  test('check and status name pods and budgets that held it, and no longer once they are mended', async () => {
    await wanting(UpgradeGuard.enforce({ workloads: true }));
    for (const findings of [(await json('check')).verdict.findings, (await json('status')).findings]) {
      expect(ofLastUpdate(findings)).toMatchObject([{
        id: 'node-group-last-update:workers',
        message: `its last update, on 2026-11-20, failed with PodEvictionFailure: ${WORDS}, and what blocked its pods still does: shop/web`,
        remedy: expect.stringContaining('[drain:shop/web]'),
        details: [`PodEvictionFailure: ${WORDS}`, 'n1', expect.stringMatching(HELD), expect.stringMatching(HELD)],
      }]);
      expect(findings).toContainEqual(expect.objectContaining({ id: 'drain:shop/web' }));
    }
    expect((await runCommand(['status'], { cwd, now: NOW })).stdout).toMatch(
      /node group workers: its last update, on 2026-11-20, failed .* still does: shop\/web\n {4}- n1\n {4}- shop\/web-\S+ on n1 is held by PodDisruptionBudget web/,
    );

    await mendBudget(api);
    const { findings } = await json('status');
    expect(ofLastUpdate(findings)).toMatchObject([{ remedy: expect.stringContaining('no budget blocks its pods now') }]);
  });

  test('check points to the rehearsal where the guard does not look into the cluster', async () => {
    await wanting(UpgradeGuard.enforce());
    const { verdict: { findings } } = await json('check');
    expect(ofLastUpdate(findings)).toMatchObject([
      { details: [`PodEvictionFailure: ${WORDS}`, 'n1'], remedy: expect.stringContaining('cdk-eks-upgrades drain --node-group workers') },
    ]);
  });
});

describe('the bake of a node group that failed or hangs over pods', () => {
  let bench: HandlerBench;
  let cluster: ClusterRecord;
  beforeEach(async () => {
    bench = await HandlerBench.start();
    signAsNewCaller();
    cluster = bench.aws.eks.addCluster({ name: 'prod', version: '1.36', nodegroups: [{ name: 'workers' }] });
    giveApi(cluster, api);
  });
  afterEach(async () => bench.stop());

  const end = async (problem: string, others: Partial<BakeProperties> = {}) => {
    const ResourceProperties: BakeProperties = {
      Subject: {
        ClusterName: 'prod', NodegroupName: 'workers', Version: '1.36',
      },
      DurationSeconds: '1800',
      Alarms: [],
      StateMachineArn: 'arn',
      Workloads: 'true',
      ...others,
    };
    const event = bench.event({ RequestType: 'Update', ResourceType: 'Custom::EksBake', ResourceProperties });
    const { Reason } = await bench.endBake({
      BakeEnded: { Request: event as BakeRequest, StartedAt: '2026-11-22T11:48:00.000Z', Problems: [problem] },
    });
    return Reason!;
  };
  const NAMED = /its last update failed with PodEvictionFailure: Reached max retries .* \(n1\); shop\/web-\S+ on n1 is held by PodDisruptionBudget web \(minAvailable 2\); shop\/web-/;

  test('names pods and budgets where the guard looks into the cluster, and only there', async () => {
    failRoll(cluster);
    await allow(api, 'cluster-admin');
    expect(await end('its status is DEGRADED')).toMatch(NAMED);
    expect(await end('its status is DEGRADED', { Workloads: undefined })).not.toContain('shop/web');
  });

  test('names them while EKS still waits for them, and when EKS reports them as a health issue', async () => {
    await allow(api, 'cluster-admin');
    expect(await end('PodEvictionFailure: no')).toMatch(/PodEvictionFailure: no; shop\/web-\S+ on n1 is held by/);
    expect(await end('alarm errors is in ALARM')).not.toContain('shop/web');
    cluster.updates.push({
      nodegroupName: 'workers', update: { id: 'now', type: 'VersionUpdate', status: 'InProgress', createdAt: new Date('2026-11-22') },
    });
    expect(await end('its status is still UPDATING when the time is over')).toMatch(/time is over; shop\/web-\S+ on n1 is held by/);
  });

  test('says what it knows, and why no more, where it may not look into the cluster', async () => {
    failRoll(cluster);
    expect(await end('its status is DEGRADED')).toMatch(
      /PodEvictionFailure: .* \(n1\); what holds the pods is not known: not allowed to list/,
    );
  });
});
