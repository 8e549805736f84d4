import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import { planMermaid } from '../../../src/cli/plan/mermaid-format';
import { DURATION_MODEL } from '../../../src/cli/plan/plan-words';
import { TimedStep } from '../../../src/engine/plan/plan-times';
import { LocalAws } from '../../aws/aws-server';
import { clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { withLocalAws } from '../_local-aws';
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
const planJson = async (...args: string[]) => {
  const { exitCode, stdout } = await plan('--json', ...args);
  return { exitCode, ...readJsonOutput(stdout) };
};

/** The findings of the engine have tests of their own. */
const withoutFindings = (text: string) => text.replace(/^ *(INFO|WARNING) .*\n/gm, '');

test('deployment by deployment, in order, with what moves and how long it takes', async () => {
  await appOf();

  const { exitCode, stdout } = await plan('--to', '1.37');

  expect(withoutFindings(stdout)).toBe(`\
prod, 111122223333/us-west-2
  1.35 → 1.37: 2 deployments, 34 minutes to 3.7 hours
  node groups follow the control plane as the app is written, in 2 rolls; --hold-nodes holds them until it has arrived: 1 roll, 26 minutes to 2.7 hours
  saves $2,922 of extended support in the next year, which staying at 1.35 would cost

  1. 1.35 → 1.36, 17 minutes to 1.9 hours
     in the app, Prod/Cluster: version: eks.KubernetesVersion.of('1.36')
     in the app, Prod/Cluster/NodegroupWorkers: amiTracking: AmiTracking.pinned('1.36.4-20260714')
     control plane from 1.35 to 1.36: 8 to 40 minutes
     add-on vpc-cni from v1.20.1-eksbuild.3 to v1.21.1-eksbuild.1: 1 to 10 minutes
     node group workers from 1.35 to 1.36, release 1.36.4-20260714 (2 nodes, 1 at a time): 8 to 62 minutes
     safe to stop after it
     way back: you can roll back to 1.35 for 7 days, after rolling back nodes and add-ons, until you upgrade to the next minor

  2. 1.36 → 1.37, 17 minutes to 1.9 hours
     in the app, Prod/Cluster: version: eks.KubernetesVersion.of('1.37')
     in the app, Prod/Cluster/NodegroupWorkers: amiTracking: AmiTracking.pinned('1.37.4-20260714')
     control plane from 1.36 to 1.37: 8 to 40 minutes
     add-on vpc-cni from v1.21.1-eksbuild.1 to v1.22.0-eksbuild.1: 1 to 10 minutes
     node group workers from 1.36 to 1.37, release 1.37.4-20260714 (2 nodes, 1 at a time): 8 to 62 minutes
     closes the way back to 1.35
     safe to stop after it
     way back: you can roll back to 1.36 for 7 days, after rolling back nodes and add-ons, until you upgrade to the next minor

${DURATION_MODEL}
`);
  expect(stdout).not.toContain('node-group-current');
  expect(exitCode).toBe(0);
});

test('how many nodes a roll launches beside those that there are, by the zones of the node group', async () => {
  await appOf();
  aws.eks.clusters.get('prod')!.nodegroups.get('workers')!.config = { subnets: ['subnet-a', 'subnet-b'] };
  expect((await plan('--to', '1.36')).stdout).toMatch(/node group workers .* \(2 nodes, 1 at a time, up to 4 more meanwhile\): \d+/);
  expect((await planJson('--to', '1.36')).clusters[0].deployments[0].steps).toContainEqual(expect.objectContaining({
    step: expect.objectContaining({ kind: 'node-group' }), roll: expect.objectContaining({ surge: 4 }),
  }));
});

test('without a version: to what the app wants, which is the beginning of the way beyond it', async () => {
  await appOf({ version: '1.36', release: '1.36.4-20260714' });
  const [asWritten, beyond] = [(await planJson()).clusters[0], (await planJson('--to', '1.37')).clusters[0]];

  expect(asWritten).toMatchObject({ from: '1.35', to: '1.36', deployments: [{ edits: [] }] });
  expect(beyond).toMatchObject({ to: '1.37', otherWay: { holdNodes: true, rolls: 1 } });
  expect(beyond.deployments[0]).toEqual(asWritten.deployments[0]);
  expect((await plan()).stdout).toContain('\n     the app as it is\n');
});

test('of a way that is written to a file, nothing is to be written into the app', async () => {
  await appOf();
  const { stdout, stderr } = await plan('--to', '1.37', '--write');
  expect(stderr).toContain('written to upgrade-path.json');
  expect(stdout).toContain('control plane from 1.35 to 1.36');
  expect(stdout).not.toContain('in the app');
});

test('the other way holds the nodes, says so in the app and the way to the one as it is written', async () => {
  await appOf();

  const { stdout } = await plan('--to', '1.37', '--hold-nodes');

  expect(stdout).toContain(
    'node groups wait until the control plane has arrived, in 1 roll; without --hold-nodes they follow it as the app is written: 2 rolls',
  );
  expect(stdout).toContain("     in the app, Prod/Cluster: nodeKubernetesVersion: eks.KubernetesVersion.of('1.35')\n");
  expect(stdout).toContain('     in the app, Prod/Cluster: remove nodeKubernetesVersion\n');
  expect(stdout).toContain('     WARNING [node-group-current:workers] its nodes still run 1.35');
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

  expect(stdout.replaceAll('\\', '')).toContain(`node group Cluster/NodegroupWorkers (${name}) from 1.35 to 1.36`);
  expect((await planJson()).clusters[0].deployments[0].steps.map(({ step }: TimedStep) => step)).toContainEqual(
    expect.objectContaining({ name, constructPath: 'Cluster/NodegroupWorkers' }));
});

test('what the deployed template names already, CloudFormation does not send: the plan says so, and writes nothing into the app', async () => {
  cwd = await clusterApp({ version: '1.36', release: '1.36.4-20260714' });
  await deployStack(aws, cwd, 'Prod');

  const { deployments, open } = (await planJson()).clusters[0];
  expect(deployments).toMatchObject([{ from: '1.35', to: '1.35', edits: [] }]);
  expect(open).toContainEqual('the deployed template names 1.36 already, so CloudFormation sends no version, but the cluster runs 1.35: '
    + "move it with 'aws eks update-cluster-version --kubernetes-version 1.36' before the deployment");
});

test('a version to which there is no way', async () => {
  await appOf();

  expect(await plan('--to', '1.33')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('EKS rolls back one minor at most') });
});

test('a deployment that is refused, and those after it', async () => {
  aws.eks.clusters.get('prod')!.status = 'FAILED';
  await appOf();

  const { exitCode, stdout } = await plan('--to', '1.36');

  expect(stdout).toMatch(/1\. 1\.35 → 1\.36, .*, refused$/m);
  expect(stdout).toContain('     ERROR [cluster-active]');
  expect(exitCode).toBe(1);
});

test('a way back that is open closes with the next minor', async () => {
  aws.eks.addCluster({ name: 'prod', version: '1.35', lastUpgrade: { from: '1.34', completedAt: new Date(NOW.getTime() - 86_400_000) } });
  await appOf();

  expect((await planJson('--to', '1.36')).clusters[0].deployments[0]).toMatchObject({ closesWayBackTo: '1.34', wayBackTo: '1.35' });
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
  await appOf();

  const [{ deployments: [{ steps, minutes }] }] = (await planJson('--to', '1.36')).clusters;
  const [controlPlane, small, large] = steps;
  expect([controlPlane, small, large].map(({ step }) => step.name ?? step.kind)).toEqual(['control-plane', 'small', 'large']);
  expect(large.roll).toMatchObject({ nodes: 40, atOnce: 4, rounds: 10 });
  expect([small.latestStart, large.latestStart]).toEqual([40, 40]);
  expect(minutes).toEqual({ from: 8 + large.minutes.from, to: 40 + large.minutes.to });
});

test('bakes last between what they watch and what waits for it, each as a step; those that the next deployment makes do not, unless onCreation', async () => {
  aws.eks.addCluster({ name: 'prod', version: '1.35', nodegroups: [{ name: 'canary' }, { name: 'workers' }] });
  await appOf({ bake: { duration: Duration.minutes(30) } });
  const steps = () => plan('--to', '1.37', '--hold-nodes').then(
    ({ stdout }) => stdout.match(/^ +(\d\. |(control plane|node group |bake).*: ).*/gm)!.map((line) => line.trim()),
  );

  expect(await steps()).toEqual([
    '1. 1.35 → 1.36, 38 to 70 minutes',
    'control plane from 1.35 to 1.36: 8 to 40 minutes',
    'bake of the control plane: 30 minutes',
    '2. 1.36 → 1.37, 84 minutes to 3.7 hours',
    'control plane from 1.36 to 1.37: 8 to 40 minutes',
    'bake of the control plane: 30 minutes',
    'node group canary from 1.35 to 1.37, release 1.37.4-20260714 (2 nodes, 1 at a time): 8 to 62 minutes',
    'bake of node group canary (alarm Prod/Errors): 30 minutes',
    'node group workers from 1.35 to 1.37, release 1.37.4-20260714 (2 nodes, 1 at a time): 8 to 62 minutes',
  ]);
  const [, { steps: timed, minutes }] = (await planJson('--to', '1.37', '--hold-nodes')).clusters[0].deployments;
  expect(timed.map(({ step, latestStart }: TimedStep) => [step.kind, latestStart])).toEqual([
    ['control-plane', 0], ['bake', 40], ['node-group', 70], ['bake', 132], ['node-group', 162],
  ]);
  expect(minutes).toEqual({ from: 8 + 30 + 8 + 30 + 8, to: 162 + 62 });

  aws.cloudFormation.putStack({ name: 'Prod', status: 'UPDATE_COMPLETE', template: { Resources: {} }, resources: [] });
  expect((await steps()).slice(0, 3)).toEqual([
    '1. 1.35 → 1.36, 8 to 40 minutes', 'control plane from 1.35 to 1.36: 8 to 40 minutes', '2. 1.36 → 1.37, 84 minutes to 3.7 hours',
  ]);

  await rm(cwd, { recursive: true });
  cwd = await clusterApp({ bake: { duration: Duration.minutes(30), onCreation: true } });
  expect((await steps()).slice(0, 3)).toEqual([
    '1. 1.35 → 1.36, 38 to 70 minutes', 'control plane from 1.35 to 1.36: 8 to 40 minutes', 'bake of the control plane: 30 minutes',
  ]);
});

test('what EKS does not tell stays open', async () => {
  await appOf();
  aws.fail({ service: 'eks', action: 'ListNodegroups', fault: 'accessDenied' });

  expect((await planJson('--to', '1.36')).clusters[0].open).toEqual([expect.stringContaining('the node groups could not be read')]);
});

test('a cluster that cannot be read, and one that does not exist yet', async () => {
  await appOf();
  aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });
  expect(await plan('--to', '1.36')).toMatchObject({
    exitCode: 3, stdout: expect.stringContaining('could not be read: not allowed to call eks:DescribeCluster'),
  });

  await aws.clearFaults();
  aws.eks.clusters.delete('prod');
  expect(await plan('--to', '1.36')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('does not exist yet') });
});

test('a cluster without an app', async () => {
  cwd = '/nowhere';

  expect(await plan('--without-app', '--cluster', 'prod', '--region', 'us-west-2', '--to', '1.36')).toMatchObject({
    exitCode: 0, stdout: expect.stringContaining('prod, us-west-2\n  1.35 → 1.36: '),
  });
});

test('fails for what is not a version', async () => {
  cwd = '/nowhere';
  expect(await plan('--to', 'newest')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining("'newest'") });
});

test('fails for 1.3, which YAML makes of 1.30, before AWS is asked', async () => {
  cwd = '/nowhere';
  aws.clearRequests();
  expect(await plan('--without-app', '--cluster', 'prod', '--to', '1.3')).toMatchObject({
    exitCode: 2, stdout: '', stderr: expect.stringContaining("quote it as '1.30'"),
  });
  expect(aws.requests).toEqual([]);
});

describe('Mermaid', () => {
  test('a chart', async () => {
    await appOf();

    expect((await plan('--to', '1.37', '--format', 'mermaid')).stdout).toBe(`\
gantt
  title prod, 111122223333/us-west-2, 1.35 → 1.37 2 deployments, 34 minutes to 3.7 hours
  dateFormat YYYY-MM-DD HH:mm
  axisFormat %H:%M
  section 1. 1.35 → 1.36
    control plane from 1.35 to 1.36 :2001-01-01 00:00, 40m
    add-on vpc-cni from v1.20.1-eksbuild.3 to v1.21.1-eksbuild.1 :2001-01-01 00:40, 10m
    node group workers from 1.35 to 1.36, release 1.36.4-20260714 (2 nodes, 1 at a time) :2001-01-01 00:50, 62m
  section 2. 1.36 → 1.37
    control plane from 1.36 to 1.37 :2001-01-01 01:52, 40m
    add-on vpc-cni from v1.21.1-eksbuild.1 to v1.22.0-eksbuild.1 :2001-01-01 02:32, 10m
    node group workers from 1.36 to 1.37, release 1.37.4-20260714 (2 nodes, 1 at a time) :2001-01-01 02:42, 62m
`);
  });

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
        task: expect.stringMatching(/^node group workers from 1\.35 to 1\.36/),
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
      name, path: name, region: 'us-west-2', from: '1.35', to: '1.36', minutes: { from: 2, to: 3000 }, open: [], deployments,
    });
    const chart = planMermaid([of('prod')]);

    expect(chart).toContain('  axisFormat day %-d, %H:%M\n');
    expect(tasksByMermaid(chart, 'UTC')).toMatchObject([
      { task: 'add-on a b c d e from 1 to 2', from: '00:00', to: '01:00' }, { from: '01:00', to: '02:00' },
    ]);
    expect(tasksByMermaid(
      planMermaid([of('prod'), { name: 'gone', path: 'Gone', unreadable: 'no' }, of('test', [way])]), 'UTC',
    ).map(({ section }) => section))
      .toEqual(['prod, us-west-2, 1. 1.35 → 1.36', 'prod, us-west-2, 2. 1.35 → 1.36', 'test, us-west-2, 1. 1.35 → 1.36']);
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

test('Markdown', async () => {
  await appOf();

  const { stdout } = await plan('--to', '1.36', '--format', 'markdown');

  expect(stdout).toContain(`\
## prod, 111122223333/us-west-2

1.35 → 1.36\\: 1 deployment, `);
  expect(stdout).toContain(`\
### 1. 1.35 → 1.36, 17 minutes to 1.9 hours

- in the app, Prod/Cluster\\: version\\: eks.KubernetesVersion.of\\('1.36'\\)
- in the app, Prod/Cluster/NodegroupWorkers\\: amiTracking\\: AmiTracking.pinned\\('1.36.4-20260714'\\)

| step | takes |
|---|---|
| control plane from 1.35 to 1.36 | 8 to 40 minutes |
`);
  expect(stdout).toContain('\n- safe to stop after it\n');
});
