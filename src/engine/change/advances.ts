import { addOnChoiceOf, addOnsOf, Change, exchangesNodes, movesNodeGroup, nodeGroupsOf, wantedOfNodeGroup } from './change';
import { isOlderRelease } from './older-release';
import { compareAddOnVersions } from '../eks/add-on-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { AddOnState } from '../state/add-on-state';
import { NodeGroupState } from '../state/node-group-state';

/** What a change moves on: to something newer, or to something that is not known to be older. */
export interface Advances {
  readonly controlPlane: boolean;
  readonly nodeGroups: readonly NodeGroupState[];
  readonly addOns: readonly AddOnState[];
}

/** What a change moves on. What goes back, is created or is removed is none of it. */
export function advancesOf(change: Change): Advances {
  return {
    controlPlane: change.direction === 'up',
    nodeGroups: nodeGroupsOf(change).filter((group) => advancesNodeGroup(change, group)),
    addOns: addOnsOf(change).filter(({ name, version }) => {
      const to = addOnChoiceOf(change, name, version)?.version;
      return to !== undefined && compareAddOnVersions(to, version) > 0;
    }),
  };
}

/** What moves on, each as a sentence calls it; none where nothing does. */
export function namesOfAdvances({ controlPlane, nodeGroups, addOns }: Advances): string[] {
  const named = (noun: string, things: readonly { readonly name: string }[]) => things.map(({ name }) => `${noun} ${name}`);
  return [...controlPlane ? ['the control plane'] : [], ...named('node group', nodeGroups), ...named('add-on', addOns)];
}

function advancesNodeGroup(change: Change, group: NodeGroupState): boolean {
  const { version, releaseVersion, removed, isRolled } = wantedOfNodeGroup(change, group.name);
  if (removed) return false;
  if (!movesNodeGroup(change, group)) return isRolled === true || exchangesNodes(change, group); // by a launch template alone
  if (version !== undefined && group.version.known && group.version.value !== version) {
    return !KubernetesMinor.parse(version).isOlderThan(KubernetesMinor.parse(group.version.value));
  }
  return !isOlderRelease(group.amiType, releaseVersion, group.releaseVersion);
}
