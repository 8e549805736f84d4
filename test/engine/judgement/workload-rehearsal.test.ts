import * as fc from 'fast-check';
import { heldPods } from '../../../src/engine/judgement/workloads/rehearsal';
import { settled } from '../../../src/engine/judgement/workloads/settled';
import { BudgetState } from '../../../src/engine/state/workloads/budget-state';
import { PodState } from '../../../src/engine/state/workloads/pod-state';
import { aBudget, aPod, someWorkloads } from '../workloads';

const amount = fc.oneof(fc.nat(4).map(String), fc.constantFrom('0%', '1%', '34%', '50%', '100%'));
const budget = fc.record({ min: fc.boolean(), amount, evictsUnready: fc.boolean() }).map(({ min, amount: value, evictsUnready }) => (
  aBudget({ [min ? 'minAvailable' : 'maxUnavailable']: value, evictsUnready })));
const pod = fc.record({
  isReady: fc.boolean(),
  node: fc.constantFrom('old-1', 'old-2', 'other-1'),
  owner: fc.constantFrom(undefined, { kind: 'Deployment', name: 'web' }, { kind: 'StatefulSet', name: 'db' }),
  phase: fc.constantFrom<PodState['phase']>('Running', 'Running', 'Running', 'Pending', 'Succeeded'),
}).map((values) => ({ ...values, isReady: values.isReady && values.phase === 'Running' }));
const pods = fc.array(pod, { maxLength: 7 }).map((list) => list.map((values, index) => aPod(`p${index}`, values)));
const drained = new Set(['old-1', 'old-2']);

function held(list: readonly PodState[], budgets: readonly BudgetState[], nodes: ReadonlySet<string> = drained) {
  return heldPods(someWorkloads({ pods: list, budgets }), nodes);
}

test('without a budget, nothing holds a pod', () => {
  fc.assert(fc.property(pods, (list) => expect(held(list, [])).toEqual([])));
});

test('a budget holds only pods that it selects, on the nodes that are drained', () => {
  fc.assert(fc.property(pods, budget, (list, one) => {
    for (const { pods: named, staying } of held(list, [one])) {
      expect(named.every(({ node }) => drained.has(node!))).toBe(true);
      expect(staying).toBeLessThanOrEqual(named.length);
    }
  }));
});

test('a looser budget holds no more than a tighter one', () => {
  fc.assert(fc.property(pods, fc.nat(5), (list, minimum) => {
    const budgetOf = (min: number) => aBudget({ minAvailable: String(min), evictsUnready: true });
    const staying = (min: number) => held(list, [budgetOf(min)]).reduce((sum, found) => sum + found.staying, 0);
    expect(staying(minimum)).toBeLessThanOrEqual(staying(minimum + 1));
  }));
});

test('draining more nodes frees no workload that was held', () => {
  fc.assert(fc.property(pods, budget, (list, one) => {
    const namesOf = (found: ReturnType<typeof held>) => found.flatMap((group) => group.pods.map(({ name }) => name));
    const few = namesOf(held(list, [one], new Set(['old-1'])).filter(({ staying }) => staying > 0));
    const more = namesOf(held(list, [one]));
    expect(few.filter((name) => !more.includes(name))).toEqual([]);
  }));
});

test('two budgets hold every pod that a drain asks for', () => {
  fc.assert(fc.property(pods, budget, budget, (list, one, other) => {
    const asked = list.filter(({ node, phase }) => drained.has(node!) && phase === 'Running');
    expect(held(list, [one, { ...other, name: 'other' }]).flatMap((found) => found.pods)).toHaveLength(asked.length);
  }));
});

describe('of pods that are being deleted', () => {
  const ending = (kind?: string) => settled(someWorkloads({
    pods: [aPod('web-1', { isTerminating: true, isReady: false, owner: kind === undefined ? undefined : { kind, name: 'web' } })],
  })).pods;

  test.each(['StatefulSet', 'DaemonSet', 'StrimziPodSet', 'Cluster'])('those of a %s come back, which waits for their end', (kind) => {
    expect(ending(kind)).toEqual([aPod('web-1', { owner: { kind, name: 'web' } })]);
  });

  test.each(['Deployment', 'ReplicaSet', 'ReplicationController', 'Job', 'CloneSet', undefined])('those of %s are replaced at once, or do not come back', (kind) => {
    expect(ending(kind)).toEqual([]);
  });
});

test('what has settled is settled', () => {
  fc.assert(fc.property(pods, budget, (list, one) => {
    const once = settled(someWorkloads({ pods: list, budgets: [one] }));
    expect(settled(once)).toEqual(once);
  }));
});

/** The eviction API and the disruption controller in a few lines: one eviction after the other in a random order, until nothing moves. */
function playDrain(
  list: readonly PodState[], { minAvailable, maxUnavailable, evictsUnready }: BudgetState, order: readonly number[],
): PodState[] {
  let left = [...list];
  const owned = list.filter(({ owner }) => owner).length;
  const amountOf = (value: string) => value.endsWith('%') ? Math.ceil(parseFloat(value) * owned / 100) : Number(value);
  const isNumber = minAvailable !== undefined && !minAvailable.endsWith('%');
  const desired = maxUnavailable !== undefined ? Math.max(0, owned - amountOf(maxUnavailable)) : amountOf(minAvailable!);
  for (let hasMoved = true; hasMoved;) {
    hasMoved = false;
    const byOrder = left.map(
      (value, index) => [value, order[index % order.length]] as const,
    ).sort((a, b) => a[1] - b[1]).map(([value]) => value);
    for (const one of byOrder) {
      if (!drained.has(one.node!) || one.phase === 'Succeeded') continue;
      const healthy = left.filter(({ isReady }) => isReady).length;
      const allowed = (isNumber ? left.length : owned) > 0 ? Math.max(0, healthy - desired) : 0;
      const goes = one.phase === 'Pending' || allowed > 0 || (!one.isReady && (evictsUnready || (desired > 0 && healthy >= desired)));
      if (!goes) continue;
      hasMoved = true;
      left = [...left.filter((other) => other !== one), ...one.owner ? [{ ...one, name: `${one.name}-new`, node: 'new' }] : []];
    }
  }
  return left.filter(({ node, phase }) => drained.has(node!) && phase !== 'Succeeded');
}

test('a drain, played eviction by eviction in any order, leaves the pods that were named and no others', () => {
  fc.assert(fc.property(pods, budget, fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (list, one, order) => {
    const found = held(list, [one]);
    const stayed = playDrain(list, one, order).map(({ name }) => name);
    const named = found.flatMap((group) => group.pods.map(({ name }) => name));
    expect(stayed.filter((name) => !named.includes(name))).toEqual([]);
    for (const group of found) {
      const staying = group.pods.filter(({ name }) => stayed.includes(name)).length;
      if (group.staying === group.pods.length || !group.dependsOnOrder) expect(staying).toBeGreaterThanOrEqual(group.staying);
    }
    if (found.some(({ staying }) => staying > 0)) expect(stayed).not.toEqual([]);
  }), { numRuns: 2000 });
});
