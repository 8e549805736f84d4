import { BakeStep, isExternal, NodeGroupReplacement, NodeGroupStep, PlanStep } from './plan-step';
import { Waves } from './waves';
import { ADD_ON_MINUTES, CONTROL_PLANE_MINUTES, Minutes } from '../eks/minutes';
import { RollDuration, rollDurationOf } from '../eks/roll-duration';
import { knownSubnetsOf } from '../eks/roll-surge';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ClusterState } from '../state/cluster-state';

/** A step, and when it takes place. */
export interface TimedStep {
  readonly step: PlanStep | BakeStep;
  /** How the nodes of a group give way; absent for other steps, and where EKS does not tell how many nodes there are. */
  readonly roll?: RollDuration;
  /** Minutes that the step takes; absent where that is not known, and where the deployment does not take it. */
  readonly minutes?: Minutes;
  /** The latest minute of the deployment at which it begins. */
  readonly latestStart: number;
}

type NodeStep = NodeGroupStep | NodeGroupReplacement;

/** A step of which nobody has said yet when it begins. */
type Timed = Omit<TimedStep, 'latestStart'>;

/** What a deployment meets. */
interface Circumstances {
  readonly state: ClusterState;
  readonly waves: Waves;
  /** Whether it is the next one. */
  readonly isNext: boolean;
}

/**
 * Tells how long the steps of a deployment take, and the bakes between them: what stands together in the order of upgrades goes
 * on side by side, node groups wave by wave; the next begins when all of it has ended.
 */
export function timesOf(steps: readonly PlanStep[], circumstances: Circumstances): TimedStep[] {
  let latestStart = 0;
  const begin = (stage: readonly Timed[]): TimedStep[] => {
    const begun = stage.map((timed) => ({ ...timed, latestStart }));
    latestStart += longest(stage).to;
    return begun;
  };
  return stagesOf(steps, circumstances.waves).flatMap((stage) => [
    ...begin(stage.map((step) => ({ step, ...durationOf(step, circumstances) }))),
    ...begin(stage.flatMap((step) => bakeAfter(step, circumstances))),
  ]);
}

/** How long a deployment takes, as far as that is known. */
export function totalOf(steps: readonly TimedStep[]): Minutes {
  const starts = [...new Set(steps.map(({ latestStart }) => latestStart))];
  const total = sumOf(starts.map((start) => longest(steps.filter(({ latestStart }) => latestStart === start))));
  return steps.some(({ step, minutes }) => minutes === undefined && !isExternal(step)) ? { ...total, isPartial: true } : total;
}

/** One after the other. */
export function sumOf(durations: readonly Minutes[]): Minutes {
  const sum = durations.reduce((all, { from, to }) => ({ from: all.from + from, to: all.to + to }), { from: 0, to: 0 });
  return durations.some(({ isPartial }) => isPartial) ? { ...sum, isPartial: true } : sum;
}

/** Neighbours of the same kind go on side by side, node groups of the same wave. */
function stagesOf(steps: readonly PlanStep[], waves: Waves): PlanStep[][] {
  const stages: PlanStep[][] = [];
  for (const step of steps) {
    const last = stages.at(-1);
    if (last && kindOf(last[0]) === kindOf(step)) last.push(step);
    else stages.push([step]);
  }
  return stages.flatMap((stage) => kindOf(stage[0]) === 'node-group' ? waves.split(stage as NodeStep[], ({ name }) => name) : [stage]);
}

function kindOf({ kind }: PlanStep): string {
  return kind === 'node-group-replacement' ? 'node-group' : kind;
}

function bakeAfter(step: PlanStep, { waves, isNext }: Circumstances): Timed[] {
  const name = kindOf(step) === 'node-group' ? (step as NodeStep).name : undefined;
  const bake = name !== undefined ? waves.bakeOf(name) : step.kind === 'control-plane' ? waves.controlPlaneBake : undefined;
  if (!bake || (bake.passesAtOnce && isNext) || goesBack(step)) return [];
  const minutes = bake.seconds === undefined ? undefined : Math.ceil(bake.seconds / 60);
  return [
    { step: { kind: 'bake', name, alarms: bake.alarms }, minutes: minutes === undefined ? undefined : { from: minutes, to: minutes } },
  ];
}

/** Whether a version goes back, which passes bakes; nobody can tell that of a launch template. */
function goesBack(step: PlanStep): boolean {
  if (step.kind !== 'control-plane' && (step.kind !== 'node-group' || step.by !== 'version')) return false;
  return step.from !== undefined && KubernetesMinor.parse(step.to).isOlderThan(KubernetesMinor.parse(step.from));
}

function durationOf(step: PlanStep, { state }: Circumstances): Pick<TimedStep, 'minutes' | 'roll'> {
  if (isExternal(step)) return {};
  switch (step.kind) {
    case 'control-plane': return { minutes: CONTROL_PLANE_MINUTES };
    case 'add-on': return { minutes: ADD_ON_MINUTES };
    case 'node-group-replacement': return {};
    case 'node-group': {
      const group = state.nodeGroups.known ? state.nodeGroups.value.find(({ name }) => name === step.name) : undefined;
      const roll = group && rollDurationOf(group, knownSubnetsOf(state));
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
