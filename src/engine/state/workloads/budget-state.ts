import { LabelSelector } from './label-selector';

/** A PodDisruptionBudget. */
export interface BudgetState {
  readonly namespace: string;
  readonly name: string;
  /** Absent: it selects no pod. */
  readonly selector?: LabelSelector;
  /** A number or a percentage, such as `1` or `50%`. */
  readonly minAvailable?: string;
  /** A number or a percentage. */
  readonly maxUnavailable?: string;
  /** Whether pods that are not ready can be evicted whatever the budget says. */
  readonly evictsUnready: boolean;
  /** What the disruption controller has worked out; absent while it has not seen this budget. */
  readonly status?: BudgetStatus;
}

/** What the disruption controller says of a budget. */
export interface BudgetStatus {
  readonly expectedPods: number;
  /** Why it could not work the budget out, in its own words; then it allows no disruption. */
  readonly failure?: string;
}
