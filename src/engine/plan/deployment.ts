import { PlanStep } from './plan-step';
import { Verdict } from '../judgement/verdict';

/** What one deployment on the way to a version does: it moves the control plane by a minor at most, and each add-on once. */
export interface Deployment {
  /** The version of the control plane before. */
  readonly from: string;
  /** The version of the control plane after; the same when only nodes and add-ons move. */
  readonly to: string;
  readonly steps: readonly PlanStep[];
}

/** A deployment, and whether it may be made. */
export interface JudgedDeployment extends Deployment {
  /** What the checks say of it, on the state that the deployments before it leave behind. */
  readonly verdict: Verdict;
}
