import { isRelaunch, PlanStep } from './plan-step';
import { UpgradeIntent } from '../change/upgrade-intent';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ClusterState } from '../state/cluster-state';
import { Known, known, valuesOf } from '../state/known';

/** The state that some steps leave behind when all of them succeed and have been awaited. */
export function stateAfter(state: ClusterState, steps: readonly PlanStep[]): ClusterState {
  const settled: ClusterState = { ...state, status: 'ACTIVE', updatesInProgress: known([]) };
  return steps.length === 0 ? state : steps.reduce(take, settled);
}

/** The state once what an app removes is gone: what its next deployment deletes, later ones do not meet. */
export function stateWithoutRemoved(state: ClusterState, { nodeGroups = {}, addOns = {} }: UpgradeIntent): ClusterState {
  const [groups, others] = [removedIn(nodeGroups), removedIn(addOns)];
  return {
    ...state,
    nodeGroups: without(state.nodeGroups, groups),
    unreadNodeGroups: state.unreadNodeGroups.filter(({ name }) => !groups.includes(name)),
    addOns: without(state.addOns, others),
    unreadAddOns: state.unreadAddOns.filter(({ name }) => !others.includes(name)),
  };
}

function take(state: ClusterState, step: PlanStep): ClusterState {
  switch (step.kind) {
    case 'control-plane': {
      const kind = KubernetesMinor.parse(step.to).isOlderThan(KubernetesMinor.parse(step.from)) ? 'rollback' : 'upgrade';
      const { versionHistory: history, observedAt: startedAt } = state;
      const versionHistory = known([...valuesOf(history), { kind, to: step.to, startedAt } as const]);
      return { ...state, version: step.to, platformVersion: undefined, versionHistory };
    }
    case 'node-group':
      return {
        ...state,
        nodeGroups: changed(state.nodeGroups, step.name, {
          status: 'ACTIVE', ...!isRelaunch(step) && { version: known(step.to), releaseVersion: step.image?.id ?? step.releaseVersion },
        }),
      };
    case 'node-group-replacement':
      return { ...state, nodeGroups: without(state.nodeGroups, [step.name]) };
    case 'add-on':
      return { ...state, addOns: changed(state.addOns, step.name, { status: 'ACTIVE', version: step.to }) };
  }
}

function changed<T extends { readonly name: string }>(things: Known<readonly T[]>, name: string, change: Partial<T>): Known<readonly T[]> {
  return things.known ? known(things.value.map((thing) => thing.name === name ? { ...thing, ...change } : thing)) : things;
}

function without<T extends { readonly name: string }>(things: Known<readonly T[]>, names: readonly string[]): Known<readonly T[]> {
  return things.known ? known(things.value.filter(({ name }) => !names.includes(name))) : things;
}

function removedIn(wanted: Readonly<Record<string, { readonly removed?: boolean }>>): string[] {
  return Object.keys(wanted).filter((name) => wanted[name].removed);
}
