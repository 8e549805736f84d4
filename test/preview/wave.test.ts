import { NodeGroupDeclaration } from '../../src/engine/declaration/cluster-declaration';
import { Waves } from '../../src/engine/plan/waves';
import { timeOf, wavesOf } from '../../src/preview/wave';

const ROLL = { nodes: 1, atOnce: 1, leastMinutes: 5, mostMinutes: 30 } as never;

const moving = (...names: string[]) => names.map((name) => ({ name, roll: ROLL }));

/** Node groups that are called after the stacks that hold them. */
function wavesIn(stacks: string[], logicalId?: string) {
  const nodeGroups = stacks.map((stackName): NodeGroupDeclaration => (
    { path: `${stackName}/Group`, stackName, logicalId: 'Group', name: stackName, tracking: 'recommended' }));
  return wavesOf(moving(...stacks), new Waves({ stackName: 'Prod', logicalId, nodeGroups, bakes: [] }, {}), new Set());
}

const ofStacks = (...stacks: string[]) => ({ nodeGroups: moving(...stacks), bakes: [] });

test("what is in the cluster's own stack rolls before what is in others, and so long all of it takes", () => {
  const waves = wavesIn(['Prod', 'Nodes'], 'Cluster');

  expect(waves).toEqual([ofStacks('Prod'), ofStacks('Nodes')]);
  expect(timeOf(waves)).toEqual({ leastMinutes: 10, mostMinutes: 60 });
});

test('stacks of which nobody knows the order are named, and no time is told for all', () => {
  const waves = wavesIn(['Nodes', 'More']);

  expect(waves).toEqual([{ ...ofStacks('Nodes', 'More'), stacks: ['Nodes', 'More'] }]);
  expect(timeOf(waves)).toBeUndefined();
});

test('what is nested in a stack is deployed with it', () => {
  expect(wavesIn(['Nodes/One', 'Nodes/Two'])).toEqual([]);
});
