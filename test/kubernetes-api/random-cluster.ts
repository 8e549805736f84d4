import * as fc from 'fast-check';

/** A small cluster to be: a namespace, three nodes, of which two are drained, workloads and budgets. */
export interface RandomCluster {
  readonly workloads: readonly RandomWorkload[];
  readonly budgets: readonly RandomBudget[];
  /** Whether everything becomes ready before the drain. */
  readonly settles: boolean;
  /** In which order pods are evicted. */
  readonly order: number;
}

/** Some pods. */
export interface RandomWorkload {
  readonly kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Pod';
  readonly replicas: number;
  readonly labels: Readonly<Record<string, string>>;
  /** What becomes of its pods, in turn. */
  readonly fates: readonly Fate[];
}

/** On which node a pod is, and how it is. */
export interface Fate {
  readonly node: 'old-1' | 'old-2' | 'other';
  readonly state: 'ready' | 'unready' | 'pending' | 'succeeded';
}

/** A PodDisruptionBudget. */
export interface RandomBudget {
  readonly selector?: object;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  readonly unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
}

const labels = fc.record({ app: fc.constantFrom('a', 'b'), tier: fc.constantFrom('x', 'y') });

const fate: fc.Arbitrary<Fate> = fc.record({
  node: fc.constantFrom('old-1', 'old-2', 'other'),
  state: fc.constantFrom('ready', 'ready', 'ready', 'ready', 'unready', 'pending'),
});

const workload: fc.Arbitrary<RandomWorkload> = fc.record({
  kind: fc.constantFrom('Deployment', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Pod', 'Pod'),
  replicas: fc.integer({ min: 1, max: 4 }),
  labels,
  fates: fc.array(fate, { minLength: 4, maxLength: 4 }),
});

const selector = fc.constantFrom<object | undefined>(
  { matchLabels: { app: 'a' } }, { matchLabels: { app: 'a' } }, { matchLabels: { app: 'b' } }, { matchLabels: { tier: 'x' } }, {
    matchLabels: { app: 'b', tier: 'y' },
  },
  { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'c'] }] }, {
    matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['x'] }],
  },
  { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, {
    matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }],
  }, {}, undefined,
);

const amount = fc.oneof({ weight: 3, arbitrary: fc.nat(4) }, { weight: 2, arbitrary: fc.constantFrom('0%', '1%', '34%', '50%', '100%') });

const budget: fc.Arbitrary<RandomBudget> = fc.tuple(
  selector, fc.boolean(), amount, fc.constantFrom(undefined, undefined, 'IfHealthyBudget', 'AlwaysAllow'),
)
  .map(([chosen, isMinimum, value, policy]) => ({
    selector: chosen, [isMinimum ? 'minAvailable' : 'maxUnavailable']: value, unhealthyPodEvictionPolicy: policy as RandomBudget['unhealthyPodEvictionPolicy'],
  }));

/** Clusters with budgets of every form, owners, bare and unready pods, and selectors that overlap. */
export const randomCluster: fc.Arbitrary<RandomCluster> = fc.record({
  workloads: fc.array(workload, { minLength: 1, maxLength: 3 }),
  budgets: fc.oneof(
    { weight: 4, arbitrary: fc.array(budget, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(budget, { minLength: 2, maxLength: 3 }) },
  ),
  settles: fc.boolean(),
  order: fc.nat(),
});
