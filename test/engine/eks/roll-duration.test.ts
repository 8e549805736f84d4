import * as fc from 'fast-check';
import { describeRange, describeRollDuration, rollDurationOf } from '../../../src/engine/eks/roll-duration';

function withNodes(desiredSize: number) {
  return { minSize: 0, maxSize: 1000, desiredSize };
}

test('a node at a time, unless told otherwise', () => {
  expect(rollDurationOf({ scaling: withNodes(3) })).toEqual({ nodes: 3, atOnce: 1, rounds: 3, leastMinutes: 10, mostMinutes: 79 });
});

test('several at a time take fewer rounds', () => {
  expect(rollDurationOf({ scaling: withNodes(10), update: { maxUnavailable: 4 } })).toMatchObject({ atOnce: 4, rounds: 3 });
});

test.each([[33, 10, 3], [33, 2, 1], [100, 7, 7]])('%i percent of %i nodes are %i at a time', (maxUnavailablePercentage, nodes, atOnce) => {
  expect(rollDurationOf({ scaling: withNodes(nodes), update: { maxUnavailablePercentage } })).toMatchObject({ atOnce });
});

test('never more than there are, and never more than EKS does', () => {
  expect(rollDurationOf({ scaling: withNodes(2), update: { maxUnavailable: 50 } })).toMatchObject({ atOnce: 2, rounds: 1 });
  expect(rollDurationOf({ scaling: withNodes(250), update: { maxUnavailablePercentage: 100 } })).toMatchObject({ atOnce: 100, rounds: 3 });
});

test('without nodes there is nothing to exchange', () => {
  expect(rollDurationOf({ scaling: withNodes(0) })).toEqual({ nodes: 0, atOnce: 1, rounds: 0, leastMinutes: 1, mostMinutes: 3 });
});

test('terminating first launches in every round', () => {
  expect(rollDurationOf({ scaling: withNodes(3), update: { strategy: 'MINIMAL' } })).toMatchObject({ leastMinutes: 12, mostMinutes: 99 });
});

describe('the nodes that a roll launches beyond those that there are', () => {
  const subnets = [
    { id: 'a', zone: 'use1-az1', freeAddresses: 9 }, { id: 'b', zone: 'use1-az2', freeAddresses: 9 },
    { id: 'b2', zone: 'use1-az2', freeAddresses: 9 },
  ];
  const group = { scaling: withNodes(10), subnetIds: ['a', 'b', 'b2'] };

  test('are twice the zones, or as many as are exchanged at once', () => {
    expect(rollDurationOf(group, subnets)).toMatchObject({ surge: 4 });
    expect(rollDurationOf({ ...group, update: { maxUnavailable: 7 } }, subnets)).toMatchObject({ surge: 7 });
  });

  test('are at most twice the subnets where their zones are not known', () => {
    expect(rollDurationOf(group)).toMatchObject({ surge: 6 });
  });

  test('are none when old nodes go first, and without nodes', () => {
    expect(rollDurationOf({ ...group, update: { strategy: 'MINIMAL' } }, subnets)).not.toHaveProperty('surge');
    expect(rollDurationOf({ ...group, scaling: withNodes(0) }, subnets)).not.toHaveProperty('surge');
  });

  test('are not known in a Capacity Block', () => {
    const roll = rollDurationOf({ ...group, capacityType: 'CAPACITY_BLOCK' }, subnets)!;
    expect(roll).not.toHaveProperty('surge');
    expect(describeRollDuration(roll)).toBe('10 nodes, 1 at a time: 24 minutes to 3.3 hours');
    expect(rollDurationOf({ ...group, capacityType: 'SPOT' }, subnets)).toMatchObject({ surge: 4 });
  });

  test('are told beside the duration', () => {
    expect(describeRollDuration(rollDurationOf(group, subnets)!)).toBe(
      '10 nodes, 1 at a time, up to 4 more meanwhile: 24 minutes to 3.3 hours',
    );
  });
});

test('is not known without the sizes', () => {
  expect(rollDurationOf({ update: { maxUnavailable: 2 } })).toBeUndefined();
});

test('grows with the nodes and shrinks with those at a time', () => {
  const sizes = fc.record({ nodes: fc.nat(300), more: fc.nat(50), maxUnavailable: fc.integer({ min: 1, max: 99 }) });
  fc.assert(fc.property(sizes, ({ nodes, more, maxUnavailable }) => {
    const roll = rollDurationOf({ scaling: withNodes(nodes), update: { maxUnavailable } })!;
    expect(roll.leastMinutes).toBeLessThanOrEqual(roll.mostMinutes);
    expect(rollDurationOf({
      scaling: withNodes(nodes + more), update: { maxUnavailable },
    })!.mostMinutes).toBeGreaterThanOrEqual(roll.mostMinutes);
    const faster = rollDurationOf({ scaling: withNodes(nodes), update: { maxUnavailable: maxUnavailable + 1 } })!;
    expect(faster.mostMinutes).toBeLessThanOrEqual(roll.mostMinutes);
  }));
});

test.each([
  [10, 2, '10 nodes, 2 at a time: 14 minutes to 1.9 hours'],
  [3, 1, '3 nodes, 1 at a time: 10 to 79 minutes'],
  [1, 1, '1 node: 6 to 45 minutes'],
  [0, 1, '0 nodes: 1 to 3 minutes'],
])('%i nodes, %i at a time, in words', (nodes, maxUnavailable, words) => {
  expect(describeRollDuration(rollDurationOf({ scaling: withNodes(nodes), update: { maxUnavailable } })!)).toBe(words);
});

test('a range without extent is one duration', () => {
  expect(describeRange(120, 121)).toBe('2 hours');
});
