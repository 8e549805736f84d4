import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { Duration } from 'aws-cdk-lib/core';
import { ClusterUpgrades, ManagedAddOn, UpgradeGuard } from '../../../src';
import { cannot } from '../../../src/cli/messages';
import { PlannedDeployment, rollsOf } from '../../../src/cli/plan/cluster-plan';
import { planMermaid } from '../../../src/cli/plan/mermaid-format';
import { Finding } from '../../../src/engine/judgement/finding';
import { says as saysOfVersions } from '../../../src/engine/kubernetes/messages';
import { sentence } from '../../../src/engine/messages/sentence';
import { describeAppEdit } from '../../../src/engine/plan/app-edits';
import { leavesOpen, says as saysOfPlan } from '../../../src/engine/plan/messages';
import { describePlanStep } from '../../../src/engine/plan/plan-step';
import { TimedStep } from '../../../src/engine/plan/plan-times';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { importedVpc } from '../../node-group/_fixtures';
import { addClusterOfL2, clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

let aws: LocalAws;
let cwd: string;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14', patch: 4 });
  deployCluster(aws);
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

/** An app that is deployed as it was at 1.35, and with its bakes. */
async function appOf(options: ClusterAppOptions = {}): Promise<void> {
  const before = await clusterApp({ bake: options.bake });
  await deployStack(aws, before, 'Prod');
  await rm(before, { recursive: true });
  cwd = await clusterApp(options);
}

const plan = async (...args: string[]) => runCommand(['plan', ...args], { cwd, now: NOW });
const inShort = ({ from, to, edits, steps, passed, unsafeToStop, wayBackTo, closesWayBackTo }: PlannedDeployment) => ({
  way: [from, to],
  edits,
  steps: steps.map(({ step, latestStart }) => [step, latestStart]),
  end: { passed, unsafeToStop, wayBackTo, closesWayBackTo },
});
const checksOf = ({ findings }: PlannedDeployment) => findings.map(({ check }) => check);
const planJson = async (...args: string[]) => {
  const { exitCode, stdout } = await plan('--json', ...args);
  return { exitCode, ...readJsonOutput(stdout) };
};

test('insights are judged by the age that the guard allows', async () => {
  const planned = async (maxInsightAge: Duration, lookedHoursAgo: number) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714', upgradeGuard: UpgradeGuard.enforce({ maxInsightAge }) });
    aws.eks.clusters.get('prod')!.insights.forEach(
      (insight) => (insight.lastRefreshTime = new Date(NOW.getTime() - lookedHoursAgo * 3_600_000)),
    );
    const { clusters: [{ deployments: [{ passed, findings }] }] } = await planJson();
    return [passed, findings.find(({ check }: Finding) => check === 'insight-age')?.severity];
  };

  expect(await planned(Duration.hours(4), 30)).toEqual([false, 'error']);
  expect(await planned(Duration.hours(4), 5)).toEqual([true, 'info']);
  expect(await planned(Duration.hours(48), 30)).toEqual([true, undefined]);
});

test('deployment by deployment, in order, with what moves and how long it takes', async () => {
  await appOf();

  const { exitCode, clusters: [{ deployments, ...way }] } = await planJson('--to', '1.37');

  expect({ exitCode, ...way }).toMatchObject({
    exitCode: 0, from: '1.35', to: '1.37', otherWay: { holdNodes: true, rolls: 1 }, savedUsdInYear: expect.any(Number), open: [],
  });
  expect(deployments.map(inShort)).toEqual([
    {
      way: ['1.35', '1.36'],
      edits: [
        { path: 'Prod/Cluster', prop: 'version', value: "eks.KubernetesVersion.of('1.36')" },
        { path: 'Prod/Cluster/NodegroupWorkers', prop: 'amiTracking', value: "AmiTracking.pinned('1.36.4-20260714')" },
      ],
      steps: [
        [{ kind: 'control-plane', from: '1.35', to: '1.36' }, 0],
        [{ kind: 'add-on', name: 'vpc-cni', from: 'v1.20.1-eksbuild.3', to: 'v1.21.1-eksbuild.1' }, 40],
        [{ kind: 'node-group', name: 'workers', from: '1.35', to: '1.36', releaseVersion: '1.36.4-20260714', by: 'version' }, 50],
      ],
      end: { passed: true, unsafeToStop: [], wayBackTo: '1.35', closesWayBackTo: undefined },
    },
    {
      way: ['1.36', '1.37'],
      edits: [
        { path: 'Prod/Cluster', prop: 'version', value: "eks.KubernetesVersion.of('1.37')" },
        { path: 'Prod/Cluster/NodegroupWorkers', prop: 'amiTracking', value: "AmiTracking.pinned('1.37.4-20260714')" },
      ],
      steps: [
        [{ kind: 'control-plane', from: '1.36', to: '1.37' }, 0],
        [{ kind: 'add-on', name: 'vpc-cni', from: 'v1.21.1-eksbuild.1', to: 'v1.22.0-eksbuild.1' }, 40],
        [{ kind: 'node-group', name: 'workers', from: '1.36', to: '1.37', releaseVersion: '1.37.4-20260714', by: 'version' }, 50],
      ],
      end: { passed: true, unsafeToStop: [], wayBackTo: '1.36', closesWayBackTo: '1.35' },
    },
  ]);
  expect(deployments.flatMap(checksOf)).not.toContain('node-group-current');
});

test.each([
  [[], { after: ['workers'], created: [] }, ', after rolling back workers, until'],
  [['--hold-nodes'], { after: [], created: [] }, ' for 7 days, until'],
])('with %j, what has to go back before the control plane', async (options, expected, words) => {
  await appOf();
  expect((await planJson('--to', '1.37', ...options)).clusters[0].deployments[0]).toMatchObject({ wayBackTo: '1.35', beforeWayBack: expected });
  expect((await plan('--to', '1.37', ...options)).stdout).toContain(words);
});

test('how many nodes a roll launches beside those that there are, by the zones of the node group', async () => {
  await appOf();
  aws.eks.clusters.get('prod')!.nodegroups.get('workers')!.config = { subnets: ['subnet-a', 'subnet-b'] };
  expect((await planJson('--to', '1.36')).clusters[0].deployments[0].steps).toContainEqual(expect.objectContaining({
    step: expect.objectContaining({ kind: 'node-group' }), roll: expect.objectContaining({ nodes: 2, atOnce: 1, surge: 4 }),
  }));
});

test('without a version: to what the app wants, which is the beginning of the way beyond it', async () => {
  await appOf({ version: '1.36', release: '1.36.4-20260714' });
  const [asWritten, beyond] = [(await planJson()).clusters[0], (await planJson('--to', '1.37')).clusters[0]];

  expect(asWritten).toMatchObject({ from: '1.35', to: '1.36', deployments: [{ edits: [] }] });
  expect(beyond).toMatchObject({ to: '1.37', otherWay: { holdNodes: true, rolls: 1 } });
  expect(beyond.deployments[0]).toEqual(asWritten.deployments[0]);
});

test('of a way that is written to a file, nothing is to be written into the app', async () => {
  await appOf();
  const { deployments } = (await planJson('--to', '1.37', '--write')).clusters[0];
  expect(deployments.map(({ from, to }: PlannedDeployment) => [from, to])).toEqual([['1.35', '1.36'], ['1.36', '1.37']]);
  expect(deployments.filter(({ edits }: PlannedDeployment) => edits)).toEqual([]);
  expect(JSON.parse(await readFile(join(cwd, 'upgrade-path.json'), 'utf8')).paths).toMatchObject([{ cluster: 'Prod/Cluster' }]);
});

test.each([
  ['upgrade-path.json', 'UpgradePath.fromFile()'], ['prod.json', "UpgradePath.fromFile('prod.json')"],
])('a path of clusters that follow none yet is written to %s, which they are to follow by %s', async (file, prop) => {
  cwd = await clusterApp({}, { stack: 'Test', clusterName: 'test' });
  deployCluster(aws, 'test');
  for (const stack of ['Prod', 'Test']) await deployStack(aws, cwd, stack);
  const { exitCode, stderr } = await plan('--to', '1.37', '--write', ...file === 'prod.json' ? ['--path-file', file] : []);
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 0, stderr: expect.stringContaining(`written to ${file}: give the clusters upgradePath: ${prop}, then move`),
  });
  expect(JSON.parse(await readFile(join(cwd, file), 'utf8')).paths).toMatchObject([{ cluster: 'Prod/Cluster' }, { cluster: 'Test/Cluster' }]);
});

test('of a cluster of another construct, which follows no path, none is written', async () => {
  await appOf();
  synthesizeTo(cwd, addClusterOfL2);
  const { exitCode, stderr } = await plan('--to', '1.37', '--write');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1, stderr: `no upgrade path is written:\n  prod (Prod/Cluster): ${sentence(cannot.followPath({}))}\n`,
  });
  expect(await readdir(cwd)).toEqual(['cdk.json', 'cdk.out']);
});

test('the other way holds the nodes, says so in the app and the way to the one as it is written', async () => {
  await appOf();

  const [{ deployments, otherWay }] = (await planJson('--to', '1.37', '--hold-nodes')).clusters;

  expect(otherWay).toMatchObject({ holdNodes: false, rolls: 2 });
  expect(deployments.map(({ edits }: PlannedDeployment) => edits!.find(({ prop }) => prop === 'nodeKubernetesVersion'))).toEqual([
    { path: 'Prod/Cluster', prop: 'nodeKubernetesVersion', value: "eks.KubernetesVersion.of('1.35')" },
    { path: 'Prod/Cluster', prop: 'nodeKubernetesVersion' },
  ]);
  expect(deployments.flatMap(({ findings }: PlannedDeployment) => findings)).toContainEqual(
    expect.objectContaining({ id: 'node-group-current:workers', severity: 'warning', reason: 'behind', data: { version: '1.35', current: '1.36' } }),
  );
});

test.each([
  'text', 'markdown', 'html',
])('a node group whose name CloudFormation has made up goes by its construct in %s', async (format) => {
  const name = 'Prod-ClusterNodegroupWorkersA3EA85B0-257895A2D6BD';
  aws.eks.addCluster({ name: 'prod', version: '1.35', nodegroups: [{ name }], addons: [{ name: 'vpc-cni' }] });
  const before = await clusterApp({ namesWorkers: false });
  const { Resources } = JSON.parse(await readFile(join(before, 'cdk.out/Prod.template.json'), 'utf8'));
  const logicalId = Object.keys(Resources).find((id) => Resources[id].Type === 'AWS::EKS::Nodegroup')!;
  await deployStack(aws, before, 'Prod', [
    { logicalId: 'ClusterEB0386A7', type: 'AWS::EKS::Cluster', physicalId: 'prod' }, {
      logicalId, type: 'AWS::EKS::Nodegroup', physicalId: `prod/${name}`,
    },
  ]);
  await rm(before, { recursive: true });
  cwd = await clusterApp({ namesWorkers: false, version: '1.36', release: '1.36.4-20260714' });

  const { stdout } = await plan('--format', format);

  const steps = (await planJson()).clusters[0].deployments[0].steps.map(({ step }: TimedStep) => step);
  const step = { kind: 'node-group', name, constructPath: 'Cluster/NodegroupWorkers', from: '1.35', to: '1.36', releaseVersion: '1.36.4-20260714', by: 'version' } as const;
  expect(steps).toContainEqual(step);
  expect(stdout.replaceAll('\\', '')).toContain(describePlanStep(step));
});

test.each([
  ['1.36', undefined], ['1.37', '1.37'],
])('what the deployed template names already, here %s, CloudFormation does not send: the plan says so, and writes nothing into the app', async (deployed, further) => {
  cwd = await clusterApp({ version: deployed, release: `${deployed}.4-20260714` });
  await deployStack(aws, cwd, 'Prod');

  const { deployments, open } = (await planJson()).clusters[0];
  expect(deployments).toMatchObject([{ from: '1.35', to: '1.35', edits: [] }]);
  expect(open).toContainEqual(sentence(leavesOpen.versionNotSent({ cluster: 'prod', deployed, live: '1.35', next: '1.36', further, region: 'us-west-2' })));
});

test('a cluster that EKS or somebody else has taken beyond the app: nothing of the app follows it, and the plan says so', async () => {
  await appOf();
  aws.eks.clusters.get('prod')!.version = '1.36';
  const openOf = async (...args: string[]) => (await planJson(...args)).clusters[0].open;

  expect(await openOf()).toEqual([sentence(leavesOpen.versionBehind({ live: '1.36', named: '1.35' }))]);
  expect(await openOf('--to', '1.37')).toEqual([]);
});

test.each([
  ['1.36', []], ['1.35', [sentence(leavesOpen.versionBehind({ live: '1.36', named: '1.35' }))]],
])('a cluster of another app that runs 1.36, while this one names %s', async (version, told) => {
  cwd = await folderOf();
  synthesizeTo(cwd, (app) => {
    const stack = stackIn(app, 'Nodes');
    const vpc = importedVpc(stack, 'Vpc');
    ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName: 'prod', version: KubernetesVersion.of(version), vpc, managedAddOns: [ManagedAddOn.coreDns()],
    });
  });
  aws.eks.clusters.get('prod')!.version = '1.36';

  expect((await planJson()).clusters[0].open).toEqual(told);
});

test('a version to which there is no way', async () => {
  await appOf();

  expect(await planJson('--to', '1.33')).toMatchObject({
    exitCode: 1, clusters: [{ noWay: sentence(saysOfPlan.rollsBackOneMinor({ current: '1.35', target: '1.33', nearest: '1.34' })) }],
  });
});

test('a deployment that is refused, and those after it', async () => {
  aws.eks.clusters.get('prod')!.status = 'FAILED';
  await appOf();

  const { exitCode, clusters: [{ deployments: [first] }] } = await planJson('--to', '1.36');

  expect({ exitCode, ...first }).toMatchObject({ exitCode: 1, from: '1.35', to: '1.36', passed: false });
  expect(first.findings).toContainEqual(expect.objectContaining({ id: 'cluster-active', severity: 'error' }));
});

test('a way back that is open closes with the next minor', async () => {
  aws.eks.addCluster({ name: 'prod', version: '1.35', lastUpgrade: { from: '1.34', completedAt: new Date(NOW.getTime() - 86_400_000) } });
  await appOf();

  expect((await planJson('--to', '1.36')).clusters[0].deployments[0]).toMatchObject({ closesWayBackTo: '1.34', wayBackTo: '1.35' });
});

test('in whatever order EKS lists the updates, newest first too', async () => {
  const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
  const { updates } = aws.eks.addCluster({ name: 'prod', version: '1.35', lastUpgrade: { from: '1.34', completedAt: daysAgo(1) } });
  updates.push({
    update: { id: 'earlier', type: 'VersionUpdate', status: 'Successful', createdAt: daysAgo(120), params: [{ type: 'Version', value: '1.34' }] },
  });
  await appOf();

  expect((await planJson('--to', '1.36')).clusters[0].deployments[0]).toMatchObject({ closesWayBackTo: '1.34' });
});

describe('what is not in the app', () => {
  const KUBE_PROXY = { name: 'kube-proxy', version: 'v1.35.3-eksbuild.2' };
  const errorsIn = (findings: Finding[]) => findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);

  test.each([
    ['a node group that is DEGRADED', { nodegroups: [{ name: 'bad', status: 'DEGRADED' as const }] }, ['node-group-health:bad']],
    ['a node group of an AMI type that nobody knows', { nodegroups: [{ name: 'odd', amiType: 'FUTURE_x86_64', releaseVersion: '9' }] }, []],
    ['an add-on', { addons: [KUBE_PROXY] }, []],
  ])('is judged by plan as by check: %s', async (_, { nodegroups = [], addons = [] }: { nodegroups?: object[]; addons?: object[] }, errors) => {
    aws.eks.addCluster({
      name: 'prod',
      version: '1.35',
      nodegroups: [{ name: 'workers', releaseVersion: '1.35.4-20260714' }, ...nodegroups as [{ name: string }]],
      addons: [{ name: 'vpc-cni' }, ...addons as [{ name: string }]],
    });
    await appOf({ version: '1.36', release: '1.36.4-20260714' });

    const checked = await runCommand(['check', '--json'], { cwd, now: NOW });
    const planned = await planJson();

    const [{ verdict: { findings: ofCheck } }] = readJsonOutput(checked.stdout).clusters;
    const [{ deployments: [{ findings, steps, minutes, edits }] }] = planned.clusters;
    const ofOthers = (all: Finding[]) => all.filter(({ id }) => /:(bad|odd|kube-proxy)\b/.test(id)).map(({ id, severity }) => [id, severity]);
    expect(ofOthers(ofCheck)).not.toEqual([]);
    expect([planned.exitCode, ofOthers(findings), errorsIn(findings)]).toEqual([checked.exitCode, ofOthers(ofCheck), errors]);
    expect(edits).toEqual([]);
    const [external] = steps.filter(({ step }: TimedStep) => 'isExternal' in step);
    expect([external, minutes]).toEqual([steps.at(-1), { from: 8 + 1 + 8, to: 40 + 10 + 62 }]); // of what is in the app
    expect(external).not.toHaveProperty('minutes');
    expect((await plan()).stdout).toContain(`${describePlanStep(external.step)}: not in the total\n`);
  });

  const putForeign = (version: string) => aws.eks.addCluster({
    name: 'prod',
    version: '1.35',
    nodegroups: [{ name: 'workers', releaseVersion: '1.35.4-20260714' }, { name: 'foreign', version }],
    addons: [{ name: 'vpc-cni' }],
  });

  test('is no deployment of the app where nothing else moves before the next one', async () => {
    putForeign('1.32');
    await appOf();
    const [{ deployments: [before, next, ...more] }] = (await planJson('--to', '1.36')).clusters;
    expect(before).toMatchObject({ from: '1.35', to: '1.35', steps: [{ step: { name: 'foreign', isExternal: true } }] });
    expect(before).not.toHaveProperty('edits');
    expect([next.from, next.to, next.edits.map(describeAppEdit)[0], more]).toEqual([
      '1.35', '1.36', "Prod/Cluster: version: eks.KubernetesVersion.of('1.36')", [],
    ]);
    const { stdout } = await plan('--to', '1.36');
    expect(stdout).toContain('1.35 → 1.36: 1 deployment, ');
    expect(stdout).toContain('  before the next deployment, outside this app: nodes and add-ons at 1.35, not in the total\n     node group foreign');
    expect(stdout).toContain('  1. 1.35 → 1.36, ');
    for (const format of ['markdown', 'html', 'mermaid']) {
      expect((await plan('--to', '1.36', '--format', format)).stdout).toMatch(
        /before the next deployment, outside this app[^\n]* nodes and add-ons at 1\.35(.|\n)*\b1\. 1\.35 → 1\.36/,
      );
    }

    await plan('--to', '1.36', '--write');
    const { paths: [{ steps }] } = JSON.parse(await readFile(join(cwd, 'upgrade-path.json'), 'utf8'));
    expect([steps[1].version, steps[1].does.slice(0, 2)]).toEqual(['1.36', [
      expect.stringContaining('node group foreign from 1.32'), describePlanStep({ kind: 'control-plane', from: '1.35', to: '1.36' }),
    ]]);
  });

  test('leaves the app nothing to do, where it is all that lags', async () => {
    putForeign('1.33');
    await appOf();
    const [{ deployments }] = (await planJson()).clusters;
    expect(deployments).toHaveLength(1);
    expect(deployments[0]).not.toHaveProperty('edits');
    const { stdout } = await plan();
    expect(stdout).toContain('stays at 1.35: the app has nothing to move\n');
    expect(stdout).toContain('\n  outside this app: nodes and add-ons at 1.35, not in the total\n');
  });

  test('is not rolled by it, and its moves are told as those of others in the file of a path', async () => {
    aws.eks.clusters.get('prod')!.nodegroups.set('foreign', { ...aws.eks.clusters.get('prod')!.nodegroups.get('workers')!, name: 'foreign' });
    await appOf();
    const [{ otherWay }] = (await planJson('--to', '1.37', '--write')).clusters;
    expect(otherWay).toMatchObject({ rolls: 2 });
    const does = JSON.parse(await readFile(join(cwd, 'upgrade-path.json'), 'utf8')).paths[0].steps.flatMap((step: { does: string[] }) => step.does);
    expect(does.filter((line: string) => line.includes('foreign'))).toEqual([describePlanStep({
      kind: 'node-group', name: 'foreign', from: '1.35', to: '1.37', releaseVersion: '1.37.4-20260714', by: 'version', isExternal: true,
    })]);
  });
});

test('a node group that is replaced counts as a roll, of which nobody knows the time', async () => {
  aws.eks.addCluster({ name: 'prod', version: '1.32', nodegroups: [{ name: 'old', amiType: 'AL2_x86_64', releaseVersion: '1.32.4-20251126' }] });
  cwd = '/nowhere';
  const args = ['--without-app', '--cluster', 'prod', '--region', 'us-west-2', '--to', '1.33'];
  const [way] = (await planJson(...args)).clusters;
  expect(way).toMatchObject({ minutes: { from: 8, to: 40, isPartial: true }, deployments: [{ minutes: { isPartial: true } }] });
  expect([way.deployments[0].steps.at(-1).step.kind, rollsOf(way)]).toEqual(['node-group-replacement', 1]);
  expect((await plan(...args)).stdout).toContain('1.32 → 1.33: 1 deployment, at least 8 to 40 minutes\n');
});

test('node groups of many nodes take their time', async () => {
  aws.eks.addCluster({
    name: 'prod',
    version: '1.35',
    nodegroups: [
      { name: 'small' }, {
        name: 'large', config: { scalingConfig: { minSize: 1, desiredSize: 40, maxSize: 50 }, updateConfig: { maxUnavailable: 4 } },
      },
    ],
  });
  cwd = '/nowhere';

  const withoutApp = ['--without-app', '--cluster', 'prod', '--region', 'us-west-2'];
  const [{ deployments: [{ steps, minutes }] }] = (await planJson(...withoutApp, '--to', '1.36')).clusters;
  const [controlPlane, small, large] = steps;
  expect([controlPlane, small, large].map(({ step }) => step.name ?? step.kind)).toEqual(['control-plane', 'small', 'large']);
  expect(large.roll).toMatchObject({ nodes: 40, atOnce: 4, rounds: 10 });
  expect([small.latestStart, large.latestStart]).toEqual([40, 40]);
  expect(minutes).toEqual({ from: 8 + large.minutes.from, to: 40 + large.minutes.to });
});

test('bakes last between what they watch and what waits for it, each as a step; those that the next deployment makes do not, unless onCreation', async () => {
  aws.eks.addCluster({ name: 'prod', version: '1.35', nodegroups: [{ name: 'canary' }, { name: 'workers' }] });
  await appOf({ bake: { duration: Duration.minutes(30) } });
  const timed = async () => (await planJson('--to', '1.37', '--hold-nodes')).clusters[0].deployments.map(
    ({ minutes, steps }: PlannedDeployment) => [minutes, ...steps.map(({ step: { kind, ...step }, latestStart }) => (
      ['name' in step ? step.name ?? kind : kind, kind, latestStart]))],
  );
  const first = [{ from: 38, to: 70 }, ['control-plane', 'control-plane', 0], ['bake', 'bake', 40]];

  expect(await timed()).toEqual([
    first,
    [
      { from: 8 + 30 + 8 + 30 + 8, to: 162 + 62 },
      ['control-plane', 'control-plane', 0], ['bake', 'bake', 40], ['canary', 'node-group', 70], ['canary', 'bake', 132], ['workers', 'node-group', 162],
    ],
  ]);
  const [, { steps }] = (await planJson('--to', '1.37', '--hold-nodes')).clusters[0].deployments;
  expect(steps.filter(({ step }: TimedStep) => step.kind === 'bake')).toMatchObject([
    { step: { alarms: [] }, minutes: { from: 30, to: 30 } }, { step: { name: 'canary', alarms: ['Prod/Errors'] }, minutes: { from: 30, to: 30 } },
  ]);

  aws.cloudFormation.putStack({ name: 'Prod', status: 'UPDATE_COMPLETE', template: { Resources: {} }, resources: [] });
  expect((await timed())[0]).toEqual([{ from: 8, to: 40 }, ['control-plane', 'control-plane', 0]]);

  await rm(cwd, { recursive: true });
  cwd = await clusterApp({ bake: { duration: Duration.minutes(30), onCreation: true } });
  expect((await timed())[0]).toEqual(first);
});

test('what EKS does not tell stays open', async () => {
  await appOf();
  aws.fail({ service: 'eks', action: 'ListNodegroups', fault: 'accessDenied' });

  const [{ open }] = (await planJson('--to', '1.36')).clusters;
  expect(open).toEqual([expect.stringMatching(new RegExp(`^${sentence(leavesOpen.nodeGroupsUnread({ why: '.*eks:ListNodegroups.*' }))}$`))]);
});

const WITHOUT_APP = ['--without-app', '--cluster', 'prod', '--region', 'us-west-2'];

test.each([
  ['DescribeNodegroup', 'node group workers', WITHOUT_APP], ['DescribeAddon', 'add-on vpc-cni', WITHOUT_APP],
  ['ListInsights', 'the insights', WITHOUT_APP], ['ListInsights', 'the insights', []],
])('nothing to do, as far as it could be read: %s of %s is denied, %j', async (action, what, args) => {
  await appOf();
  aws.deny = (call) => call.action === action;
  const { exitCode, clusters: [{ gaps, open }] } = await planJson(...args);
  expect({ exitCode, gaps }).toEqual({ exitCode: 3, gaps: [expect.stringContaining(`${what} could not be read: not allowed to call eks:${action}`)] });
  expect(open).toEqual([expect.stringContaining(`not allowed to call eks:${action}`)]);
  expect(await planJson('--to', '1.36')).toMatchObject({ exitCode: 1, clusters: [{ gaps: [] }] });
});

test('a cluster that cannot be read, and one that does not exist yet', async () => {
  await appOf();
  aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });
  expect(await planJson('--to', '1.36')).toMatchObject({
    exitCode: 3, clusters: [{ name: 'prod', unreadable: expect.stringContaining('eks:DescribeCluster') }],
  });

  await aws.clearFaults();
  aws.eks.clusters.delete('prod');
  expect(await planJson('--to', '1.36')).toMatchObject({ exitCode: 0, clusters: [{ name: 'prod', toBeCreated: true }] });
});

test('a cluster without an app', async () => {
  cwd = '/nowhere';

  const { exitCode, clusters: [cluster] } = await planJson('--without-app', '--cluster', 'prod', '--region', 'us-west-2', '--to', '1.36');
  expect({ exitCode, ...cluster }).toMatchObject({ exitCode: 0, name: 'prod', region: 'us-west-2', from: '1.35', to: '1.36' });
});

test.each([
  ['DescribeNodegroup', 'node group workers'], ['ListNodegroups', 'the node groups'],
  ['DescribeAddon', 'add-on vpc-cni'], ['ListAddons', 'the add-ons'],
])('it is not said to be safe to stop where %s is denied', async (action, what) => {
  await appOf();
  aws.deny = (call) => call.action === action;
  const { clusters: [{ deployments }] } = await planJson('--to', '1.37');
  expect(deployments).toHaveLength(2);
  for (const { unsafeToStop } of deployments) {
    expect(unsafeToStop).toEqual([expect.stringContaining(`${what} could not be read: not allowed to call eks:${action}`)]);
  }
});

test('what the app removes is no reason not to stop after it, though it could not be read', async () => {
  cwd = await clusterApp({});
  const template = JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8'));
  template.Resources.Old = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'prod', NodegroupName: 'old' } };
  const resources = [{ logicalId: 'Old', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/old' }];
  aws.cloudFormation.putStack({ name: 'Prod', status: 'UPDATE_COMPLETE', template, resources });
  aws.eks.addCluster({
    name: 'prod',
    version: '1.35',
    nodegroups: [{ name: 'workers', releaseVersion: '1.35.4-20260714' }, { name: 'old' }],
    addons: [{ name: 'vpc-cni' }],
  });
  aws.deny = ({ action, input }) => action === 'DescribeNodegroup' && input.nodegroupName === 'old';
  const { clusters: [{ deployments }] } = await planJson('--to', '1.36');
  expect(deployments.map(({ unsafeToStop }: PlannedDeployment) => unsafeToStop)).toEqual([[]]);
});

test('fails for what is not a version', async () => {
  cwd = '/nowhere';
  expect(await plan('--to', 'newest')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(sentence(saysOfVersions.notAMinor({ text: 'newest' }))) });
});

test('fails for 1.3, which YAML makes of 1.30, before AWS is asked', async () => {
  cwd = '/nowhere';
  aws.clearRequests();
  expect(await plan('--without-app', '--cluster', 'prod', '--to', '1.3')).toMatchObject({
    exitCode: 2, stdout: '', stderr: expect.stringContaining(sentence(saysOfVersions.numberOfYaml({ text: '1.3', first: '1.10', minor: 3 }))),
  });
  expect(aws.requests).toEqual([]);
});

describe('Mermaid', () => {
  test.each(['UTC', 'Asia/Kolkata'])('is understood by Mermaid itself, in %s', async (timeZone) => {
    aws.eks.clusters.get('prod')!.status = 'FAILED';
    await appOf();

    const charts = (await plan('--to', '1.36', '--format', 'mermaid')).stdout;

    expect(tasksByMermaid(charts, timeZone)).toEqual([
      { section: '1. 1.35 → 1.36', task: 'control plane from 1.35 to 1.36', isCritical: true, from: '00:00', to: '00:40' },
      {
        section: '1. 1.35 → 1.36',
        task: 'add-on vpc-cni from v1.20.1-eksbuild.3 to v1.21.1-eksbuild.1',
        isCritical: true,
        from: '00:40',
        to: '00:50',
      },
      {
        section: '1. 1.35 → 1.36',
        task: expect.stringContaining(describePlanStep({
          kind: 'node-group', name: 'workers', from: '1.35', to: '1.36', releaseVersion: '1.36.4-20260714', by: 'version',
        })),
        isCritical: true,
        from: '00:50',
        to: '01:52',
      },
    ]);
  });

  test('days are counted where hours are not enough, clusters told apart; what means something to Mermaid does not get into names', () => {
    const steps = [
      { step: { kind: 'add-on', name: 'a: b; c # d %% e', from: '1', to: '2' }, minutes: { from: 1, to: 1500 }, latestStart: 0 },
    ] as const;
    const way = { from: '1.35', to: '1.36', minutes: { from: 1, to: 1500 }, passed: true, steps, findings: [], unsafeToStop: [] };
    const of = (name: string, deployments = [way, way]) => ({
      name, path: name, region: 'us-west-2', from: '1.35', to: '1.36', minutes: { from: 2, to: 3000 }, open: [], gaps: [], deployments,
    });
    const chart = planMermaid([of('prod')]);

    expect(chart).toContain('  axisFormat day %-d, %H:%M\n');
    expect(tasksByMermaid(chart, 'UTC')).toMatchObject([
      { task: 'add-on a b c d e from 1 to 2', from: '00:00', to: '01:00' }, { from: '01:00', to: '02:00' },
    ]);
    expect(tasksByMermaid(planMermaid([of('prod'), of('test', [way])]), 'UTC').map(({ section }) => section))
      .toEqual(['prod, us-west-2, 1. 1.35 → 1.36', 'prod, us-west-2, 2. 1.35 → 1.36', 'test, us-west-2, 1. 1.35 → 1.36']);
  });

  test('clusters without a plan are there, with the reason, also beside a single one', async () => {
    const place = { region: 'us-west-2' };
    const [denied, none] = ['not allowed to call eks:DescribeCluster', 'EKS rolls back one minor at most'];
    await appOf();
    const { clusters: [prod] } = await planJson('--to', '1.36');
    const tasks = tasksByMermaid(planMermaid([
      { ...place, name: 'gone', path: 'Gone', unreadable: denied }, prod, { ...place, name: 'next', path: 'Next', toBeCreated: true },
      { ...place, name: 'old', path: 'Old', noWay: none },
    ]), 'UTC');
    expect(tasks.filter(({ section }) => !String(section).includes('prod'))).toMatchObject([
      { section: 'gone, us-west-2', task: 'could not be read not allowed to call eks DescribeCluster', isCritical: true, from: '00:00' },
      { section: 'next, us-west-2', task: 'does not exist yet its first deployment creates it as the app wants it' },
      { section: 'old, us-west-2', task: none },
    ]);
    expect(tasks.map(({ section }) => section)).toContain('prod, 111122223333/us-west-2, 1. 1.35 → 1.36');

    expect(tasksByMermaid(planMermaid([{ ...place, name: 'gone', path: 'Gone', unreadable: denied }]), 'UTC')).toHaveLength(1);
  });
});

/** What Mermaid reads in a chart; the grammar alone, without the page that it would clean texts for. */
const READ_CHART = `
  import DOMPurify from 'dompurify';
  Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text) => text });
  const { default: mermaid } = await import('mermaid');
  await mermaid.parse(process.argv[1]); // makes the kinds of charts known
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(process.argv[1]);
  const time = (date) => date.toTimeString().slice(0, 5);
  console.log(JSON.stringify(db.getTasks().map(({ section, task, crit, startTime, endTime }) => (
    { section, task: task.trim(), isCritical: crit ?? false, from: time(startTime), to: time(endTime) }))));
`;

function tasksByMermaid(chart: string, timeZone: string): Record<string, unknown>[] {
  return JSON.parse(execFileSync(
    process.execPath, ['--input-type=module', '-e', READ_CHART, chart], { encoding: 'utf8', env: { ...process.env, TZ: timeZone } },
  ));
}

describe('an update that --no-rollback has stopped, and of which CloudFormation sends the rest again', () => {
  const WANTED: ClusterAppOptions = { version: '1.36', release: '1.36.4-20260714' };

  /** The stack as such an update of its leaves it: with the wanted template. */
  async function stopped(told: string[] = []): Promise<PlannedDeployment[]> {
    cwd = await clusterApp(WANTED);
    await deployStack(aws, cwd, 'Prod', [], undefined, 'UPDATE_FAILED');
    const { clusters: [{ deployments, open }] } = await planJson();
    expect(open).toEqual(told); // no commands past guard and waves
    return deployments;
  }
  const stepsOf = (deployments: PlannedDeployment[]) => deployments.map(({ steps }) => steps.map(({ step }) => describePlanStep(step)));
  const workers = describePlanStep({
    kind: 'node-group', name: 'workers', from: '1.35', to: '1.36', releaseVersion: '1.36.4-20260714', by: 'version',
  });

  test('before the control plane, which moves with all that follows', async () => {
    const [steps] = stepsOf(await stopped());
    expect(steps).toEqual([describePlanStep({ kind: 'control-plane', from: '1.35', to: '1.36' }), expect.stringContaining('vpc-cni'), workers]);
    const { clusters: [{ verdict }] } = readJsonOutput((await runCommand(['check', '--json'], { cwd, now: NOW })).stdout);
    expect(verdict.findings.map(({ check }: Finding) => check)).toContain('way-back');
  });

  test('after the control plane: what has waited for it', async () => {
    aws.eks.clusters.get('prod')!.version = '1.36';
    expect((await stopped()).flatMap(({ steps }) => steps.map(({ step }) => describePlanStep(step)))).toContain(workers);
  });

  test('beyond it, as somebody else has taken the control plane: nothing goes back, check warns', async () => {
    aws.eks.clusters.get('prod')!.version = '1.37';
    const told = sentence(leavesOpen.versionBehind({ live: '1.37', named: '1.36' }));
    expect((await stopped([told])).map(({ to }) => to)).not.toContain('1.36');
    const { clusters: [{ verdict }] } = readJsonOutput((await runCommand(['check', '--json'], { cwd, now: NOW })).stdout);
    expect(verdict.findings).toContainEqual(expect.objectContaining({ check: 'version-drift', severity: 'warning', reason: 'drifted' }));
    expect(verdict.findings.map(({ check }: Finding) => check)).not.toContain('version-rollback');
  });

  test('after everything: nothing', async () => {
    const { clusters } = aws.eks;
    clusters.get('prod')!.version = '1.36';
    Object.assign(clusters.get('prod')!.nodegroups.get('workers')!, { version: '1.36', releaseVersion: '1.36.4-20260714' });
    expect((await stopped()).flatMap(({ steps }) => steps).filter(({ step }) => step.kind !== 'add-on')).toEqual([]);
  });
});
