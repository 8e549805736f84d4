import { areOfOthers, PlanStep } from './plan-step';
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

/** The index of the app's next deployment, before which others may have something to move; of the first, where the app moves nothing. */
export function nextOfApp(deployments: readonly Deployment[]): number {
  return Math.max(0, deployments.findIndex(({ steps }) => !areOfOthers(steps)));
}
