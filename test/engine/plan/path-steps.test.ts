import { WantedCluster } from '../../../src/engine/judgement/wanted-cluster';
import { pathSteps } from '../../../src/engine/plan/path-steps';
import { describePlanStep, PlanStep } from '../../../src/engine/plan/plan-step';
import { PathStep } from '../../../src/engine/plan/upgrade-path-file';
import { known } from '../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup } from '../a-cluster';

const group = (name: string) => ({ path: `Prod/Cluster/Nodegroup${name}`, stackName: 'Prod', logicalId: name, name, tracking: 'recommended' });

/** A cluster with 1.35 whose app has two node groups; a third is of somebody else. */
const CLUSTER = {
  declaration: { nodeGroups: [group('workers'), group('batch')] },
  state: aCluster({ nodeGroups: known(['workers', 'batch', 'foreign'].map((name) => aNodeGroup({ name }))) }),
  catalog: aCatalog(),
  deployed: {},
} as unknown as WantedCluster;

const LIVE = aNodeGroup().releaseVersion!;

test('an image of one\'s own is no release', () => {
  const cluster = {
    ...CLUSTER,
    state: aCluster({ nodeGroups: known([aNodeGroup({ name: 'workers', amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcdef0' })]) }),
  };
  expect(pathSteps(cluster, [])[0].releases).toEqual({});
});

const controlPlane: PlanStep = { kind: 'control-plane', from: '1.35', to: '1.36' };
const roll = (name: string): PlanStep => (
  { kind: 'node-group', name, from: '1.35', to: '1.36', releaseVersion: '1.36.2-20261104', by: 'version' }
);
const proxy = (isPinned?: boolean): PlanStep => ({ kind: 'add-on', name: 'kube-proxy', from: 'a', to: 'v1.36.0-eksbuild.2', isPinned });

const withoutWords = ({ does, ...step }: PathStep) => ({ ...step, does: does.length });

test('each step holds the nodes that are behind it, and the releases that they run', () => {
  const steps = pathSteps(CLUSTER, [
    { to: '1.36', steps: [controlPlane, roll('workers'), roll('foreign')] }, { to: '1.36', steps: [] }, { to: '1.36', steps: [roll('batch')] },
  ]);
  const [workers, batch] = CLUSTER.declaration.nodeGroups.map(({ path }) => path);
  expect(steps.map(withoutWords)).toEqual([
    { does: 0, version: '1.35', nodesHeldAt: {}, releases: { [workers]: LIVE, [batch]: LIVE }, addOns: {} },
    {
      does: 3, version: '1.36', nodesHeldAt: { [batch]: '1.35' }, releases: { [workers]: '1.36.2-20261104', [batch]: LIVE }, addOns: {},
    },
    { does: 1, version: '1.36', nodesHeldAt: {}, releases: { [workers]: '1.36.2-20261104', [batch]: '1.36.2-20261104' }, addOns: {} },
  ]);
});

test('what only others move is no step: the one after it tells of it', () => {
  const foreign: PlanStep = { kind: 'node-group', name: 'foreign', from: '1.32', to: '1.35', by: 'version', isExternal: true };
  const steps = pathSteps(CLUSTER, [
    { to: '1.35', steps: [foreign] }, { to: '1.36', steps: [controlPlane, { ...foreign, to: '1.36' }] }, { to: '1.36', steps: [foreign] },
  ]);
  expect(steps.map(({ version, does }) => [version, does])).toEqual([
    ['1.35', []], ['1.36', [foreign, controlPlane, { ...foreign, to: '1.36' }].map(describePlanStep)],
  ]);
});

test('an add-on is pinned until its policy takes over; a node group that is replaced is held no more', () => {
  const steps = pathSteps(CLUSTER, [
    { to: '1.36', steps: [controlPlane, proxy(true)] },
    { to: '1.36', steps: [proxy(), { kind: 'node-group-replacement', name: 'workers', to: '1.36', amiType: 'AL2_x86_64' }] },
  ]);
  const [workers, batch] = CLUSTER.declaration.nodeGroups.map(({ path }) => path);
  expect(steps.slice(1).map(withoutWords)).toEqual([
    {
      does: 2,
      version: '1.36',
      nodesHeldAt: { [workers]: '1.35', [batch]: '1.35' },
      releases: { [workers]: LIVE, [batch]: LIVE },
      addOns: { 'kube-proxy': 'v1.36.0-eksbuild.2' },
    },
    { does: 2, version: '1.36', nodesHeldAt: { [batch]: '1.35' }, releases: { [batch]: LIVE }, addOns: {} },
  ]);
});
