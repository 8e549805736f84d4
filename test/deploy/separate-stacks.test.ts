import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { Toolkit } from './toolkit';
import { copyOfExample } from '../cli/cdk-cli';

describeDeployments('node groups in a stack of their own', (cloud) => {
  beforeAll(async () => cloud().bootstrap());

  test('a node group that cannot drain leaves the stack of the control plane alone, and the same command goes on', async () => {
    cloud().aws.publishAmis({ minors: ['1.36', '1.37'], date: '2026-07-28' });
    const cwd = await copyOfExample('separate-stacks');
    const toolkit = new Toolkit({ cloud: cloud(), cwd });
    expect(await toolkit.deploy('ControlPlane')).toMatchObject({ exitCode: 0, status: 'CREATE_COMPLETE' });
    expect(await toolkit.deploy('Nodes')).toMatchObject({ exitCode: 0, status: 'CREATE_COMPLETE' });
    const [cluster] = cloud().eks.clusters.values();
    const workers = [...cluster.nodegroups.values()].find(({ name }) => name.startsWith('Workers'))!;
    const nodes = () => [...cluster.nodegroups.values()].map(({ version }) => version);

    const source = readFileSync(join(cwd, 'app.ts'), 'utf8');
    writeFileSync(join(cwd, 'app.ts'), source.replace('V1_36', 'V1_37'));
    workers.cannotDrain = true;
    const controlPlane = await toolkit.diffAndDeploy('ControlPlane');
    const failed = await toolkit.deploy('Nodes');

    expect(controlPlane).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(controlPlane);
    expect(failed).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(failed.output).toContain('PodEvictionFailure');
    expect(await cloud().stacks.status('ControlPlane')).toBe('UPDATE_COMPLETE');
    expect([cluster.version, ...nodes()]).toEqual(['1.37', '1.36', '1.36']);

    workers.cannotDrain = false;
    const completed = await toolkit.diffAndDeploy('Nodes');
    expect(completed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(completed);
    expect([cluster.version, ...nodes()]).toEqual(['1.37', '1.37', '1.37']);

    expect(await toolkit.cdk('destroy', '--all', '--force')).toMatchObject({ exitCode: 0 });
    expect([...cloud().eks.clusters.keys()]).toEqual([]);
    rmSync(cwd, { recursive: true });
  });
});
