import { BakeDeclaration, ClusterDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { ADD_ON_MINUTES, CONTROL_PLANE_MINUTES } from '../../../src/engine/eks/minutes';
import { PlanStep } from '../../../src/engine/plan/plan-step';
import { sumOf, timesOf, totalOf } from '../../../src/engine/plan/plan-times';
import { Waves } from '../../../src/engine/plan/waves';
import { known } from '../../../src/engine/state/known';
import { aCluster, aNodeGroup } from '../a-cluster';

const controlPlane: PlanStep = { kind: 'control-plane', from: '1.35', to: '1.36' };
const addOn = (name: string): PlanStep => ({ kind: 'add-on', name, from: 'a', to: 'b' });
const roll: PlanStep = { kind: 'node-group', name: 'workers', from: '1.35', to: '1.36', by: 'version' };

/** Of the control plane, for a minute and a half; it is there already, or not yet. */
const BAKE: BakeDeclaration = {
  path: 'Prod/Cluster/Bake', stackName: 'Prod', logicalId: 'Bake', bakes: 'control plane', seconds: 90, alarms: ['errors'],
};
const NOT_DEPLOYED = { Prod: { resources: {}, physicalIds: {} } };

const times = (steps: PlanStep[], { waves = new Waves({ stackName: 'Prod', nodeGroups: [], bakes: [] }, {}), isNext = true } = {}) => timesOf(steps, {
  state: aCluster({ nodeGroups: known([aNodeGroup()]) }), waves, isNext,
});

test('what is of one kind goes on side by side, what comes after begins when the longest of it has ended', () => {
  const steps = times([controlPlane, addOn('vpc-cni'), addOn('kube-proxy'), roll]);
  const addOns = CONTROL_PLANE_MINUTES.to;
  expect(steps.map(({ latestStart }) => latestStart)).toEqual([0, addOns, addOns, addOns + ADD_ON_MINUTES.to]);
  expect(totalOf(steps)).toEqual({
    from: CONTROL_PLANE_MINUTES.from + ADD_ON_MINUTES.from, to: CONTROL_PLANE_MINUTES.to + ADD_ON_MINUTES.to, isPartial: true,
  });
});

test('what nobody knows the length of makes the total a least one, unless it is of others; of nothing it is nothing', () => {
  expect(totalOf(times([roll]))).toEqual({ from: 0, to: 0, isPartial: true });
  expect(totalOf(times([{ ...roll, isExternal: true }]))).toEqual({ from: 0, to: 0 });
  expect(sumOf([totalOf(times([roll])), { from: 1, to: 2 }])).toEqual({ from: 1, to: 2, isPartial: true });
  expect(sumOf([])).toEqual({ from: 0, to: 0 });
  expect(sumOf([{ from: 1, to: 2 }, { from: 10, to: 20 }])).toEqual({ from: 11, to: 22 });
});

test('what goes back to an older version does not bake; of a launch template nobody knows', () => {
  const group = { path: 'Prod/Workers', stackName: 'Prod', logicalId: 'Workers', name: 'workers' };
  const waves = new Waves({
    stackName: 'Prod',
    nodeGroups: [group] as unknown as ClusterDeclaration['nodeGroups'],
    bakes: [BAKE, { ...BAKE, path: 'Prod/Workers/Bake', bakes: 'Prod/Workers' }],
  }, {});
  const bakesOf = (...steps: PlanStep[]) => times(steps, { waves }).flatMap(({ step }) => step.kind === 'bake' ? [step.name ?? 'control plane'] : []);
  const back = { from: '1.36', to: '1.35' };
  expect(bakesOf(controlPlane, roll)).toEqual(['control plane', 'workers']);
  expect(bakesOf({ ...roll, ...back }, { ...controlPlane, ...back })).toEqual([]);
  expect(bakesOf({ ...roll, ...back, by: 'launch template' })).toEqual(['workers']);
  expect(bakesOf({ ...roll, to: '1.35', from: undefined })).toEqual(['workers']);
  expect(bakesOf({ ...roll, to: '1.35', by: 'launch template' })).toEqual(['workers']);
});

test.each([
  ['that is there already lasts, in whole minutes', { Prod: { resources: { Bake: { type: 'Custom::EksBake', properties: {} } }, physicalIds: {} } }, BAKE, true, 2],
  ['that the next deployment creates is not waited for', NOT_DEPLOYED, BAKE, true, undefined],
  ['that the next deployment creates lasts in those after it', NOT_DEPLOYED, BAKE, false, 2],
  ['that lasts at its creation is waited for', NOT_DEPLOYED, { ...BAKE, onCreation: true }, true, 2],
  ['of a stack that is not there lasts', {}, BAKE, true, 2],
])('a bake %s', (_, deployed, bake, isNext, minutes) => {
  const steps = times([controlPlane, addOn('vpc-cni')], { waves: new Waves({ stackName: 'Prod', nodeGroups: [], bakes: [bake] }, deployed), isNext });
  const bakes = steps.filter(({ step }) => step.kind === 'bake').map((timed) => timed.minutes);
  expect(bakes).toEqual(minutes === undefined ? [] : [{ from: minutes, to: minutes }]);
  expect(steps.at(-1)!.latestStart).toBe(CONTROL_PLANE_MINUTES.to + (minutes ?? 0));
});
