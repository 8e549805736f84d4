import { nodeGroupNamesOf } from '../../engine/change/deployment-intent';
import { stacksHolding, WantedCluster } from '../../engine/judgement/wanted-cluster';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';
import { sentence } from '../../engine/messages/sentence';
import { describePlanStep, PlanStep } from '../../engine/plan/plan-step';
import { ClusterPath } from '../../engine/plan/upgrade-path-file';
import { planUpgrade } from '../../engine/plan/upgrade-plan';
import { isBeingChanged } from '../../engine/state/node-group-state';
import { describeGap, gapIn, gapsOnTheWay } from '../clusters/cluster-gaps';
import { ClusterPlace } from '../clusters/live-clusters';
import { stays, waitsFor } from '../messages';

/** What becomes of the pinned step of a cluster. Plain data: the JSON of `refresh` holds it as it is. */
export type StepMove = { readonly from?: number } & (
  /** The cluster has got to its step, or beyond: the next one counts. */
  | { readonly outcome: 'moved'; readonly to: number; readonly version: string; readonly does: readonly string[] }
  /** It has not got there yet. */
  | { readonly outcome: 'waits'; readonly version: string; readonly pending: readonly string[] }
  /** It does not exist yet. */
  | { readonly outcome: 'waits'; readonly why: string }
  /** It has got to the last step. */
  | { readonly outcome: 'arrived'; readonly version: string }
  /** It is not on the path. */
  | { readonly outcome: 'unfit'; readonly why: string }
  | { readonly outcome: 'unreadable'; readonly why: string }
);

/** A cluster that follows an upgrade path, and what becomes of its step. */
export interface RefreshedStep extends ClusterPlace {
  readonly file: string;
  readonly contextKey: string;
  /** The number of the last step. */
  readonly steps?: number;
  readonly move: StepMove;
}

/**
 * Decides whether the step of a cluster moves.
 *
 * A cluster has got to its step when it runs the step's version, CloudFormation has deployed it, and the app, synthesised in that step, has
 * nothing left to move.
 * Where it runs a newer version already, the first step with that version is taken: what is in between is past.
 *
 * @param from the pinned step; undefined where none is pinned
 */
export function judgeStep(cluster: WantedCluster, { steps }: ClusterPath, from: number | undefined): StepMove {
  const live = KubernetesMinor.parse(cluster.state.version);
  const pinned = KubernetesMinor.parse(steps[from ?? 0].version);
  const moveTo = (to: number): StepMove => ({ from, outcome: 'moved', to, version: steps[to].version, does: steps[to].does });

  if (live.isNewerThan(pinned)) {
    const reached = steps.findIndex(({ version }) => version === cluster.state.version);
    return reached === -1 ? {
      from, outcome: 'unfit', why: sentence(stays.beyondPath({ version: live })),
    } : moveTo(reached);
  }
  if (live.isOlderThan(pinned)) {
    return from === undefined || from === 0
      ? {
        from,
        outcome: 'unfit',
        why: sentence(stays.beforePath({ version: live })),
      }
      : {
        from,
        outcome: 'waits',
        version: steps[from].version,
        pending: [describePlanStep({ kind: 'control-plane', from: live.toString(), to: pinned.toString() })],
      };
  }
  if (from === undefined) return moveTo(0);
  const unread = unreadOf(cluster);
  if (unread.length > 0) return { from, outcome: 'unreadable', why: unread.join('; ') };
  const pending = pendingOf(cluster);
  if (pending.length > 0) return { from, outcome: 'waits', version: steps[from].version, pending };
  return from + 1 < steps.length ? moveTo(from + 1) : { from, outcome: 'arrived', version: steps[from].version };
}

/** What could not be read of what tells whether the cluster has got there. */
function unreadOf(cluster: WantedCluster): string[] {
  const { state: { updatesInProgress }, intent: { unreadStacks = [] } } = cluster;
  const stacks = unreadStacks.map(({ stack, why }) => ({ what: `the state of stack ${stack}`, why }));
  return [...gapsOnTheWay(cluster, []), ...gapIn('the running updates of the cluster', updatesInProgress), ...stacks].map(describeGap);
}

/** What goes on, what CloudFormation has not deployed, and what the next deployment of the app would still move. */
function pendingOf(cluster: WantedCluster): string[] {
  const { declaration, state, catalog, deployed, intent } = cluster;
  const own = nodeGroupNamesOf(declaration, deployed);
  const isOfApp = (step: PlanStep) => {
    switch (step.kind) {
      case 'control-plane': return true;
      case 'add-on': return intent.addOns?.[step.name] !== undefined;
      // an image that the app does not name, it does not move
      case 'node-group': return own.has(step.name) && (step.by === 'version' || step.image !== undefined);
      case 'node-group-replacement': return own.has(step.name);
    }
  };
  const { deployments } = planUpgrade(state, catalog, intent, { ignore: declaration.guard.ignore });
  return [...goingOn(state), ...notDeployed(cluster), ...deployments.flatMap(({ steps }) => steps.filter(isOfApp).map(describePlanStep))];
}

/**
 * Where CloudFormation has not got to the step, though the control plane has: EKS keeps its version when the stack is rolled back. A
 * rollback of long ago does not count once the template is that of the step.
 */
function notDeployed(cluster: WantedCluster): string[] {
  const { declaration, deployed, intent: { version, previousVersion = 'no version' } } = cluster;
  return stacksHolding(cluster).flatMap((stack): string[] => {
    const { status = '' } = deployed[stack] ?? {};
    const isOfOtherVersion = stack === declaration.stackName && previousVersion !== version;
    if (/_FAILED$/.test(status) || (/ROLLBACK/.test(status) && (isOfOtherVersion || /_IN_PROGRESS$/.test(status)))) {
      return [sentence(waitsFor.failedDeployment({ stack, status }))];
    }
    if (/_IN_PROGRESS$/.test(status)) return [sentence(waitsFor.deployment({ stack, status }))];
    return isOfOtherVersion ? [sentence(waitsFor.template({ stack, deployed: previousVersion }))] : [];
  });
}

function goingOn({ status, updatesInProgress, nodeGroups }: WantedCluster['state']): string[] {
  const busy = nodeGroups.known ? nodeGroups.value.filter(isBeingChanged) : [];
  const updates = updatesInProgress.known ? updatesInProgress.value.length : 0;
  return [
    ...status !== 'ACTIVE' || updates > 0 ? [sentence(waitsFor.controlPlane({ status }))] : [],
    ...busy.map(({ name, status: ofGroup }) => sentence(waitsFor.nodeGroup({ nodeGroup: name, status: ofGroup }))),
  ];
}
