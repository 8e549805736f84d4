import { labelOf, NewerRelease, releaseNewerThan } from './newer-release';
import { minorOfImage, nodesVersionOf } from '../engine/change/change';
import { nodeGroupNameOf } from '../engine/change/deployment-intent';
import { RollDuration, rollDurationOf } from '../engine/eks/roll-duration';
import { knownSubnetsOf } from '../engine/eks/roll-surge';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { hasCustomAmi, NodeGroupState } from '../engine/state/node-group-state';
import { RegionCatalog } from '../engine/state/region-catalog';

/** What a deployment does to a node group. */
export interface NodeGroupMove {
  readonly name: string;
  /** Where its construct is, as `cdk diff` shows it; absent where the app names the node group. */
  readonly constructPath?: string;
  /** Absent when the node group does not exist yet. */
  readonly from?: NodeGroupRelease;
  /** Absent when it is removed. */
  readonly to?: NodeGroupRelease;
  /** Of a node group whose nodes are exchanged. */
  readonly roll?: RollDuration;
  /** Whether its nodes are exchanged for another version of the launch template alone, with the release that they have. */
  readonly relaunches?: boolean;
  /** Absent when the wanted release is the recommended one, or nothing better is known. */
  readonly newer?: NewerRelease;
}

/** What nodes run; what is not known is absent. */
export interface NodeGroupRelease {
  readonly version?: string;
  readonly release?: string;
  /** The release as people know it, where it is an image of one's own: with name and age. */
  readonly label?: string;
}

/** What a deployment does to the node groups of a cluster that the app declares or has declared. */
export function nodeGroupMoves({
  declaration, state, intent: { nodeGroups: intents = {} }, catalog, deployed,
}: WantedCluster): NodeGroupMove[] {
  const live = new Map((state.nodeGroups.known ? state.nodeGroups.value : []).map((group) => [group.name, group]));
  const declared = new Map(declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, deployed), group]));
  const now = new Date(state.observedAt);
  const label = (id: string) => labelOf(id, catalog, now);
  return Object.entries(intents).map((
    [name, { version, releaseVersion, removed, image, constructPath, otherChanges = [] }],
  ): NodeGroupMove => {
    const group = live.get(name);
    const from = group && releaseOf(group, catalog, label);
    if (removed) return { name, constructPath, from };
    const to = image
      ? { version: from?.release === image.id ? from.version : minorOfImage(image, catalog), release: image.id, label: label(image.id) }
      : {
        version: version ?? from?.version,
        release: releaseVersion ?? from?.release,
        ...releaseVersion === undefined && { label: from?.label },
      };
    const moves = from && (from.version !== to.version || from.release !== to.release);
    const relaunches = from && !moves && otherChanges.includes('LaunchTemplate');
    const roll = moves || relaunches ? rollDurationOf(group!, knownSubnetsOf(state)) : undefined;
    const tracked = declared.get(name);
    return {
      name, constructPath, from, to, roll, ...relaunches && { relaunches }, newer: tracked && releaseNewerThan(to, tracked, catalog, now),
    };
  });
}

function releaseOf(group: NodeGroupState, catalog: RegionCatalog, label: (id: string) => string): NodeGroupRelease {
  const version = nodesVersionOf({ catalog }, group);
  const { releaseVersion: release } = group;
  return {
    version: version.known ? version.value : undefined,
    release,
    label: release !== undefined && hasCustomAmi(group) ? label(release) : undefined,
  };
}
