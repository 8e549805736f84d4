import { PlanStep } from './plan-step';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ClusterState } from '../state/cluster-state';
import { known, Known } from '../state/known';

/** The state that some steps leave behind when all of them succeed and have been awaited. */
export function stateAfter(state: ClusterState, steps: readonly PlanStep[]): ClusterState {
  const settled: ClusterState = { ...state, status: 'ACTIVE', updatesInProgress: known([]) };
  return steps.length === 0 ? state : steps.reduce(take, settled);
}

function take(state: ClusterState, step: PlanStep): ClusterState {
  switch (step.kind) {
    case 'control-plane': {
      const kind = KubernetesMinor.parse(step.to).isOlderThan(KubernetesMinor.parse(step.from)) ? 'rollback' : 'upgrade';
      const { versionHistory: history, observedAt: startedAt } = state;
      const versionHistory = known([...history.known ? history.value : [], { kind, to: step.to, startedAt } as const]);
      return { ...state, version: step.to, platformVersion: undefined, versionHistory };
    }
    case 'node-group':
      return {
        ...state,
        nodeGroups: changed(
          state.nodeGroups, step.name, { status: 'ACTIVE', version: known(step.to), releaseVersion: step.image?.id ?? step.releaseVersion },
        ),
      };
    case 'node-group-replacement':
      return { ...state, nodeGroups: without(state.nodeGroups, step.name) };
    case 'add-on':
      return { ...state, addOns: changed(state.addOns, step.name, { status: 'ACTIVE', version: step.to }) };
  }
}

function changed<T extends { readonly name: string }>(things: Known<readonly T[]>, name: string, change: Partial<T>): Known<readonly T[]> {
  return things.known ? known(things.value.map((thing) => thing.name === name ? { ...thing, ...change } : thing)) : things;
}

function without<T extends { readonly name: string }>(things: Known<readonly T[]>, name: string): Known<readonly T[]> {
  return things.known ? known(things.value.filter((thing) => thing.name !== name)) : things;
}
