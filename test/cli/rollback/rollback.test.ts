import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { ExitCode } from '../../../src/cli/exit-code';
import { byHand, cannot } from '../../../src/cli/messages';
import { says as saysOfRollback } from '../../../src/engine/declaration/messages';
import { says as saysOfVersions } from '../../../src/engine/kubernetes/messages';
import { sentence } from '../../../src/engine/messages/sentence';
import { leavesOpen, says as saysOfPlan } from '../../../src/engine/plan/messages';
import { describePlanStep } from '../../../src/engine/plan/plan-step';
import { LocalAws } from '../../aws/aws-server';
import type { ClusterRecord } from '../../aws/eks-region';
import { insight } from '../../aws/sample-insights';
import { withLocalAws } from '../../aws/with-local-aws';
import { addCluster, addClusterOfL2, clusterApp, deployStack, failedUpdate, NOW } from '../_cluster-app';
import { endsWith, runCommand } from '../_command-line';
import { synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

const KEY = 'cdk-eks-upgrades:rollback:account=111122223333:cluster=Prod/Cluster:region=us-west-2:version=1.36';
const APP = { version: '1.36', release: '1.36.4-20260714' };
const DAY = 86_400_000;

const SEED = {
  version: '1.36',
  nodegroups: [{ name: 'workers', releaseVersion: APP.release }],
  addons: [{ name: 'vpc-cni' }],
  lastUpgrade: { from: '1.35', completedAt: new Date(NOW.getTime() - DAY) },
};

let aws: LocalAws;
let cwd: string;
let cluster: ClusterRecord;

withLocalAws(async (local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14', patch: 4 });
  cluster = aws.eks.addCluster(SEED);
  cwd = await clusterApp(APP);
  await deployStack(aws, cwd, 'Prod');
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

const rollback = async (...args: string[]) => runCommand(['rollback', ...args], { cwd, now: NOW });
const rollbackJson = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await rollback('--json', ...args);
  return { exitCode, stderr, ...readJsonOutput(stdout).clusters[0] };
};
const NODES_BACK = describePlanStep({ kind: 'node-group', name: 'workers', from: '1.36', to: '1.35', releaseVersion: '1.35.4-20260714', by: 'version' });
const CONTROL_PLANE_BACK = describePlanStep({ kind: 'control-plane', from: '1.36', to: '1.35' });
const IN_TWO = { exitCode: 0, stderr: '', from: '1.36', to: '1.35', stage: 'nodes', steps: [NODES_BACK], then: [CONTROL_PLANE_BACK] };
const IN_ONE = { exitCode: 0, stderr: '', from: '1.36', to: '1.35', stage: 'control plane', steps: [CONTROL_PLANE_BACK], then: [] };

const context = async () => JSON.parse(
  await readFile(join(cwd, 'cdk.context.json'), 'utf8').catch(() => '{}'),
) as Record<string, { stage: string }>;

/** Synthesises the app with the context as it is now, and returns the versions that its template holds. */
async function synthesized() {
  const entries = Object.entries(await context());
  synthesizeTo(cwd, (app) => {
    entries.forEach(([key, value]) => app.node.setContext(key, value));
    addCluster(app, APP);
  });
  const { Resources } = JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8'));
  const versionOf = (type: string) => Object.values<any>(Resources).find(({ Type }) => Type === type).Properties;
  const { Version: nodes, ReleaseVersion: release } = versionOf('AWS::EKS::Nodegroup');
  return { controlPlane: versionOf('AWS::EKS::Cluster').Version, nodes, release };
}

test('a cluster goes back in two deployments without an edit, and up again', async () => {
  expect(await rollbackJson()).toMatchObject(IN_TWO);
  expect(await context()).toMatchObject({
    [KEY]: { to: '1.35', stage: 'nodes', releases: { 'Prod/Cluster/NodegroupWorkers': '1.35.4-20260714' } },
  });
  expect(await synthesized()).toEqual({ controlPlane: '1.36', nodes: '1.35', release: '1.35.4-20260714' });

  await deployStack(aws, cwd, 'Prod');
  Object.assign(cluster.nodegroups.get('workers')!, { version: '1.35', releaseVersion: '1.35.4-20260714' }); // the first deployment
  expect(await rollbackJson()).toMatchObject(IN_ONE);
  expect(await context()).toMatchObject({ [KEY]: { stage: 'control plane' } });
  expect(await synthesized()).toEqual({ controlPlane: '1.35', nodes: '1.35', release: '1.35.4-20260714' });

  expect(await rollbackJson()).toMatchObject(IN_ONE); // before that is deployed, it says the same
  await deployStack(aws, cwd, 'Prod');
  cluster.version = '1.35'; // the second deployment
  expect(await rollbackJson()).toMatchObject({ exitCode: 0, done: true, to: '1.35' });

  expect(await rollback('--end')).toMatchObject({ exitCode: 0, stdout: `ended: ${KEY}\n` });
  expect(await context()).toEqual({});
  expect(await synthesized()).toMatchObject({ controlPlane: '1.36', nodes: '1.36' });
});

test('an entry for a version that the app no longer names is not gone on with', async () => {
  await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify({
    [KEY.replace('1.36', '1.34')]: { to: '1.33', stage: 'nodes', releases: {}, addOns: {} },
  }));
  expect(await rollbackJson()).toMatchObject(IN_TWO);
  expect(await context()).toMatchObject({ [KEY]: { to: '1.35', stage: 'nodes' } });
  await rollback('--end');
  expect(await context()).toEqual({});
});

describe.each<[string, string[]]>([['with', ['--to', '1.35']], ['without', []]])('%s --to', (_, args) => {
  test.each<[string, unknown]>([
    ['is empty', null],
    ['names no version', { stage: 'nodes' }],
    ['names no stage', { to: '1.35' }],
    ['is no object', '1.35'],
  ])('an entry that %s is not gone on with, and stays', async (__, entry) => {
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify({ [KEY]: entry }));
    expect(await rollback(...args)).toEqual(endsWith(ExitCode.UNREADABLE, saysOfRollback.noRollback({ key: KEY })));
    expect(await context()).toEqual({ [KEY]: entry });
    expect(await rollback('--end')).toMatchObject({ exitCode: 0, stdout: `ended: ${KEY}\n` });
    expect(await rollbackJson(...args)).toMatchObject(IN_TWO);
  });
});

test('nodes that were held back have nothing to do: one deployment', async () => {
  Object.assign(cluster.nodegroups.get('workers')!, { version: '1.35', releaseVersion: '1.35.4-20260714' });
  expect(await rollbackJson('--to', '1.35')).toMatchObject(IN_ONE);
  expect(await context()).toMatchObject({
    [KEY]: { stage: 'control plane', releases: { 'Prod/Cluster/NodegroupWorkers': '1.35.4-20260714' } },
  });
});

describe('goes back only from what the app names and CloudFormation sends:', () => {
  /** Deploys an app, and leaves another one, or the same, in the folder. */
  const wants = async (deployed: string, named: string) => {
    synthesizeTo(cwd, (app) => addCluster(app, { version: deployed, release: `${deployed}.4-20260714` }));
    await deployStack(aws, cwd, 'Prod');
    synthesizeTo(cwd, (app) => addCluster(app, { version: named, release: `${named}.4-20260714` }));
  };
  const nodesRun = (version: string) => Object.assign(
    cluster.nodegroups.get('workers')!, { version, releaseVersion: `${version}.4-20260714` },
  );
  const otherVersion = (named: string) => sentence(cannot.goBackFromOther({ named, version: '1.36' }));
  const where = { cluster: 'prod', region: 'us-west-2' };
  const controlPlane = byHand.controlPlane({ ...where, version: '1.35' }).message;
  const workers = byHand.nodeGroup({ ...where, nodeGroup: 'workers', version: '1.35', release: '1.35.4-20260714' }).message;
  const unsent = (...first: string[]) => sentence(cannot.goBackUnsent({
    to: '1.35', version: '1.36', commands: [...first, controlPlane], isInOrder: first.length > 0,
  }));

  test.each<[string, { deployed: string; named: string; nodes: string; impossible: string }]>([
    ['an app that names a newer minor', { deployed: '1.36', named: '1.37', nodes: '1.36', impossible: otherVersion('1.37') }],
    ['the same, once the nodes went', { deployed: '1.36', named: '1.37', nodes: '1.35', impossible: otherVersion('1.37') }],
    ['an app that names the older one already', { deployed: '1.36', named: '1.35', nodes: '1.36', impossible: otherVersion('1.35') }],
    ['after a rollback of the stack', { deployed: '1.35', named: '1.35', nodes: '1.35', impossible: unsent() }],
    ['the same, of an app that still names the newer one', { deployed: '1.35', named: '1.36', nodes: '1.35', impossible: unsent() }],
    ['the same, with nodes that still run it', { deployed: '1.35', named: '1.36', nodes: '1.36', impossible: unsent(workers) }],
  ])('%s', async (_, { deployed, named, nodes, impossible }) => {
    await wants(deployed, named);
    nodesRun(nodes);
    expect(await rollbackJson()).toMatchObject({ exitCode: 1, impossible });
    expect(await context()).toEqual({});
  });

  test('an entry is not gone on with once the app names another version', async () => {
    await rollback();
    const before = await context();
    await wants('1.36', '1.35');
    expect(await rollbackJson()).toMatchObject({ exitCode: 1, impossible: otherVersion('1.35') });
    expect(await context()).toEqual(before);
  });

  test('after a rollback of the stack: an add-on that is too new for the older minor goes back by hand first', async () => {
    aws.eks.catalog.offerOlderKubeProxy();
    cluster = aws.eks.addCluster({
      version: '1.36',
      nodegroups: [{ name: 'workers', version: '1.35', releaseVersion: '1.35.4-20260714' }],
      addons: [{ name: 'vpc-cni' }, { name: 'kube-proxy', version: 'v1.36.2-eksbuild.2' }],
      lastUpgrade: { from: '1.35', completedAt: NOW },
    });
    await wants('1.35', '1.35');
    const { impossible } = await rollbackJson();
    const commands = impossible.match(/aws eks update-\S+/g);
    expect(commands).toEqual(['aws eks update-addon', 'aws eks update-cluster-version']);
    expect(impossible).toContain('--addon-name kube-proxy --addon-version v1.35.');
  });

  test('after a rollback of the stack, where it cannot be read what goes first', async () => {
    await wants('1.35', '1.35');
    aws.fail({ service: 'eks', action: 'ListAddons', fault: 'accessDenied' });
    expect(await rollbackJson()).toMatchObject({ exitCode: 3, unreadable: expect.stringContaining('eks:ListAddons') });
  });

  describe('nodes that were rolled by hand, which the deployed template has at the older minor already,', () => {
    const holds = (release: string) => (app: App) => addCluster(app, { ...APP, nodeVersion: '1.35', release });
    const ofTemplate = async (release: string, resources?: Parameters<typeof deployStack>[3]) => {
      synthesizeTo(cwd, holds(release));
      await deployStack(aws, cwd, 'Prod', resources);
      nodesRun('1.36');
    };

    test('go back by hand first', async () => {
      await ofTemplate('1.35.4-20260714');
      expect(await rollbackJson()).toMatchObject({
        exitCode: 1,
        impossible: sentence(leavesOpen.nodeGroupNotSent({
          cluster: 'prod',
          nodeGroup: 'workers',
          wanted: '1.35.4-20260714',
          live: '1.36.4-20260714',
          version: '1.35',
          release: '1.35.4-20260714',
          region: 'us-west-2',
        })),
      });
      expect(await context()).toEqual({});

      nodesRun('1.35'); // what it says to do
      expect(await rollbackJson()).toMatchObject(IN_ONE);
    });

    test('go back by the context where the template has another release', async () => {
      await ofTemplate('1.35.1-20260314');
      expect(await rollbackJson()).toMatchObject(IN_TWO);
    });

    test('go back by the context where CloudFormation failed to update them', async () => {
      await ofTemplate('1.35.4-20260714', [failedUpdate('workers')]);
      expect(await rollbackJson()).toMatchObject(IN_TWO);
    });
  });

  test('a control plane that CloudFormation failed to update is sent again', async () => {
    synthesizeTo(cwd, (app) => addCluster(app, { version: '1.35', release: '1.35.4-20260714' }));
    const { Resources } = JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8'));
    const logicalId = Object.keys(Resources).find((id) => Resources[id].Type === 'AWS::EKS::Cluster')!;
    await deployStack(aws, cwd, 'Prod', [{ logicalId, physicalId: 'prod', type: 'AWS::EKS::Cluster', status: 'UPDATE_FAILED' }]);
    synthesizeTo(cwd, (app) => addCluster(app, APP));
    nodesRun('1.35');
    expect(await rollbackJson()).toMatchObject(IN_ONE);
  });

  test('what EKS refuses is refused first', async () => {
    await wants('1.36', '1.37');
    cluster.updates[0].update.createdAt = new Date(NOW.getTime() - 8 * DAY);
    expect(await rollbackJson()).toMatchObject({ exitCode: 1, to: '1.35', refused: [{ id: 'version-rollback', reason: 'tooLate' }] });
  });
});

describe('what the context does not take back', () => {
  const golden = (minor?: string) => {
    aws.ec2.images.put('ami-0123456789abcde07', { name: minor ? `golden-${minor}` : 'golden', createdAt: NOW });
    return { name: 'golden', amiType: 'CUSTOM', version: minor, releaseVersion: 'ami-0123456789abcde07' };
  };
  const addGroup = (group: object) => {
    cluster = aws.eks.addCluster({ ...SEED, nodegroups: [...SEED.nodegroups, group] as never });
  };
  const GOLDEN_BACK = describePlanStep({ kind: 'node-group', name: 'golden', from: '1.36', to: '1.35', by: 'launch template' });

  test('is named beside what it does, and stops the control plane as long as it has to go first', async () => {
    addGroup(golden('1.36'));
    expect(await rollbackJson()).toMatchObject({
      ...IN_TWO, open: expect.arrayContaining([sentence(cannot.takeBackByContext({ steps: [GOLDEN_BACK] }))]),
    });

    Object.assign(cluster.nodegroups.get('workers')!, { version: '1.35', releaseVersion: '1.35.4-20260714' });
    const before = await context();
    expect(await rollbackJson()).toMatchObject({ exitCode: 1, impossible: sentence(cannot.goBackByHandFirst({ steps: [GOLDEN_BACK] })) });
    expect(await context()).toEqual(before);

    cluster.nodegroups.delete('golden');
    expect(await rollbackJson()).toMatchObject(IN_ONE);
  });

  test('is no reason to wait where nobody tells the minor of an image', async () => {
    addGroup({ ...golden(), version: undefined });
    Object.assign(cluster.nodegroups.get('workers')!, { version: '1.35', releaseVersion: '1.35.4-20260714' });
    expect(await rollbackJson()).toMatchObject({
      ...IN_ONE, open: expect.arrayContaining([sentence(cannot.tellMinorOfNodes({ groups: ['golden'], to: '1.35' }))]),
    });
  });

  test('a node group of no app is one that somebody else takes back', async () => {
    addGroup({ name: 'eksctl', releaseVersion: APP.release });
    const steps = [NODES_BACK.replace('workers', 'eksctl')];
    expect(await rollbackJson()).toMatchObject({ ...IN_TWO, open: [sentence(cannot.takeBackByContext({ steps }))] });
  });
});

test('a dry run and JSON write nothing that was not asked for', async () => {
  const { exitCode, stdout } = await rollback('--dry-run', '--json');
  expect({ exitCode, ...readJsonOutput(stdout) }).toMatchObject({
    exitCode: 0, command: 'rollback', dryRun: true, clusters: [{ name: 'prod', from: '1.36', to: '1.35', stage: 'nodes' }],
  });
  expect(await context()).toEqual({});
  expect(readJsonOutput((await rollback('--end', '--json')).stdout)).toMatchObject({ command: 'rollback', ended: [], dryRun: false });
  expect(readJsonOutput((await rollback('--to', '1.36', '--json')).stdout)).toMatchObject({
    clusters: [{ impossible: sentence(cannot.goBackUp({ version: '1.36', to: '1.36' })) }],
  });
});

describe('writes nothing, and ends with 1,', () => {
  test.each<[string, () => void, object]>([
    [
      'after seven days',
      () => { cluster.updates[0].update.createdAt = new Date(NOW.getTime() - 8 * DAY); },
      { id: 'version-rollback', reason: 'tooLate', data: { current: '1.36', target: '1.35', days: 7 } },
    ],
    [
      'of the version that it was created with', () => { cluster.lastUpgrade = undefined; cluster.updates.length = 0; },
      { id: 'version-rollback', reason: 'neverUpgraded', data: { current: '1.36' } },
    ],
    ['after another rollback', () => {
      cluster.updates.push({
        update: {
          ...cluster.updates[0].update, id: 'back', type: 'VersionRollback', createdAt: NOW, params: [{ type: 'Version', value: '1.36' }],
        },
      });
    }, { id: 'version-rollback', reason: 'rolledBack', data: { to: '1.36' } }],
    ['where EKS finds an insight against it once the nodes went', () => {
      Object.assign(cluster.nodegroups.get('workers')!, { version: '1.35', releaseVersion: '1.35.4-20260714' });
      cluster.insights = [
        insight({ name: 'Kubelet version skew', category: 'ROLLBACK_READINESS', status: 'ERROR', kubernetesVersion: '1.35' }),
      ];
    }, { id: 'insight-kubelet-version-skew', check: 'rollback-insights' }],
  ])('%s', async (_, spoil, finding) => {
    spoil();
    const { exitCode, to, refused } = await rollbackJson();
    expect({ exitCode, to, refused }).toMatchObject({ exitCode: 1, to: '1.35', refused: [{ severity: 'error', ...finding }] });
    expect(await context()).toEqual({});
  });

  test('for a cluster of another construct, which does not obey the context', async () => {
    synthesizeTo(cwd, (app) => addClusterOfL2(app, APP));
    await deployStack(aws, cwd, 'Prod');
    expect(await rollbackJson()).toMatchObject({ exitCode: 1, impossible: sentence(cannot.goBackByContext({})) });
    expect(await context()).toEqual({});
  });

  test('for more than one minor, and for what is not older', async () => {
    expect(await rollback('--to', '1.3')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(sentence(saysOfVersions.numberOfYaml({ text: '1.3', first: '1.10', minor: 3 }))) });
    expect(await rollbackJson('--to', '1.34')).toMatchObject({
      exitCode: 1, impossible: sentence(saysOfPlan.rollsBackOneMinor({ current: '1.36', target: '1.34', nearest: '1.35' })),
    });
    expect(await rollbackJson('--to', '1.36')).toMatchObject({
      exitCode: 1, impossible: sentence(cannot.goBackUp({ version: '1.36', to: '1.36' })),
    });
    expect(await context()).toEqual({});
  });
});

describe('a cluster that is still to be created', () => {
  const withNext = () => synthesizeTo(cwd, (app) => {
    addCluster(app, APP);
    addCluster(app, { ...APP, stack: 'Next', clusterName: 'next' });
  });

  test('is skipped, with a line of its own', async () => {
    withNext();
    const { exitCode, stdout } = await rollback();
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('does not exist yet: nothing goes back') });
    expect(Object.keys(await context())).toEqual([KEY]);
    expect(readJsonOutput((await rollback('--json', 'Next')).stdout)).toMatchObject({
      clusters: [{ name: 'next', path: 'Next/Cluster', toBeCreated: true }], dryRun: true,
    });
    expect((await rollback('Next')).exitCode).toBe(0);
  });

  test('leaves the exit code to the others', async () => {
    withNext();
    cluster.updates[0].update.createdAt = new Date(NOW.getTime() - 8 * DAY);
    expect((await rollback()).exitCode).toBe(1);
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied' });
    expect((await rollback()).exitCode).toBe(3);
    expect(await context()).toEqual({});
  });
});

describe('what cannot be read of nodes, add-ons and what EKS offers of them ends with 3, and writes nothing:', () => {
  test.each([
    ['DescribeNodegroup', 'eks:DescribeNodegroup'],
    ['ListNodegroups', 'eks:ListNodegroups'],
    ['DescribeAddon', 'eks:DescribeAddon'],
    ['ListAddons', 'eks:ListAddons'],
    ['DescribeAddonVersions', 'eks:DescribeAddonVersions'],
    ['GetParameter', 'ssm:GetParameter'],
    ['ListUpdates', 'eks:ListUpdates'],
    ['DescribeClusterVersions', 'eks:DescribeClusterVersions'],
  ])('%s', async (action, named) => {
    aws.deny = (call) => call.action === action;
    expect(await rollbackJson()).toMatchObject({ exitCode: 3, unreadable: expect.stringContaining(`could not be read: not allowed to call ${named}`) });
    expect(await context()).toEqual({});
  });

  test('what EKS refuses is refused all the same', async () => {
    cluster.updates[0].update.createdAt = new Date(NOW.getTime() - 8 * DAY);
    aws.deny = (call) => call.action === 'DescribeNodegroup';
    expect(await rollbackJson()).toMatchObject({ exitCode: 1, refused: [{ id: 'version-rollback' }] });
  });

  test('releases do not matter once the nodes went', async () => {
    Object.assign(cluster.nodegroups.get('workers')!, { version: '1.35', releaseVersion: '1.35.4-20260714' });
    aws.deny = (call) => call.action === 'GetParameter';
    expect(await rollbackJson()).toMatchObject(IN_ONE);
  });

  test('a release of an AMI type that is newer than the library stays open', async () => {
    cluster.nodegroups.get('workers')!.amiType = 'AL2030_x86_64_STANDARD';
    expect(await rollbackJson()).toMatchObject({ exitCode: 0, stage: 'nodes', open: [expect.stringContaining('AL2030_x86_64_STANDARD')] });
  });
});

test('what cannot be read ends with 3, what is no version with 2', async () => {
  aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied' });
  expect(await rollbackJson()).toMatchObject({ exitCode: 3, unreadable: expect.stringContaining('eks:DescribeCluster') });
  expect(await rollback('--to', 'last')).toMatchObject({ exitCode: 2 });
  expect(readJsonOutput((await rollback('--end', '--json')).stdout)).toMatchObject({ ended: [] });
});
