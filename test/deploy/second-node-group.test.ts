import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDeployments } from './scenario';
import { Toolkit } from './toolkit';
import { copyOfExample } from '../cli/cdk-cli';
import type { Edit } from '../examples/_example-app';
import { ALONE, LEFT } from '../examples/_second-node-group';

describeDeployments('a second node group in place of the first', (cloud) => {
  let cwd: string;
  let toolkit: Toolkit;
  let source: string;

  beforeAll(async () => {
    await cloud().bootstrap();
    cwd = await copyOfExample('second-node-group');
    toolkit = new Toolkit({ cloud: cloud(), cwd });
    source = readFileSync(join(cwd, 'app.ts'), 'utf8');
    write(ALONE);
    expect(await toolkit.deploy('Platform')).toMatchObject({ exitCode: 0, status: 'CREATE_COMPLETE' });
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  function write(edits: readonly Edit[]): void {
    const edited = edits.reduce((text, { replace, by }) => text.replace(replace, by), source);
    writeFileSync(join(cwd, 'app.ts'), edited.replace('Duration.minutes(30)', 'Duration.seconds(3)'));
  }

  const groups = () => [...[...cloud().eks.clusters.values()][0].nodegroups.values()];
  const shortId = (id: string) => id.replace(/^ClusterNodegroup/, '').replace(/[0-9A-F]{8}.*$/, '');
  const namesOf = () => groups().map(({ name }) => shortId(name)).sort();
  const taintsOfFirst = () => groups().find(({ name }) => shortId(name) === 'Workers')!.config?.taints ?? [];
  const setAlarm = async (state: 'OK' | 'ALARM') => {
    const resources = await cloud().stacks.resources('Platform');
    const alarm = Object.entries(resources).find(([id]) => id.startsWith('CheckoutErrors'))!;
    await cloud().setAlarm(alarm[1], state);
  };

  test('it bakes before the first is tainted: a bake that fails takes it back; then the first is drained, and removed without a node', async () => {
    write([]);
    await expectTakenBackByAlarm();
    await expectSideBySide();
    const first = groups().find(({ name }) => shortId(name) === 'Workers')!;
    first.config = { ...first.config, scalingConfig: { ...first.config?.scalingConfig, desiredSize: 0 } }; // kubectl drain, and an autoscaler
    write(LEFT);
    await expectTheSecondAlone();
  });

  async function expectTakenBackByAlarm(): Promise<void> {
    await setAlarm('ALARM');

    const failed = await toolkit.deploy('Platform');

    expect(failed).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(failed.output).toMatch(/the bake of node group \S*WorkersM8i.* failed/);
    expect(namesOf()).toEqual(['Workers']);
    expect(taintsOfFirst()).toEqual([]);
    expect(cloud().eks.drains.filter(({ nodegroupName }) => shortId(nodegroupName) === 'Workers')).toEqual([]);
  }

  async function expectSideBySide(): Promise<void> {
    await setAlarm('OK');

    const { exitCode, done } = await toolkit.deploy('Platform');

    expect(exitCode).toBe(0);
    const order = done.filter(({ type, logicalId }) => /EKS::Nodegroup|EksBake/.test(type) && !/Default/.test(logicalId));
    expect(order.map(({ logicalId, action, properties = [] }) => [shortId(logicalId), action, ...properties])).toEqual([
      ['WorkersM8i', 'create'], ['WorkersM8iBake', 'create'], ['Workers', 'update', 'Taints'],
    ]);
    expect(taintsOfFirst()).toEqual([{ key: 'leaving', value: 'true', effect: 'NO_SCHEDULE' }]);
  }

  async function expectTheSecondAlone(): Promise<void> {
    const removed = await toolkit.deploy('Platform');

    expect(removed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(namesOf()).toEqual(['WorkersM8i']);
    const drains = cloud().eks.drains.filter(({ nodegroupName }) => shortId(nodegroupName) === 'Workers');
    expect(drains.reduce((sum, { nodes }) => sum + nodes, 0)).toBe(0);
    expect(removed.done.filter(({ action, type }) => action !== 'delete' && type === 'AWS::EKS::Nodegroup')).toEqual([]);
  }
});
