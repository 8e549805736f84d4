import { rm } from 'node:fs/promises';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { Toolkit } from './toolkit';
import { copyOfExample } from '../cli/cdk-cli';

const WORKERS = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';

describeDeployments('the quickstart, deployed by the stock CLI', (cloud) => {
  let cwd: string;
  beforeAll(async () => { cwd = await copyOfExample('quickstart'); });
  afterAll(async () => rm(cwd, { recursive: true }));

  test('comes from nothing, takes a new AMI for one node group, and goes without a trace', async () => {
    const toolkit = new Toolkit({ cloud: cloud(), cwd });
    expect(await toolkit.cdk('bootstrap', 'aws://111122223333/us-west-2')).toMatchObject({ exitCode: 0 });

    const created = await toolkit.diffAndDeploy('Quickstart');

    expect(created).toMatchObject({ exitCode: 0, status: 'CREATE_COMPLETE' });
    expectAsToldByDiff(created);
    const [cluster] = cloud().eks.clusters.values();
    expect(cluster).toMatchObject({ version: '1.36', status: 'ACTIVE' });
    expect([...cluster.addons.values()]).toEqual(
      ['kube-proxy', 'vpc-cni', 'coredns'].map((name) => expect.objectContaining({ name, status: 'ACTIVE' })),
    );
    expect([...cluster.nodegroups.values()].map(({ name, version }) => `${name.split('-')[0].slice(0, 16)} ${version}`).sort())
      .toEqual(['ClusterNodegroup 1.36', 'ClusterNodegroup 1.36', 'Gpu06F3B4DF 1.36']);

    cloud().aws.publishAmis({ minors: ['1.36'], date: '2026-07-28' });
    const key = `ssm:account=111122223333:parameterName=${WORKERS}:region=us-west-2`;
    expect(await toolkit.cdk('context', '--reset', key)).toMatchObject({ exitCode: 0 });
    const refreshed = await toolkit.diffAndDeploy('Quickstart');

    expect(refreshed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(refreshed.done.map(
      ({ action, logicalId, properties }) => `${action} ${logicalId.replace(/\w{8}$/, '')} ${properties}`,
    )).toEqual([
      'update ClusterUpgradeGuard Judged', // is told of the release
      'update ClusterNodegroupWorkers ReleaseVersion',
    ]);
    expectAsToldByDiff(refreshed);

    expect(await toolkit.cdk('destroy', '--force')).toMatchObject({ exitCode: 0 });
    expect(await cloud().stacks.status('Quickstart')).toBeUndefined();
    expect([...cloud().eks.clusters.keys()]).toEqual([]);
  });
});
