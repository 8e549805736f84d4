import { ClusterState } from '../../upgrade/cluster-state';
import { PlanStep } from '../../upgrade/plan-step';
import { RollDuration, rollDurationOf } from '../../upgrade/roll-duration';

/** A duration that nobody knows exactly. */
export interface Minutes {
  readonly from: number;
  readonly to: number;
}

/** A step, and when it takes place. */
export interface TimedStep {
  readonly step: PlanStep;
  /** How the nodes of a group give way; absent for other steps, and where EKS does not tell how many nodes there are. */
  readonly roll?: RollDuration;
  /** Minutes that the step takes; absent where that is not known. */
  readonly minutes?: Minutes;
  /** The latest minute of the deployment at which it begins. */
  readonly latestStart: number;
}

/** EKS replaces the servers of the control plane, one after the other. */
const CONTROL_PLANE: Minutes = { from: 8, to: 25 };

/** Pods of the add-on are replaced, as its deployment or daemon set says. */
const ADD_ON: Minutes = { from: 1, to: 10 };

/**
 * Tells how long the steps of a deployment take: what stands together in the order of upgrades goes on side by side, the next begins when all of
 * it has ended.
 */
export function timesOf(steps: readonly PlanStep[], state: ClusterState): TimedStep[] {
  let latestStart = 0;
  return stagesOf(steps).flatMap((stage) => {
    const timed = stage.map((step) => ({ step, latestStart, ...durationOf(step, state) }));
    latestStart += longest(timed).to;
    return timed;
  });
}

/** How long a deployment takes, as far as that is known. */
export function totalOf(steps: readonly TimedStep[]): Minutes {
  const starts = [...new Set(steps.map(({ latestStart }) => latestStart))];
  return sumOf(starts.map((start) => longest(steps.filter(({ latestStart }) => latestStart === start))));
}

/** One after the other. */
export function sumOf(durations: readonly Minutes[]): Minutes {
  return durations.reduce((sum, { from, to }) => ({ from: sum.from + from, to: sum.to + to }), { from: 0, to: 0 });
}

/** Neighbours of the same kind go on side by side. */
function stagesOf(steps: readonly PlanStep[]): PlanStep[][] {
  const stages: PlanStep[][] = [];
  for (const step of steps) {
    const last = stages.at(-1);
    if (last && kindOf(last[0]) === kindOf(step)) last.push(step);
    else stages.push([step]);
  }
  return stages;
}

function kindOf({ kind }: PlanStep): string {
  return kind === 'node-group-replacement' ? 'node-group' : kind;
}

function durationOf(step: PlanStep, { nodeGroups }: ClusterState): Pick<TimedStep, 'minutes' | 'roll'> {
  switch (step.kind) {
    case 'control-plane': return { minutes: CONTROL_PLANE };
    case 'add-on': return { minutes: ADD_ON };
    case 'node-group-replacement': return {};
    case 'node-group': {
      const group = nodeGroups.known ? nodeGroups.value.find(({ name }) => name === step.name) : undefined;
      const roll = group && rollDurationOf(group);
      return roll ? { roll, minutes: { from: roll.leastMinutes, to: roll.mostMinutes } } : {};
    }
  }
}

function longest(steps: readonly Pick<TimedStep, 'minutes'>[]): Minutes {
  return {
    from: Math.max(0, ...steps.map(({ minutes }) => minutes?.from ?? 0)),
    to: Math.max(0, ...steps.map(({ minutes }) => minutes?.to ?? 0)),
  };
}
