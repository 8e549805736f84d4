import { describePlanStep, PlanStep } from '../../engine/plan/plan-step';
import { ClusterState, regionOfCluster } from '../../engine/state/cluster-state';
import { byHand } from '../messages';

/** A step as the command of the AWS CLI that takes it; in words where there is none. */
export function commandOf(step: PlanStep, state: Pick<ClusterState, 'name' | 'arn'>): string {
  const where = { cluster: state.name, region: regionOfCluster(state) };
  switch (step.kind) {
    case 'control-plane': return byHand.controlPlane({ ...where, version: step.to }).message;
    case 'add-on': return byHand.addOn({ ...where, addOn: step.name, version: step.to }).message;
    case 'node-group': return step.by === 'version'
      ? byHand.nodeGroup({ ...where, nodeGroup: step.name, version: step.to, release: step.releaseVersion }).message
      : describePlanStep(step);
    case 'node-group-replacement': return describePlanStep(step);
  }
}
