import { CommandCluster } from '../../../src/cli/clusters/live-clusters';
import { DrainResult, exitCodeOf, rehearseDrains } from '../../../src/cli/drain/drain-result';
import { drainText } from '../../../src/cli/drain/drain-text';
import { ExitCode } from '../../../src/cli/exit-code';
import { NodeGroupIntent, UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup } from '../../engine/a-cluster';
import { aBudget, aPod, replicas, someWorkloads } from '../../engine/workloads';

const BUDGET = aBudget({ minAvailable: '2' });
const blocked = someWorkloads({ pods: [...replicas(2), aPod('api-1', { node: 'other-1', owner: undefined, labels: {} })], budgets: [BUDGET] });
const NODE_GROUPS = known([aNodeGroup(), aNodeGroup({ name: 'other' })]);
const ROLLS_WORKERS: UpgradeIntent = { nodeGroups: { workers: { isRolled: true } } };

interface Given {
  readonly cluster?: string;
  readonly intent?: UpgradeIntent;
  readonly ignore?: readonly string[];
  readonly names?: readonly string[];
  readonly withoutApp?: boolean;
}

function rehearse(state: Partial<ClusterState> = {}, given: Given = {}): DrainResult {
  const { names = [], withoutApp = false } = given;
  return rehearseDrains([clusterOf(state, given)], names, withoutApp)[0];
}

function clusterOf(
  state: Partial<ClusterState>, { cluster: name = 'prod', intent = ROLLS_WORKERS, ignore = [] }: Given = {},
): CommandCluster {
  const guard = { mode: 'enforce', ignore, maxInsightAgeMinutes: 60 } as const;
  const declaration = { path: 'Prod/Cluster', stackName: 'Prod', guard, nodeGroups: [], addOns: [], bakes: [] };
  const read = known({
    declaration,
    intent,
    state: aCluster({ name, nodeGroups: NODE_GROUPS, workloads: known(blocked), ...state }),
    catalog: aCatalog(),
    deployed: {},
    wanted: {},
  });
  return { declaration, read, name, toBeCreated: false };
}

describe('what is rehearsed', () => {
  test('is what the app would roll', () => {
    expect(rehearse()).toMatchObject({ nodeGroups: ['workers'], nodes: 2, pods: 2, drains: false });
    expect(rehearse({}, { intent: {} })).toMatchObject({ nodeGroups: [], nodes: 0, pods: 0, drains: true, findings: [] });
  });

  test('is all there is without an app', () => {
    expect(rehearse({}, { intent: {}, withoutApp: true })).toMatchObject({ nodeGroups: ['workers', 'other'], nodes: 3, pods: 3, drains: false });
  });

  test('is what is named, whatever the app wants, and killed where the app forces it', () => {
    expect(rehearse({}, { names: ['other'] })).toMatchObject({ nodeGroups: ['other'], nodes: 1, pods: 1, drains: true });
    const isForced: UpgradeIntent = { nodeGroups: { workers: { isForced: true } } };
    expect(rehearse({}, { names: ['workers'], intent: isForced })).toMatchObject({
      drains: true, findings: expect.arrayContaining([expect.objectContaining({ id: 'drain:shop/web', severity: 'warning' })]),
    });
  });

  test.each<[string, NodeGroupIntent]>([
    ['leaves the app', { removed: true }], ['CloudFormation replaces', { replacedBy: ['InstanceTypes'] }],
  ])('drains a node group that %s, in spite of its budgets', (_, workers) => {
    const result = rehearse({}, { intent: { nodeGroups: { workers } } });
    expect(result).toMatchObject({
      nodeGroups: ['workers'],
      nodes: 2,
      drains: true,
      findings: expect.arrayContaining([expect.objectContaining({ id: 'drain:shop/web', severity: 'warning' })]),
    });
    expect(exitCodeOf([result])).toBe(ExitCode.FINE);
    expect(drainText([result], [])).toMatch(/^node group workers of prod \(2 nodes, 2 pods\) drains\n\nWARNING /);
  });

  test('is the roll of a node group that is named, also where the app deletes it', () => {
    const result = rehearse({}, { names: ['workers'], intent: { nodeGroups: { workers: { removed: true } } } });
    expect(result).toMatchObject({ drains: false, findings: [{ id: 'drain:shop/web', severity: 'error', data: { isDeleted: false } }] });
    expect(exitCodeOf([result])).toBe(ExitCode.FOUND);
    expect(drainText([result], [])).toMatch(/^node group workers of prod \(2 nodes, 2 pods\) cannot drain\n\nERROR /);
  });

  test('fails for a node group that is none', () => {
    expect(() => rehearse({}, { names: ['workers', 'wokers'] })).toThrow("cluster prod has no node group 'wokers': it has workers, other");
  });
});

describe('names of node groups, of several clusters', () => {
  const prod = clusterOf({});
  const dev = clusterOf({ nodeGroups: known([aNodeGroup({ name: 'other' })]) }, { cluster: 'dev', intent: ROLLS_WORKERS });
  const unread = clusterOf({ nodeGroups: notKnown('not allowed') }, { cluster: 'locked' });
  const created: CommandCluster = { ...clusterOf({}, { cluster: 'new' }), read: notKnown('there is no such cluster'), toBeCreated: true };

  test('are taken by each that has them', () => {
    expect(rehearseDrains([prod, dev], ['workers', 'other'], false)).toMatchObject([
      { name: 'prod', nodeGroups: ['workers', 'other'] }, { name: 'dev', nodeGroups: ['other'] },
    ]);
  });

  test('leave out one that has none of them, whatever its app would roll', () => {
    const results = rehearseDrains([prod, dev], ['workers'], false);
    expect(results).toMatchObject([{ nodeGroups: ['workers'] }, { name: 'dev', nodeGroups: [], nodes: 0, drains: true, findings: [] }]);
    expect(drainText(results, ['workers'])).toMatch(/\n\ndev has no node group workers: nothing to drain\n$/);
    expect(exitCodeOf(results)).toBe(ExitCode.FOUND);
  });

  test.each([
    ['has none of them', ['workers'], { nodeGroups: [], nodes: 0, pods: 0, drains: true, findings: [], accepted: [] }, ExitCode.FINE],
    ['has one of them', ['workers', 'other'], { unreadable: 'no access' }, ExitCode.UNREADABLE],
    ['may have one of them, which could not be described', ['gpu'], { unreadable: 'no access' }, ExitCode.UNREADABLE],
    ['rolls what its app says, without names', [], { unreadable: 'no access' }, ExitCode.UNREADABLE],
  ])('matter to one whose Kubernetes API cannot be reached: it %s', (_, names, expected, exitCode) => {
    const closed = clusterOf({
      nodeGroups: known([aNodeGroup({ name: 'other' })]), unreadNodeGroups: [{ name: 'gpu', why: 'not allowed' }], workloads: notKnown('no access'),
    }, { cluster: 'private' });
    const drained = clusterOf({ workloads: known(someWorkloads({})) });
    const results = rehearseDrains([drained, closed], names, false);
    expect(results[1]).toEqual({ name: 'private', path: 'Prod/Cluster', ...expected });
    expect(exitCodeOf(results)).toBe(exitCode);
  });

  test('fail where no cluster has one of them', () => {
    expect(() => rehearseDrains([prod, dev, created], ['workers', 'wokers'], false)).toThrow(
      "clusters prod and dev have no node group 'wokers': they have workers, other",
    );
  });

  test('may be of one that could not be read, which then makes the answer incomplete', () => {
    const results = rehearseDrains([prod, unread], ['gpu'], false);
    expect(results).toMatchObject([{ nodeGroups: [] }, { unreadable: 'not allowed' }]);
    expect(exitCodeOf(results)).toBe(ExitCode.UNREADABLE);
  });

  test('are not looked for in one that does not exist yet', () => {
    expect(rehearseDrains([created], ['workers'], false)).toMatchObject([{ name: 'new', toBeCreated: true }]);
  });
});

test('findings are those of a drain, as check has them; what is accepted does not block', () => {
  const stale = { insights: notKnown('not allowed to call eks:ListInsights') };
  const { findings } = rehearse(stale, { intent: { ...ROLLS_WORKERS, version: '1.36' } }) as { readonly findings: readonly object[] };
  expect(findings).toMatchObject([{ id: 'drain:shop/web', subject: 'shop/web', severity: 'error', about: { kind: 'workload' } }]);
  expect(rehearse({}, { ignore: ['drain:shop/web'] })).toMatchObject({
    drains: true, findings: [], accepted: [{ id: 'drain:shop/web', acceptedBy: 'drain:shop/web' }],
  });
});

test('what could not be read tells why', () => {
  expect(rehearse({ workloads: notKnown('no access') })).toMatchObject({ name: 'prod', unreadable: 'no access' });
  expect(rehearse({ nodeGroups: notKnown('not allowed') })).toMatchObject({ unreadable: 'not allowed' });
});

describe('a node group that could not be described', () => {
  const unreadGpu = { unreadNodeGroups: [{ name: 'gpu', why: 'not allowed to call eks:DescribeNodegroup' }] };
  const unreadable = 'node group gpu could not be read: not allowed to call eks:DescribeNodegroup';

  test.each<[string, Given]>([
    ['all are rehearsed', { intent: {}, withoutApp: true }],
    ['the app would roll it', { intent: { nodeGroups: { gpu: { version: '1.36' } } } }],
    ['it is one of those that are named', { names: ['workers', 'gpu'] }],
  ])('makes the answer incomplete where %s', (_, given) => {
    const result = rehearse(unreadGpu, given);
    expect(result).toEqual({ name: 'prod', path: 'Prod/Cluster', account: undefined, region: undefined, unreadable });
    expect(exitCodeOf([result])).toBe(ExitCode.UNREADABLE);
    expect(drainText([result], [])).toBe(`prod could not be looked into: ${unreadable}\n`);
  });

  test('is no matter where it is neither named nor the app\'s', () => {
    expect(rehearse(unreadGpu)).toMatchObject({ nodeGroups: ['workers'], drains: false });
    expect(rehearse(unreadGpu, { names: ['other'] })).toMatchObject({ nodeGroups: ['other'], drains: true });
  });

  test('is one that there is', () => {
    expect(() => rehearse(unreadGpu, { names: ['gpus'] })).toThrow("cluster prod has no node group 'gpus': it has workers, other, gpu");
  });

  test('each is told with its reason', () => {
    const unreadNodeGroups = [...unreadGpu.unreadNodeGroups, { name: 'spot', why: 'it is gone' }];
    expect(rehearse({ unreadNodeGroups }, { withoutApp: true })).toMatchObject({ unreadable: `${unreadable}; node group spot could not be read: it is gone` });
  });
});

test('the exit code is 1 for what blocks for ever only, also where something else could not be read, else 3', () => {
  const [blocks, unread, drains] = [rehearse(), rehearse({ workloads: notKnown('no access') }), rehearse({}, { names: ['other'] })];
  expect(drains).toMatchObject({ findings: [{ id: 'pods-lost:shop/api-1', severity: 'warning' }] });
  expect(exitCodeOf([drains])).toBe(ExitCode.FINE);
  expect(exitCodeOf([drains, blocks])).toBe(ExitCode.FOUND);
  expect(exitCodeOf([drains, blocks, unread])).toBe(ExitCode.FOUND);
  expect(exitCodeOf([drains, unread])).toBe(ExitCode.UNREADABLE);
  expect(exitCodeOf([{ name: 'new', path: 'New/Cluster', toBeCreated: true }])).toBe(ExitCode.FINE);
});
