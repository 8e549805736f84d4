import { nodeGroupNamesOf } from '../../engine/change/deployment-intent';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { NodeGroupStep, PlanStep } from '../../engine/plan/plan-step';

/** What has to go back before a control plane does, by who takes it back. */
export interface Preparation {
  /** An entry in the context. */
  readonly byContext: readonly PlanStep[];
  /** Whoever makes it: images of one's own, add-ons and node groups of others. */
  readonly byHand: readonly PlanStep[];
  /** Perhaps somebody: node groups on images of which nobody tells the minor. */
  readonly perhaps: readonly NodeGroupStep[];
}

/** Divides the steps of a deployment before the one that takes the control plane back. */
export function preparationOf(steps: readonly PlanStep[], { declaration, deployed }: WantedCluster): Preparation {
  const groups = nodeGroupNamesOf(declaration, deployed);
  const addOns = new Set(declaration.addOns.map(({ name }) => name));
  const isPerhaps = (step: PlanStep): step is NodeGroupStep =>
    step.kind === 'node-group' && step.by === 'launch template' && step.from === undefined;
  const isByContext = (step: PlanStep) =>
    step.kind === 'add-on' ? addOns.has(step.name) : step.kind === 'node-group' && step.by === 'version' && groups.has(step.name);
  const certain = steps.filter((step) => !isPerhaps(step));
  return {
    byContext: certain.filter(isByContext),
    byHand: certain.filter((step) => !isByContext(step)),
    perhaps: steps.filter(isPerhaps),
  };
}
