import { LONGEST_BAKE_SECONDS } from '../../../src/engine/change/resource-properties';
import { rollOrderOf, scheduleOf } from '../../../src/engine/change/roll-order';
import { BakeDeclaration, ClusterDeclaration, NodeGroupDeclaration } from '../../../src/engine/declaration/cluster-declaration';

const group = (name: string, ...upgradeAfter: string[]): NodeGroupDeclaration => ({
  path: `Prod/${name}`, stackName: 'Prod', logicalId: name, name, tracking: 'recommended', upgradeAfter,
});
const bake = (bakes: string, seconds?: number): BakeDeclaration => ({
  path: `${bakes}/Bake`, stackName: 'Prod', logicalId: `${bakes}Bake`, bakes, seconds, alarms: [],
});
const orderOf = (nodeGroups: NodeGroupDeclaration[], ...bakes: BakeDeclaration[]) => rollOrderOf({ stackName: 'Prod', nodeGroups, bakes }, ({ name }) => `eks-${name}`);

test('a node group comes after another, or after what bakes it; what is no node group keeps none', () => {
  expect(orderOf(
    [group('canary'), group('next', 'Prod/canary/Bake'), group('last', 'Prod/next', 'Prod/Bucket')], bake('Prod/canary', 60),
  )).toEqual({
    order: {
      'eks-canary': { after: [], bakeSeconds: 60 },
      'eks-next': { after: ['eks-canary'], bakeSeconds: 0 },
      'eks-last': { after: ['eks-next'], bakeSeconds: 0 },
    },
    controlPlaneBakeSeconds: 0,
  });
});

test('each bake is of its own subject, and as long as can be where only the deployment knows its length', () => {
  expect(orderOf([group('one'), group('two')], bake('control plane', 90), bake('Prod/two'))).toEqual({
    order: { 'eks-one': { after: [], bakeSeconds: 0 }, 'eks-two': { after: [], bakeSeconds: LONGEST_BAKE_SECONDS } },
    controlPlaneBakeSeconds: 90,
  });
});

test('the schedule names node groups as the deployed stack does', () => {
  const declaration = {
    nodeGroups: [{ ...group('Workers'), name: undefined }], bakes: [], guard: { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 60 },
  } as unknown as ClusterDeclaration;
  expect(scheduleOf(declaration, { Prod: { resources: {}, physicalIds: { Workers: 'prod/Workers-1a2b' } } })).toMatchObject({
    order: { 'Workers-1a2b': { after: [], bakeSeconds: 0 } },
  });
});

describe('stacks', () => {
  const places = (...stacks: string[]) => stacks.map((stackName, index): NodeGroupDeclaration => (
    { ...group(`${index}`), path: `${stackName}/${index}`, stackName }));
  const afterOf = (nodeGroups: NodeGroupDeclaration[], stackName = 'Prod', logicalId: string | undefined = 'Cluster') => Object.fromEntries(
    Object.entries(rollOrderOf({ stackName, logicalId, nodeGroups, bakes: [] }, ({ name }) => name!).order)
      .map(([name, { after }]) => [name, after]));

  test('what refers to the cluster waits for the whole stack of it', () => {
    expect(afterOf(places('Nodes', 'Prod', 'Prod/Nested', 'More'))).toEqual({ 0: ['1', '2'], 1: [], 2: [], 3: ['1', '2'] });
  });

  test('a stack beside that of the cluster in the same one, and what holds both, wait for that of the cluster', () => {
    expect(afterOf(places('Prod/Cp', 'Prod/Nodes', 'Prod', 'Other'), 'Prod/Cp')).toEqual({ 0: [], 1: ['0'], 2: ['0'], 3: ['0', '1', '2'] });
  });

  test('nobody waits for the stack of an imported cluster, nor for one whose name begins alike', () => {
    const nodeGroups = places('Prod', 'Nodes');
    expect(rollOrderOf({ stackName: 'Prod', nodeGroups, bakes: [] }, ({ name }) => name!).order[1].after).toEqual([]);
    expect(afterOf(places('Prod2', 'Nodes'))).toEqual({ 0: [], 1: [] });
  });

  test('what upgradeAfter says as well is said once; a group is never made to wait for itself', () => {
    const [own, other] = places('Prod', 'Nodes');
    expect(afterOf([own, { ...other, upgradeAfter: ['Prod/0'] }])).toEqual({ 0: [], 1: ['0'] });
    expect(afterOf([{ ...own, upgradeAfter: ['Nodes/1'] }, other])).toEqual({ 0: ['1'], 1: [] }); // CloudFormation refuses it
    expect(afterOf([own, { ...other, name: '0' }])).toEqual({ 0: [] }); // neither has a name in EKS yet
  });
});
