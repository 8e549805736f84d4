import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, UpgradableCluster, UpgradePath } from '../../../src';
import { ExitCode } from '../../../src/cli/exit-code';
import { cannot, says, stays, waitsFor } from '../../../src/cli/messages';
import { stepsMarkdown } from '../../../src/cli/refresh/step-text';
import { sentence } from '../../../src/engine/messages/sentence';
import { says as saysOfPlan } from '../../../src/engine/plan/messages';
import { describePlanStep } from '../../../src/engine/plan/plan-step';
import { LocalAws } from '../../aws/aws-server';
import type { ClusterRecord } from '../../aws/eks-region';
import { withLocalAws } from '../../aws/with-local-aws';
import { importedVpc } from '../../node-group/_fixtures';
import { deployStack, failedUpdate, NOW } from '../_cluster-app';
import { contextFileIn, endsWith, parseErrorOf, runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { runCdk } from '../cdk-cli';
import { readJsonOutput } from '../json-schema';

const KEY = 'cdk-eks-upgrades:step:account=111122223333:cluster=Prod/Cluster:region=us-west-2';
const WORKERS = 'Prod/Cluster/NodegroupWorkers';
const MINORS = ['1.32', '1.33', '1.34', '1.35', '1.36'];

/** What may hold nodes, of the cluster or of the group. */
interface Held {
  readonly kubernetesVersion?: eks.KubernetesVersion;
  readonly nodeKubernetesVersion?: eks.KubernetesVersion;
}

let aws: LocalAws;
let cwd: string;
let cluster: ClusterRecord;
/** What the app itself says of the version of its nodes. */
let held: Held;

withLocalAws(async (local) => {
  aws = local;
  held = {};
  aws.publishAmis({ minors: MINORS, date: '2026-07-14', patch: 4 });
  cluster = aws.eks.addCluster({
    version: '1.33', nodegroups: [{ name: 'workers', releaseVersion: '1.33.4-20260714', version: '1.33' }], addons: [{ name: 'vpc-cni' }],
  });
  cwd = await folderOf();
  await synthesize();
  await deployStack(aws, cwd, 'Prod');
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

const run = async (...args: string[]) => runCommand(args, { cwd, now: NOW });
const context = async () => JSON.parse(await readFile(join(cwd, 'cdk.context.json'), 'utf8').catch(() => '{}')) as Record<string, unknown>;
const path = async () => JSON.parse(await readFile(join(cwd, 'upgrade-path.json'), 'utf8'));

/** Synthesises the app, which names `version`, with file and context as they are now. */
async function synthesize(version = '1.33', file = 'upgrade-path.json'): Promise<void> {
  const entries = Object.entries(await context());
  synthesizeTo(cwd, (app: App) => {
    entries.forEach(([key, value]) => app.node.setContext(key, value));
    const stack = stackIn(app, 'Prod');
    const prod = new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of(version),
      nodeKubernetesVersion: held.nodeKubernetesVersion,
      upgradePath: UpgradePath.fromFile(join(cwd, file)),
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.keepWhileCompatible() })],
    });
    prod.addManagedNodeGroup('Workers', {
      nodegroupName: 'workers',
      kubernetesVersion: held.kubernetesVersion,
      eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
      amiTracking: AmiTracking.pinned(Object.keys(held).length > 0 ? '1.32.4-20260714' : '1.33.4-20260714'),
    });
  });
}

/** What the template holds of the control plane and the nodes. */
async function wanted(): Promise<[string, string]> {
  const { Resources } = JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8'));
  const resources = Object.values<{ Type: string; Properties: { Version: string } }>(Resources);
  const versionOf = (type: string) => resources.find(({ Type }) => Type === type)!.Properties.Version;
  return [versionOf('AWS::EKS::Cluster'), versionOf('AWS::EKS::Nodegroup')];
}

/** Makes live what the template wants, add-ons included. */
async function deploy(): Promise<void> {
  await synthesize();
  const [controlPlane, nodes] = await wanted();
  cluster.version = controlPlane;
  Object.assign(cluster.nodegroups.get('workers')!, { version: nodes, releaseVersion: `${nodes}.4-20260714` });
  await deployStack(aws, cwd, 'Prod');
}

const deploymentsIn = (stdout: string): { readonly edits?: unknown }[] => readJsonOutput(stdout).clusters[0].deployments;

const refreshed = async (...args: string[]) => {
  const { exitCode, stdout } = await run('refresh', '--step', '--json', ...args);
  return { exitCode, step: readJsonOutput(stdout).steps[0] };
};

test('a cluster goes through three minors, step by step, without an edit of the app', async () => {
  const plan = await run('plan', '--to', '1.36', '--write', '--json');
  expect(plan.exitCode).toBe(0);
  expect(deploymentsIn(plan.stdout).filter(({ edits }) => edits)).toEqual([]); // where the file says it
  expect(deploymentsIn((await run('plan', '--to', '1.36', '--json')).stdout).filter(({ edits }) => edits)).toEqual([]); // which is on the way
  expect(await context()).toEqual({ [KEY]: { step: 0, version: '1.33' } });
  const { steps, ...rest } = (await path()).paths[0];
  expect(rest).toEqual({ cluster: 'Prod/Cluster', account: '111122223333', region: 'us-west-2', appVersion: '1.33' });
  expect(steps[0]).toEqual({ does: [], version: '1.33', nodesHeldAt: {}, releases: { [WORKERS]: '1.33.4-20260714' }, addOns: {} });

  const seen: unknown[] = [];
  for (let step = 1; step < steps.length; step++) {
    await deploy();
    expect(await wanted()).toEqual([steps[step - 1].version, steps[step - 1].nodesHeldAt[WORKERS] ?? steps[step - 1].version]);
    expect(await refreshed()).toMatchObject({
      exitCode: 0, step: { outcome: 'moved', from: step - 1, to: step, steps: steps.length - 1, version: steps[step].version, does: steps[step].does },
    });
    expect(await context()).toEqual({ [KEY]: { step, version: steps[step].version } });
    seen.push(steps[step].version);

    await synthesize(); // committed, but not deployed
    expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'waits', from: step, version: steps[step].version } });
    expect(await context()).toMatchObject({ [KEY]: { step } });
  }
  expect(new Set(seen)).toEqual(new Set(['1.34', '1.35', '1.36']));
  await deploy();
  expect(await wanted()).toEqual(['1.36', '1.36']);
  expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'arrived', version: '1.36', file: join(cwd, 'upgrade-path.json') } });
}, 120_000);

/** Writes the way to 1.36 and pins one of its steps, with the app synthesised in it. */
async function onTheWay(step: number): Promise<{ version: string; nodesHeldAt: Record<string, string> }[]> {
  await run('plan', '--to', '1.36', '--write');
  return onStep(step);
}

/** Pins a step, with the app synthesised in it. */
async function onStep(step: number): Promise<{ version: string; nodesHeldAt: Record<string, string> }[]> {
  const { steps } = (await path()).paths[0];
  await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify({ other: 1, [KEY]: { step, version: steps[step].version } }));
  await synthesize();
  return steps;
}

describe('the step stays', () => {
  test.each<[string, () => void | Promise<void>, (held: string) => string]>([
    [
      'while the control plane is being updated', () => { cluster.status = 'UPDATING'; },
      () => sentence(waitsFor.controlPlane({ status: 'UPDATING' })),
    ],
    [
      'while nodes are being changed', () => { cluster.nodegroups.get('workers')!.status = 'UPDATING'; },
      () => sentence(waitsFor.nodeGroup({ nodeGroup: 'workers', status: 'UPDATING' })),
    ],
    [
      'while the deployment has left nodes behind', async () => {
        await deployStack(aws, cwd, 'Prod', [failedUpdate('workers')]);
        Object.assign(cluster.nodegroups.get('workers')!, { version: '1.32', releaseVersion: '1.32.4-20260714' });
      }, (to) => describePlanStep({ kind: 'node-group', name: 'workers', from: '1.32', to, releaseVersion: `${to}.4-20260714`, by: 'version' }),
    ],
  ])('%s', async (_, spoil, pending) => {
    await onTheWay(1);
    await deploy();
    const [, nodes] = await wanted();
    await spoil();

    expect(await refreshed()).toMatchObject({
      exitCode: 0, step: { outcome: 'waits', from: 1, version: '1.34', pending: expect.arrayContaining([pending(nodes)]) },
    });
    expect(await context()).toEqual({ other: 1, [KEY]: { step: 1, version: '1.34' } });
  });

  test.each<[string, string, (status: string) => string]>([
    ['was rolled back', 'UPDATE_ROLLBACK_COMPLETE', (status) => sentence(waitsFor.failedDeployment({ stack: 'Prod', status }))],
    ['was rolled back, and left for another one', 'UPDATE_COMPLETE', () => sentence(waitsFor.template({ stack: 'Prod', deployed: '1.33' }))],
  ])('where the control plane has moved, but the stack %s: %s', async (_, status, pending) => {
    await onTheWay(0);
    await deploy();
    await deployStack(aws, cwd, 'Prod', [], undefined, status); // EKS keeps the version of the step after it
    cluster.version = '1.34';
    await onStep(1);
    expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'waits', from: 1, version: '1.34', pending: [pending(status)] } });
    expect(await context()).toMatchObject({ [KEY]: { step: 1 } });

    await deploy(); // again
    expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'moved', from: 1, to: 2 } });
  });

  test.each<[string, keyof typeof waitsFor]>([
    ['UPDATE_FAILED', 'failedDeployment'],
    ['UPDATE_ROLLBACK_FAILED', 'failedDeployment'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'failedDeployment'],
    ['UPDATE_IN_PROGRESS', 'deployment'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'deployment'],
  ])('while its stack is in %s, though all that EKS has is there', async (status, reason) => {
    await onTheWay(1);
    await deploy();
    await deployStack(aws, cwd, 'Prod', [], undefined, status);
    const pending = [sentence(waitsFor[reason as 'deployment']({ stack: 'Prod', status }))];
    expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'waits', from: 1, pending } });
  });

  test('in a dry run', async () => {
    await onTheWay(0);
    expect(await refreshed('--dry-run')).toMatchObject({ exitCode: 0, step: { outcome: 'moved', from: 0, to: 1 } });
    expect(await context()).toMatchObject({ [KEY]: { step: 0 } });
  });

  test('where the cluster cannot be read: 3', async () => {
    await onTheWay(0);
    aws.fail({ service: 'eks', action: 'DescribeNodegroup', fault: 'accessDenied' });
    aws.fail({ service: 'eks', action: 'ListNodegroups', fault: 'accessDenied' });
    expect(await refreshed()).toMatchObject({ exitCode: 3, step: { outcome: 'unreadable' } });
    expect(await context()).toMatchObject({ [KEY]: { step: 0 } });
  });

  test.each([
    ['eks:DescribeNodegroup'], ['eks:ListNodegroups'], ['eks:DescribeAddon'], ['eks:ListAddons'], ['eks:DescribeAddonVersions'],
    ['eks:ListUpdates'], ['cloudformation:DescribeStacks'],
  ])('where %s is denied: 3', async (denied) => {
    await onTheWay(1);
    await deploy();
    Object.assign(cluster.nodegroups.get('workers')!, { version: '1.33' });
    aws.deny = ({ service, action }) => `${service}:${action}` === denied;
    expect(await refreshed()).toMatchObject({
      exitCode: 3, step: { outcome: 'unreadable', why: expect.stringContaining(`could not be read: not allowed to call ${denied}`) },
    });
    expect(await context()).toMatchObject({ [KEY]: { step: 1 } });
  });

  test('while the context rolls the cluster back, also once its nodes have gone', async () => {
    await onTheWay(0);
    const rolled = KEY.replace(':step:', ':rollback:');
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify({
      ...await context(), [`${rolled}:version=1.33`]: { to: '1.32', stage: 'nodes', releases: { [WORKERS]: '1.32.4-20260714' }, addOns: {} },
    }));
    await deploy();
    expect(await wanted()).toEqual(['1.33', '1.32']);

    expect(await refreshed()).toMatchObject({
      exitCode: 0, step: { outcome: 'waits', from: 0, version: '1.33', pending: [sentence(waitsFor.rollback({ to: '1.32' }))] },
    });
    expect(await context()).toMatchObject({ [KEY]: { step: 0 } });

    await run('rollback', '--end');
    await synthesize();
    Object.assign(cluster.nodegroups.get('workers')!, { version: '1.33', releaseVersion: '1.33.4-20260714' });
    expect(await refreshed()).toMatchObject({ step: { outcome: 'moved', to: 1 } });
  });

  test.each([
    ['older than the way', '1.32', 0, stays.beforePath({ version: '1.32' })],
    ['newer than the way', '1.37', 0, stays.beyondPath({ version: '1.37' })],
  ])('where the cluster is %s: 1', async (_, version, step, why) => {
    await onTheWay(step);
    cluster.version = version;
    expect(await refreshed()).toMatchObject({ exitCode: 1, step: { outcome: 'unfit', why: sentence(why) } });
    expect(await context()).toMatchObject({ [KEY]: { step: 0 } });
  });

  test('where the file was written anew with fewer steps, after the app was synthesised: 1', async () => {
    const steps = await onTheWay(3);
    const [way] = (await path()).paths;
    await writeFile(join(cwd, 'upgrade-path.json'), JSON.stringify({ ...await path(), paths: [{ ...way, steps: steps.slice(0, 2) }] }));
    const file = join(cwd, 'upgrade-path.json');
    expect(await refreshed()).toMatchObject({
      exitCode: 1, step: { outcome: 'unfit', from: 3, why: sentence(saysOfPlan.stepOfNone({ step: '3', key: KEY, file })) },
    });
  });
});

test.each(['CREATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'])(
  'a stack in %s, with the template of the step, holds nothing up: what was rolled back was another deployment', async (status) => {
    await onTheWay(1);
    await deploy();
    await deployStack(aws, cwd, 'Prod', [], undefined, status);
    expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'moved', from: 1, to: 2 } });
  },
);

test('a cluster that somebody upgraded by hand is picked up where it is, not further', async () => {
  const steps = await onTheWay(0);
  cluster.version = '1.35';
  const first = steps.findIndex(({ version }) => version === '1.35');

  expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'moved', from: 0, to: first, version: '1.35' } });
});

test('a pin that got lost is found again', async () => {
  await onTheWay(1);
  await deploy();
  await writeFile(join(cwd, 'cdk.context.json'), '{}');
  await synthesize();

  expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'moved', to: 1, version: '1.34' } });
});

test('a control plane that is behind its step waits for the deployment', async () => {
  await onTheWay(1);
  expect(await refreshed()).toMatchObject({ exitCode: 0, step: { outcome: 'waits', pending: [describePlanStep({ kind: 'control-plane', from: '1.33', to: '1.34' })] } });
});

test('rollback does not go back from a step that names a newer version than the cluster runs', async () => {
  await run('plan', '--to', '1.35', '--write');
  const pinnedTo = async (step: number, version: string) => {
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify({ [KEY]: { step, version } }));
    await synthesize();
  };
  await pinnedTo(1, '1.34');
  await deploy();
  cluster = aws.eks.addCluster({
    version: '1.34',
    nodegroups: [{ name: 'workers', releaseVersion: '1.33.4-20260714', version: '1.33' }], // which the step holds back
    addons: [{ name: 'vpc-cni' }],
    lastUpgrade: { from: '1.33', completedAt: NOW },
  });

  await pinnedTo(2, '1.35');
  const { exitCode, stdout } = await run('rollback', '--json');
  expect({ exitCode, ...readJsonOutput(stdout).clusters[0] }).toMatchObject({
    exitCode: 1, impossible: sentence(cannot.goBackFromStep({ named: '1.35', version: '1.34', key: KEY })),
  });

  await pinnedTo(1, '1.34'); // what it says to do
  expect(await run('rollback')).toMatchObject({ exitCode: 0 });
  expect(Object.keys(await context())).toContain(`${KEY.replace(':step:', ':rollback:')}:version=1.34`);
});

describe('what synth says leads out of', () => {
  /** Does what a refusal of synth says: takes its pin away by the CDK's own command line. */
  async function resetAsSaid(): Promise<void> {
    const said = await synthesize().then(() => '', (error: Error) => error.message);
    const [, key] = /cdk context --reset "(.+?)"/.exec(said) ?? [];
    expect(key).toBe(KEY);
    expect(await runCdk(['context', '--reset', key], { cwd, env: { HOME: cwd } })).toMatchObject({ exitCode: 0 });
    expect(Object.keys(await context())).toEqual(['other']);
  }

  /** The way is written anew from where the cluster is, and the app is in its first step. */
  async function expectNewPath(): Promise<void> {
    await synthesize();
    expect(await run('plan', '--to', '1.36', '--write')).toMatchObject({ exitCode: 0 });
    await synthesize();
    expect(await context()).toEqual({ other: 1, [KEY]: { step: 0, version: '1.34' } });
    expect(await wanted()).toEqual(['1.34', '1.33']);
  }

  beforeEach(async () => {
    await onTheWay(1);
    cluster.version = '1.34';
  });

  test('a pin that is none of the file', async () => {
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify({ other: 1, [KEY]: { step: 9, version: '1.34' } }));
    await resetAsSaid();
    await expectNewPath();
  });

  test('a file that is gone', async () => {
    await rm(join(cwd, 'upgrade-path.json'));
    await resetAsSaid();
    await expectNewPath();
  });

  test('a file that is another one', async () => {
    await writeFile(join(cwd, 'upgrade-path.json'), '{}');
    await expect(synthesize()).rejects.toThrow(sentence(saysOfPlan.noPath({ file: join(cwd, 'upgrade-path.json') })));
    await rm(join(cwd, 'upgrade-path.json')); // as it says
    await resetAsSaid();
    await expectNewPath();
  });
});

test.each([[false, undefined], [true, 0]])('a cluster that is still to be created waits (a path is written: %s)', async (isOnTheWay, from) => {
  if (isOnTheWay) await onTheWay(0);
  aws.eks.clusters.clear();

  const why = sentence(stays.notCreated({}));
  const { exitCode, step } = await refreshed();
  expect({ exitCode, step }).toMatchObject({ exitCode: 0, step: { outcome: 'waits', why } });
  expect(step.from).toBe(from);
  expect((await run('refresh', '--step', '--markdown', 'body.md')).stdout).toContain(`  waits: ${why}\n\nnothing moves\n`);
  expect(await readFile(join(cwd, 'body.md'), 'utf8')).toBe(stepsMarkdown([{ ...step, move: step }]));
});

test('without a path there is nothing to move', async () => {
  expect(await refreshed()).toMatchObject({ exitCode: 1, step: { outcome: 'unfit', why: sentence(stays.noPath({ file: join(cwd, 'upgrade-path.json') })) } });
});

test('the body of a pull request', async () => {
  await onTheWay(0);
  await run('refresh', '--step', '--markdown', 'body.md');
  const { path: _, ...step } = (await refreshed('--dry-run')).step;
  expect(await readFile(join(cwd, 'body.md'), 'utf8')).toBe(stepsMarkdown([{ ...step, move: step }]));
});

test('the options of look-ups do not go with it', async () => {
  expect(await run('refresh', '--step', '--soak', '7d')).toEqual(endsWith(ExitCode.WRONG_USE, says.notWithStep({ option: '--soak' })));
  expect(await run('refresh', '--step', '--only', 'x')).toEqual(endsWith(ExitCode.WRONG_USE, says.notWithStep({ option: '--only' })));
});

describe('plan --write', () => {
  test('replaces the way of its clusters, and leaves others', async () => {
    await run('plan', '--to', '1.36', '--write');
    const { paths: [own] } = await path();
    const other = { ...own, cluster: 'Dev/Cluster' };
    await writeFile(join(cwd, 'upgrade-path.json'), JSON.stringify({ schemaVersion: 1, paths: [own, other] }));

    expect(await run('plan', '--to', '1.35', '--write')).toMatchObject({ exitCode: 0 });

    const { paths } = await path();
    expect(paths).toEqual([other, expect.objectContaining({ cluster: 'Prod/Cluster' })]);
    expect(paths[1].steps.at(-1).version).toBe('1.35');
  });

  test('writes the file that the app follows, from which it goes on', async () => {
    await synthesize('1.33', 'prod.json');
    const { exitCode, stderr } = await run('plan', '--to', '1.36', '--write');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `written to ${join(cwd, 'prod.json')}: move the clusters to the first step with 'cdk-eks-upgrades refresh --step'\n`,
    });
    expect((await readdir(cwd)).filter((name) => name.endsWith('.json')).sort()).toEqual(['cdk.context.json', 'cdk.json', 'prod.json']);
    await synthesize('1.33', 'prod.json');
    expect((await refreshed()).step).toMatchObject({ outcome: 'moved', from: 0, to: 1 });
  });

  test('writes no other file than the one that the app follows, however that is written', async () => {
    const followed = join(cwd, 'upgrade-path.json');
    const { exitCode, stderr } = await run('plan', '--to', '1.36', '--write', '--path-file', 'prod.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `no upgrade path is written:\n  prod (Prod/Cluster): ${sentence(cannot.followOtherFile({ followed, file: 'prod.json' }))}\n`,
    });
    expect([await context(), (await readdir(cwd)).includes('prod.json')]).toEqual([{}, false]);
    expect(await run('plan', '--to', '1.36', '--write', '--path-file', './upgrade-path.json')).toMatchObject({ exitCode: 0 });
    expect((await path()).paths).toHaveLength(1);
  });

  test('on the way, begins where the cluster is, for the version that the app names', async () => {
    await onTheWay(1);
    await deploy();
    expect(await run('plan', '--to', '1.36', '--write')).toMatchObject({ exitCode: 0 });
    const { appVersion, steps } = (await path()).paths[0];
    expect([appVersion, steps[0].version, steps.at(-1).version]).toEqual(['1.33', '1.34', '1.36']);
    expect(await context()).toMatchObject({ other: 1, [KEY]: { step: 0, version: '1.34' } });
    await synthesize();
    expect(await wanted()).toEqual(['1.34', steps[0].nodesHeldAt[WORKERS] ?? '1.34']);
  });

  describe('on the way, where the step holds the nodes back,', () => {
    const stepsTo = async (to: string) => {
      await onTheWay(1);
      await deploy();
      expect(await run('plan', '--to', to, '--write')).toMatchObject({ exitCode: 0 });
      const { steps } = (await path()).paths[0] as { steps: { version: string; nodesHeldAt: Record<string, string> }[] };
      return steps.map(({ version, nodesHeldAt }) => [version, nodesHeldAt[WORKERS] ?? version]);
    };

    test.each([['1.36'], ['1.34']])('they arrive with the last step to %s', async (to) => {
      const steps = await stepsTo(to);
      expect([steps[0], steps.at(-1)]).toEqual([['1.34', '1.33'], [to, to]]);
    });

    test.each<[string, Held]>([
      ['the group', { kubernetesVersion: eks.KubernetesVersion.of('1.32') }],
      ['the cluster', { nodeKubernetesVersion: eks.KubernetesVersion.of('1.32') }],
    ])('they stay where the app itself names their version, of %s', async (_, props) => {
      held = props;
      Object.assign(cluster.nodegroups.get('workers')!, { version: '1.32', releaseVersion: '1.32.4-20260714' });
      await synthesize();
      await deployStack(aws, cwd, 'Prod');
      expect(await stepsTo('1.35')).toEqual([['1.34', '1.32'], ['1.35', '1.32']]);
    });

    test('the app with its pinned release has a template again, also where the nodes have left its minor', async () => {
      const { length } = await onTheWay(1);
      await deploy();
      await onStep(length - 1);
      await deploy();
      cluster.version = '1.34'; // went back
      Object.assign(cluster.nodegroups.get('workers')!, { version: '1.34', releaseVersion: '1.34.4-20260714' });
      expect(await run('plan', '--to', '1.36', '--write')).toMatchObject({ exitCode: 0 });
      await synthesize();
      expect(await wanted()).toEqual(['1.34', '1.34']);
    });

    test('the plan says when they roll; without a version to go to, it is about the step', async () => {
      await onTheWay(1);
      await deploy();
      const rolls = async (...args: string[]) => (await run('plan', ...args)).stdout.includes('workers');
      expect([await rolls('--to', '1.36'), await rolls('--to', '1.34'), await rolls()]).toEqual([true, true, false]);
    });
  });

  test('holds the nodes that the skew lets stay, and only those', async () => {
    const steps = await onTheWay(0);
    for (const { version, nodesHeldAt } of steps) {
      const behind = Number(version.slice(2)) - Number((nodesHeldAt[WORKERS] ?? version).slice(2));
      expect(behind).toBeGreaterThanOrEqual(0);
      expect(behind).toBeLessThanOrEqual(3);
    }
    expect(steps.at(-1)!.nodesHeldAt).toEqual({});
  });

  test('leaves the path as it was where the context cannot be written', async () => {
    await onTheWay(1);
    await deploy();
    const before = await readFile(join(cwd, 'upgrade-path.json'), 'utf8');
    const broken = '<<<<<<< HEAD\n{}\n';
    await writeFile(contextFileIn(cwd), broken);
    const { exitCode, stderr } = await run('plan', '--to', '1.36', '--write');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3, stderr: `error: ${sentence(says.contextUnreadable({ file: 'cdk.context.json', why: parseErrorOf(broken) }))}\n`,
    });
    expect(await readFile(join(cwd, 'upgrade-path.json'), 'utf8')).toBe(before);
  });

  test('needs the version to go to, and an app', async () => {
    expect(await run('plan', '--write')).toEqual(endsWith(ExitCode.WRONG_USE, says.writeWithoutTo({})));
    expect(await run('plan', '--without-app', '--cluster', 'prod', '--to', '1.36', '--write')).toMatchObject({ exitCode: 2 });
  });

  test('writes nothing for a way down, and says what is for that', async () => {
    const { exitCode, stderr } = await run('plan', '--to', '1.32', '--write');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(sentence(cannot.pathDown({})));
    expect(await context()).toEqual({});
  });

  test('writes nothing for a way through versions that EKS does not offer, such as a misspelt one', async () => {
    const { exitCode, stderr } = await run('plan', '--to', '1.73', '--write');
    expect(exitCode).toBe(ExitCode.FOUND);
    expect(stderr).toMatch(/EKS does not offer Kubernetes 1\.\d+, .* and 1\.73 here/);
    expect(await context()).toEqual({});
    await expect(path()).rejects.toThrow('ENOENT');
  });

  test.each([
    ['DescribeNodegroup', 'eks'], ['ListNodegroups', 'eks'], ['DescribeAddon', 'eks'], ['ListAddons', 'eks'],
    ['DescribeAddonVersions', 'eks'], ['DescribeClusterVersions', 'eks'], ['GetParameter', 'ssm'],
  ])('writes nothing where %s is denied', async (action, service) => {
    aws.deny = (call) => call.action === action;
    const { exitCode, stderr } = await run('plan', '--to', '1.36', '--write');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(`could not be read: not allowed to call ${service}:${action}`);
    expect(await context()).toEqual({});
  });

  test('writes nothing where a cluster cannot be read', async () => {
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied' });
    expect(await run('plan', '--to', '1.36', '--write')).toMatchObject({
      exitCode: 3, stderr: expect.stringContaining(sentence(cannot.pathWithoutPlan({}))),
    });
    expect(await context()).toEqual({});
  });
});
