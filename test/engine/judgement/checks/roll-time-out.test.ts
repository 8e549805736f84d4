import fc from 'fast-check';
import { rollDurationOf } from '../../../../src/engine/eks/roll-duration';
import { rollTimeOut } from '../../../../src/engine/judgement/checks/roll-time-out';
import { known } from '../../../../src/engine/state/known';
import { NodeGroupState } from '../../../../src/engine/state/node-group-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const UPGRADE = { version: '1.36', nodeGroups: { workers: { version: '1.36' } } };
const HOURS_36 = 36 * 60;

const groupOf = (desiredSize: number, update?: NodeGroupState['update']) =>
  aNodeGroup({ scaling: { minSize: 0, desiredSize, maxSize: 20_000 }, update });
const found = (group: NodeGroupState, intent: object = UPGRADE) => findings(rollTimeOut, aCluster({ nodeGroups: known([group]) }), intent);

test('passes for 125 nodes one at a time, warns from 126 on, and names the number at once that fits', () => {
  expect(found(groupOf(125))).toEqual([]);
  expect(found(groupOf(126))).toMatchObject([{
    id: 'roll-time-out:workers',
    severity: 'warning',
    reason: 'tooLong',
    data: {
      duration: expect.stringContaining('126 nodes, 1 at a time'),
      fitting: 2,
    },
  }]);
});

test('warns of a node group that only its launch template rolls', () => {
  expect(found(groupOf(500), { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } })).toHaveLength(1);
});

test('passes for a node group that does not roll', () => {
  expect(found(groupOf(500), { version: '1.36' })).toEqual([]);
  expect(found(groupOf(500), { nodeGroups: { workers: { otherChanges: ['ScalingConfig'] } } })).toEqual([]);
  expect(found(groupOf(500), { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'], removed: true } } })).toEqual([]);
});

test('passes where the sizes are not known', () => {
  expect(found(aNodeGroup())).toEqual([]);
});

test('counts a percentage', () => {
  expect(found(groupOf(1000, { maxUnavailablePercentage: 5 }))).toEqual([]);
});

test('a group that no number fits is to be divided', () => {
  expect(found(groupOf(20_000, { maxUnavailable: 100 }))).toMatchObject([{ reason: 'alwaysTooLong' }]);
});

test('the number that it names fits, and one less does not', () => {
  const strategies = fc.constantFrom('DEFAULT' as const, 'MINIMAL' as const, undefined);
  fc.assert(fc.property(fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 100 }), strategies, (
    nodes, maxUnavailable, strategy,
  ) => {
    const group = groupOf(nodes, { maxUnavailable, strategy });
    const [finding] = found(group);
    const minutes = (atOnce: number) => rollDurationOf({ ...group, update: { maxUnavailable: atOnce, strategy } })!.mostMinutes;

    expect(finding !== undefined).toBe(minutes(maxUnavailable) > HOURS_36);
    const fitting = finding?.data.fitting;
    if (fitting !== undefined) {
      expect(minutes(Number(fitting))).toBeLessThanOrEqual(HOURS_36);
      expect(minutes(Number(fitting) - 1)).toBeGreaterThan(HOURS_36);
    }
  }));
});
