import { rm } from 'node:fs/promises';
import { Duration } from 'aws-cdk-lib/core';
import { chapters, expectGolden } from './golden-file';
import { STATUS_SAMPLES } from './status-samples';
import { LocalAws } from '../aws/aws-server';
import { insight } from '../aws/sample-insights';
import { withLocalAws } from '../aws/with-local-aws';
import { clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from '../cli/_cluster-app';
import { runCommand } from '../cli/_command-line';

const DAY_MILLIS = 86_400_000;

let aws: LocalAws;
const folders: string[] = [];

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14', patch: 4 });
});

afterEach(async () => Promise.all(folders.splice(0).map(async (folder) => rm(folder, { recursive: true, force: true }))));

/** An app, deployed as it was before. */
async function appOf(wanted: ClusterAppOptions = {}, deployed: ClusterAppOptions = wanted): Promise<string> {
  const before = await clusterApp(deployed);
  await deployStack(aws, before, 'Prod');
  const cwd = await clusterApp(wanted);
  folders.push(before, cwd);
  return cwd;
}

const run = async (cwd: string, ...args: string[]) => {
  const { stdout, stderr } = await runCommand(args, { cwd, now: NOW });
  return stdout + stderr;
};

const liveWithCanary = () => aws.eks.addCluster({ name: 'prod', version: '1.35', nodegroups: [{ name: 'canary' }, { name: 'workers' }] });

test('plan: the way of the app, with nodes held, with bakes, and none', async () => {
  deployCluster(aws);
  const app = await appOf();
  const baked = await appOf({ bake: { duration: Duration.minutes(30) } });
  expectGolden('plan', chapters([
    ['two minors', await run(app, 'plan', '--to', '1.37')],
    ['with nodes held', await run(app, 'plan', '--to', '1.37', '--hold-nodes')],
    ['as Markdown', await run(app, 'plan', '--to', '1.36', '--format', 'markdown')],
    ['as Mermaid', await run(app, 'plan', '--to', '1.37', '--format', 'mermaid')],
    ['nothing to do', await run(app, 'plan', '--to', '1.35')],
    ['with bakes', await run(baked, 'plan', '--to', '1.36')],
    ['a minor that EKS does not offer', await run(app, 'plan', '--to', '1.38')],
    ['not readable', await (aws.eks.clusters.clear(), run(app, 'plan', '--to', '1.36'))],
    ['with a canary that bakes', await (liveWithCanary(), run(baked, 'plan', '--to', '1.36'))],
  ]));
});

test('status: in order, drifted, and not there', async () => {
  deployCluster(aws);
  const app = await appOf();
  aws.publishAmis({ minors: ['1.35'], date: '2026-11-10', patch: 4 });
  const inOrder = await run(app, 'status');
  const group = aws.eks.clusters.get('prod')!.nodegroups.get('workers')!;
  group.version = '1.34';
  aws.eks.clusters.get('prod')!.insights.push(insight({ name: 'Kubelet version skew', status: 'ERROR' }));
  const drifted = await run(app, 'status');
  aws.eks.clusters.clear();
  expectGolden('status', chapters([
    ['in order', inOrder], ['nodes behind, and an insight', drifted], ['no such cluster', await run(app, 'status')],
    ...STATUS_SAMPLES,
  ]));
});

test('rollback: in two deployments, too late, and not there', async () => {
  const app = { version: '1.36', release: '1.36.4-20260714' };
  const live = (daysAgo: number) => aws.eks.addCluster({
    name: 'prod',
    version: '1.36',
    nodegroups: [{ name: 'workers', releaseVersion: app.release }],
    addons: [{ name: 'vpc-cni' }],
    lastUpgrade: { from: '1.35', completedAt: new Date(NOW.getTime() - daysAgo * DAY_MILLIS) },
  });
  live(1);
  const cwd = await appOf(app);
  const possible = await run(cwd, 'rollback', '--dry-run');
  const written = await run(cwd, 'rollback');
  const ended = await run(cwd, 'rollback', '--end');
  aws.eks.clusters.clear();
  live(8);
  const late = await run(cwd, 'rollback');
  const newer = await run(cwd, 'rollback', '--to', '1.37');
  aws.eks.clusters.clear();
  expectGolden('rollback', chapters([
    ['a dry run', possible], ['written', written], ['ended', ended], ['nothing to end', await run(cwd, 'rollback', '--end')],
    ['after 8 days', late], ['to a newer version', newer], ['no such cluster', await run(cwd, 'rollback')],
  ]));
});
