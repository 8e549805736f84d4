import { rm } from 'node:fs/promises';
import { describeDeployments } from './scenario';
import { copyOfExample, runCdk } from '../cli/cdk-cli';

describeDeployments('the quickstart, deployed by the stock CLI', (cloud) => {
  let cwd: string;
  beforeAll(async () => { cwd = await copyOfExample('quickstart'); });
  afterAll(async () => rm(cwd, { recursive: true }));

  async function cdk(...args: string[]) {
    const { exitCode, stdout, stderr } = await runCdk(args, { cwd, env: cloud().environment, hurry: true });
    return { exitCode, output: stdout + stderr };
  }

  test('it is created from nothing: a cluster, its add-ons and three node groups', async () => {
    expect(await cdk('bootstrap', 'aws://111122223333/us-west-2')).toMatchObject({ exitCode: 0 });
    expect(await cdk('deploy', '--require-approval', 'never')).toMatchObject({ exitCode: 0 });

    expect(await cloud().stacks.status('Quickstart')).toBe('CREATE_COMPLETE');
    const [cluster] = cloud().eks.clusters.values();
    expect(cluster).toMatchObject({ version: '1.36', status: 'ACTIVE' });
    expect([...cluster.addons.values()]).toEqual(['kube-proxy', 'vpc-cni', 'coredns'].map((name) => expect.objectContaining({ name, status: 'ACTIVE' })));
    expect([...cluster.nodegroups.values()].map(({ version, releaseVersion }) => [version, releaseVersion]).sort()).toEqual([
      ['1.36', '1.36.2-20260714'], ['1.36', '1.36.2-20260714'], ['1.36', expect.stringMatching(/^1\.\d+\.0-\w{8}$/)],
    ].sort());
  });
});
