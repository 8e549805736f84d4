import { UpdateAddonCommand, UpdateClusterVersionCommand, UpdateNodegroupVersionCommand } from '@aws-sdk/client-eks';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { evaluate, Verdict } from '../../src/engine/judgement/verdict';
import { describePlanStep, PlanStep } from '../../src/engine/plan/plan-step';
import { planUpgrade, UpgradePlan } from '../../src/engine/plan/upgrade-plan';
import { awsClients } from '../../src/live/aws-clients';
import { readClusterState } from '../../src/live/cluster-state';
import { readRegionCatalog } from '../../src/live/region-catalog';
import type { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

const NOW = new Date('2026-11-22T12:00:00Z');
const [PROXY_OLD, PROXY_NEW] = ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'];

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.34', '1.35', '1.36'], date: '2026-11-04' });
}, NOW);

async function read(intent: UpgradeIntent) {
  const clients = awsClients({ maxAttempts: 1 });
  const state = await readClusterState(clients, 'prod', { now: aws.clock.now() });
  return { state, catalog: await readRegionCatalog(clients, catalogNeedsOf(state, intent)) };
}

async function plan(intent: UpgradeIntent): Promise<UpgradePlan> {
  const { state, catalog } = await read(intent);
  return planUpgrade(state, catalog, intent);
}

async function judge(intent: UpgradeIntent): Promise<Verdict> {
  const { state, catalog } = await read(intent);
  return evaluate(state, catalog, intent);
}

/** Does the steps of a plan, each awaited; EKS refuses what is not allowed. */
async function carryOut({ deployments }: UpgradePlan): Promise<void> {
  for (const step of deployments.flatMap(({ steps }) => steps)) {
    await take(step);
    aws.eks.finishUpdates();
  }
}

async function take(step: PlanStep): Promise<unknown> {
  const { eks } = awsClients({ maxAttempts: 1 });
  switch (step.kind) {
    case 'control-plane': return eks.send(new UpdateClusterVersionCommand({ name: 'prod', version: step.to }));
    case 'add-on': return eks.send(new UpdateAddonCommand({ clusterName: 'prod', addonName: step.name, addonVersion: step.to }));
    case 'node-group': return eks.send(new UpdateNodegroupVersionCommand({
      clusterName: 'prod', nodegroupName: step.name, version: step.to, releaseVersion: step.releaseVersion,
    }));
    default: throw new Error(`${describePlanStep(step)} is no single call`);
  }
}

function linesOf({ deployments }: UpgradePlan): string[][] {
  return deployments.map(({ steps }) => steps.map(describePlanStep));
}

test('the way up over two minors is carried out as planned', async () => {
  aws.eks.addCluster({
    version: '1.34', nodegroups: [{ name: 'workers' }], addons: [{ name: 'vpc-cni' }, { name: 'kube-proxy' }, { name: 'coredns' }],
  });
  const way = await plan({ version: '1.36' });
  expect(way.deployments.map(({ to, verdict }) => [to, verdict.passed])).toEqual([['1.35', true], ['1.36', true]]);

  await carryOut(way);

  const { state } = await read({});
  expect(state).toMatchObject({
    version: '1.36', nodeGroups: { value: [{ version: { value: '1.36' }, releaseVersion: '1.36.2-20261104' }] },
  });
  expect((await plan({ version: '1.36' })).deployments).toMatchObject([{ steps: [] }]);
});

describe('the way back, with nodes that were held', () => {
  const BACK: UpgradeIntent = { version: '1.35', nodeGroups: { workers: { version: '1.35' } } };

  beforeEach(() => {
    aws.eks.addCluster({
      version: '1.36',
      lastUpgrade: { from: '1.35', completedAt: new Date(NOW.getTime() - 3600_000) },
      nodegroups: [{ name: 'workers', version: '1.35' }],
      addons: [{ name: 'kube-proxy', version: PROXY_NEW }, { name: 'coredns' }],
      insights: [{ name: 'Rollback', category: 'ROLLBACK_READINESS', kubernetesVersion: '1.35', insightStatus: { status: 'PASSING' } }],
    });
  });

  test('takes kube-proxy back first, where EKS offers older ones', async () => {
    aws.eks.catalog.offerOlderKubeProxy();
    const way = await plan(BACK);
    expect(linesOf(way)).toEqual([[`add-on kube-proxy from ${PROXY_NEW} to ${PROXY_OLD}`], ['control plane from 1.36 to 1.35']]);

    // the two deployments, as the guard judges them
    const pinned = { 'kube-proxy': { version: PROXY_OLD } };
    expect(await judge({ version: '1.35', previousVersion: '1.36', addOns: pinned })).toMatchObject({ passed: false });
    expect(await judge({ version: '1.36', previousVersion: '1.36', addOns: pinned })).toMatchObject({ passed: true });
    await carryOut({ ...way, deployments: way.deployments.slice(0, 1) });
    expect(await judge({ version: '1.35', previousVersion: '1.36', addOns: pinned })).toMatchObject({ passed: true });

    await carryOut({ ...way, deployments: way.deployments.slice(1) });
    expect((await read({})).state).toMatchObject({
      version: '1.35', versionHistory: { value: [{ kind: 'upgrade' }, { kind: 'rollback', to: '1.35' }] },
    });
  });

  test('takes kube-proxy back right after, where EKS offers its own minor only', async () => {
    const way = await plan(BACK);
    expect(linesOf(way)).toEqual([['control plane from 1.36 to 1.35', `add-on kube-proxy from ${PROXY_NEW} to ${PROXY_OLD}`]]);
    expect(await judge({
      version: '1.35', previousVersion: '1.36', addOns: { 'kube-proxy': { version: PROXY_OLD } },
    })).toMatchObject({ passed: true });

    await carryOut(way);
    expect((await read({})).state).toMatchObject({
      version: '1.35', addOns: { value: expect.arrayContaining([expect.objectContaining({ version: PROXY_OLD })]) },
    });
  });
});
