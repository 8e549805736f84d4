import fc from 'fast-check';
import { BakeDeclaration, NodeGroupDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { Waves } from '../../../src/engine/plan/waves';

const group = (name: string, ...upgradeAfter: string[]): NodeGroupDeclaration => ({
  path: `Prod/${name}`, stackName: 'Prod', logicalId: name, name, tracking: 'recommended', upgradeAfter,
});
const bake = (bakes: string): BakeDeclaration => ({
  path: `${bakes}/Bake`, stackName: 'Prod', logicalId: `${bakes}Bake`, bakes, seconds: 60, alarms: [],
});
const waves = (nodeGroups: NodeGroupDeclaration[], bakes: BakeDeclaration[] = []) => new Waves({ stackName: 'Prod', nodeGroups, bakes }, {});
const split = (groups: NodeGroupDeclaration[], rolling: string[], bakes?: BakeDeclaration[]) => waves(groups, bakes).split(
  rolling, (name) => name,
);

test('groups that nothing keeps roll at once, and those that wait, for a group or for its bake, after them', () => {
  const groups = [
    group('late', 'Prod/canary/Bake'), group('canary'), group('later', 'Prod/late', 'Prod/other'), group('other'),
    group('plain', 'Prod/Bucket'),
  ];

  expect(split(groups, ['late', 'canary', 'later', 'other', 'plain', 'undeclared'], [bake('Prod/canary')]))
    .toEqual([['canary', 'other', 'plain', 'undeclared'], ['late'], ['later']]);
});

test('a group that does not roll keeps nobody, but those behind it still wait for those before it', () => {
  const groups = [group('first'), group('still', 'Prod/first'), group('last', 'Prod/still')];

  expect(split(groups, ['first', 'last'])).toEqual([['first'], ['last']]);
  expect(split(groups, ['last'])).toEqual([['last']]);
  expect(split(groups, [])).toEqual([]);
});

test('a group is in a later wave than all that it waits for, and no later than that; many waves of many groups take no time', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 60, size: 'max' }), (sizes) => {
    const wanted = sizes.map((size, wave) => Array.from({ length: size }, (_, index) => `wave${wave}-${index}`));
    const groups = wanted.flatMap(
      (names, wave) => names.map((name) => group(name, ...(wanted[wave - 1] ?? []).map((before) => `Prod/${before}`))),
    );

    expect(split(groups, wanted.flat().reverse()).map((names) => names.reverse())).toEqual(wanted);
  }));
});

test('bakes, of node groups and of the control plane; new ones pass at once, unless they last on creation', () => {
  const nodeGroups = [group('canary'), group('plain')];
  const resources = { 'Prod/canaryBake': { type: 'Custom::EksBake', properties: {} } };
  const known = new Waves({ stackName: 'Prod', nodeGroups, bakes: [bake('Prod/canary'), bake('control plane')] }, { Prod: { resources, physicalIds: {} } });

  expect(known.bakeOf('canary')).toEqual({ seconds: 60, alarms: [], passesAtOnce: false });
  expect(known.bakeOf('plain')).toBeUndefined();
  expect(known.controlPlaneBake).toEqual({ seconds: 60, alarms: [], passesAtOnce: true });
  const lasting = new Waves({ stackName: 'Prod', nodeGroups, bakes: [{ ...bake('Prod/plain'), onCreation: true }] }, { Prod: { resources, physicalIds: {} } });
  expect(lasting.bakeOf('plain')).toMatchObject({ passesAtOnce: false });
  expect(waves(nodeGroups, [bake('Prod/canary')])).toMatchObject({ controlPlaneBake: undefined });
  expect(waves(nodeGroups, [bake('Prod/canary')]).bakeOf('canary')).toMatchObject({ passesAtOnce: false }); // a stack that could not be read
});

test('a bake of something that nothing declares is not that of the control plane', () => {
  expect(waves([group('canary')], [bake('Prod/gone')]).controlPlaneBake).toBeUndefined();
});

test('groups in another stack than the cluster come after all of the stack of the cluster, with the bakes', () => {
  const elsewhere = { ...group('elsewhere'), stackName: 'Nodes' };
  const cluster = { stackName: 'Prod', logicalId: 'Cluster', nodeGroups: [elsewhere, group('own')], bakes: [] };
  const known = new Waves(cluster, {});

  expect(known.split(['elsewhere', 'own'], (name) => name)).toEqual([['own'], ['elsewhere']]);
  expect(['elsewhere', 'own', 'undeclared'].map((name) => known.stackOf(name))).toEqual(['Nodes', 'Prod', undefined]);
});
