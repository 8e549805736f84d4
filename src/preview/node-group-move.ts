import { NewerRelease, releaseNewerThan } from './newer-release';
import { nodeGroupNameOf } from '../engine/change/deployment-intent';
import { RollDuration, rollDurationOf } from '../engine/eks/roll-duration';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { NodeGroupState } from '../engine/state/node-group-state';

/** What a deployment does to a node group. */
export interface NodeGroupMove {
  readonly name: string;
  /** Absent when the node group does not exist yet. */
  readonly from?: NodeGroupRelease;
  /** Absent when it is removed. */
  readonly to?: NodeGroupRelease;
  /** Of a node group whose nodes are exchanged. */
  readonly roll?: RollDuration;
  /** Absent when the wanted release is the recommended one, or nothing better is known. */
  readonly newer?: NewerRelease;
}

/** What nodes run; what is not known is absent. */
export interface NodeGroupRelease {
  readonly version?: string;
  readonly release?: string;
}

/** What a deployment does to the node groups of a cluster that the app declares or has declared. */
export function nodeGroupMoves({ declaration, state, intent: { nodeGroups: intents = {} }, catalog, deployed }: WantedCluster): NodeGroupMove[] {
  const live = new Map((state.nodeGroups.known ? state.nodeGroups.value : []).map((group) => [group.name, group]));
  const declared = new Map(declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, deployed), group]));
  return Object.entries(intents).map(([name, { version, releaseVersion, removed }]): NodeGroupMove => {
    const group = live.get(name);
    const from = group && releaseOf(group);
    if (removed) return { name, from };
    const to = { version: version ?? from?.version, release: releaseVersion ?? from?.release };
    const moves = from && (from.version !== to.version || from.release !== to.release);
    const roll = moves ? rollDurationOf(group!) : undefined;
    const tracked = declared.get(name);
    return { name, from, to, roll, newer: tracked && releaseNewerThan(to, tracked, catalog, new Date(state.observedAt)) };
  });
}

function releaseOf({ version, releaseVersion }: NodeGroupState): NodeGroupRelease {
  return { version: version.known ? version.value : undefined, release: releaseVersion };
}
