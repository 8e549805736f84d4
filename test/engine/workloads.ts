import { known } from '../../src/engine/state/known';
import { BudgetState } from '../../src/engine/state/workloads/budget-state';
import { PodState } from '../../src/engine/state/workloads/pod-state';
import { WorkloadState } from '../../src/engine/state/workloads/workload-state';

/** The nodes `old-1` and `old-2` of node group `workers`, and `other-1` of `other`; nothing runs. */
export function someWorkloads(overrides: Partial<WorkloadState> = {}): WorkloadState {
  return {
    nodes: [
      { name: 'old-1', nodeGroup: 'workers', zone: 'us-east-1a' },
      { name: 'old-2', nodeGroup: 'workers', zone: 'us-east-1b' },
      { name: 'other-1', nodeGroup: 'other', zone: 'us-east-1a' },
    ],
    pods: [],
    budgets: [],
    webhooks: known([]),
    customResources: known([]),
    ...overrides,
  };
}

/** A ready pod of Deployment `web` in `shop`, on `old-1`. */
export function aPod(name: string, overrides: Partial<PodState> = {}): PodState {
  return {
    namespace: 'shop',
    name,
    node: 'old-1',
    phase: 'Running',
    isReady: true,
    isTerminating: false,
    isMirror: false,
    labels: { app: 'web' },
    owner: { kind: 'Deployment', name: 'web' },
    graceSeconds: 30,
    ties: [],
    localVolumes: [],
    ...overrides,
  };
}

/** Pods of Deployment `web` in turn on `old-1` and `old-2`. */
export function replicas(count: number, overrides: Partial<PodState> = {}): PodState[] {
  return Array.from({ length: count }, (_, index) => aPod(`web-${index + 1}`, { node: `old-${index % 2 + 1}`, ...overrides }));
}

/** The budget `web` in `shop` of the pods of `web`, as the controller sees it. */
export function aBudget(overrides: Partial<BudgetState> = {}): BudgetState {
  return { namespace: 'shop', name: 'web', selector: { matchLabels: { app: 'web' } }, evictsUnready: false, ...overrides };
}
