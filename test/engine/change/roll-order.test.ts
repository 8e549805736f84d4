import { LONGEST_BAKE_SECONDS } from '../../../src/engine/change/resource-properties';
import { rollOrderOf, scheduleOf } from '../../../src/engine/change/roll-order';
import { BakeDeclaration, ClusterDeclaration, NodeGroupDeclaration } from '../../../src/engine/declaration/cluster-declaration';

const group = (name: string, ...upgradeAfter: string[]): NodeGroupDeclaration => ({
  path: `Prod/${name}`, stackName: 'Prod', logicalId: name, name, tracking: 'recommended', upgradeAfter,
});
const bake = (bakes: string, seconds?: number): BakeDeclaration => ({
  path: `${bakes}/Bake`, stackName: 'Prod', logicalId: `${bakes}Bake`, bakes, seconds, alarms: [],
});
const orderOf = (nodeGroups: NodeGroupDeclaration[], ...bakes: BakeDeclaration[]) => rollOrderOf({ nodeGroups, bakes }, ({ name }) => `eks-${name}`);

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
