import { goneParts } from './gone-parts';
import { labelOf, NewerRelease, releaseNewerThan } from './newer-release';
import {
  amiTypeAfter, Change, createsNodeGroup, exchangesNodes, minorOfImage, movesNodeGroup, nodeGroupsOf, nodesVersionOf, versionOnCreation,
  wantedOfNodeGroup,
} from '../engine/change/change';
import { nodeGroupNameOf } from '../engine/change/deployment-intent';
import { keepsNodes } from '../engine/change/kept-versions';
import { RollDuration, rollDurationOf } from '../engine/eks/roll-duration';
import { knownSubnetsOf } from '../engine/eks/roll-surge';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { NODE_GROUP_TYPE } from '../engine/state/deployed-stack';
import { CUSTOM_AMI_TYPE, hasCustomAmi, NodeGroupState } from '../engine/state/node-group-state';
import { recommendedReleaseOf } from '../engine/state/recommended-release';
import { RegionCatalog } from '../engine/state/region-catalog';
import { isUnreadPart } from '../engine/state/unread-part';

/** What a deployment does to a node group. */
export interface NodeGroupMove {
  readonly name: string;
  /** Where its construct is, as `cdk diff` shows it; absent where the app names the node group. */
  readonly constructPath?: string;
  /** Absent when the node group does not exist yet, or could not be read. */
  readonly from?: NodeGroupRelease;
  /** Absent when it is removed, or when the deployment does not bring it, as where somebody has deleted it. */
  readonly to?: NodeGroupRelease;
  /** Whether the deployment changes or removes it, and it could not be read. */
  readonly isUnread?: boolean;
  /** Of a node group whose nodes are exchanged. */
  readonly roll?: RollDuration;
  /** Whether its nodes are exchanged for another version of the launch template alone, with the release that they have. */
  readonly relaunches?: boolean;
  /** Whether CloudFormation creates another node group in its place and deletes it. */
  readonly isReplaced?: boolean;
  /** Whether that fails, because the template gives both the same name. */
  readonly cannotBeReplaced?: boolean;
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

/** Whether the release says for which minor it is, as those of Amazon Linux and Windows do. */
export function tellsVersion({ version, release }: NodeGroupRelease = {}): boolean {
  return release === undefined || version === undefined || ['.', '-'].some((separator) => release.startsWith(version + separator));
}

/** What a deployment does to the node groups of a cluster that the app declares or has declared. */
export function nodeGroupMoves(
  change: Change, cluster: WantedCluster,
): NodeGroupMove[] {
  const { declaration, deployed } = cluster;
  const { state, catalog, intent: { nodeGroups: intents = {} } } = change;
  const live = new Map(nodeGroupsOf(change).map((group) => [group.name, group]));
  const declared = new Map(declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, deployed), group]));
  const gone = new Set(goneParts(NODE_GROUP_TYPE, cluster).map(({ name }) => name));
  const now = new Date(state.observedAt);
  const label = (id: string) => labelOf(id, catalog, now);
  return Object.entries(intents).map(([name, intent]): NodeGroupMove => {
    const { constructPath, removed = false, replacedBy = [] } = intent;
    if (gone.has(name)) return { name, constructPath: intent.constructPath };
    const group = live.get(name);
    const from = group && releaseOf(group, catalog, label);
    const isUnread = isUnreadPart(name, state.nodeGroups, state.unreadNodeGroups)
      && (removed || replacedBy.length > 0 || !keepsNodes(intent));
    const unread = isUnread ? { isUnread } : {};
    if (removed) return { name, constructPath, from, ...unread };
    const moves = group ? movesNodeGroup(change, group) : isUnread || createsNodeGroup(change, name);
    const wanted = wantedRelease(change, name, from, label);
    const isReplaced = group !== undefined && replacedBy.length > 0;
    const relaunches = group !== undefined && !moves && exchangesNodes(change, group);
    const rolls = group !== undefined && (moves || relaunches) && !isReplaced;
    const tracked = declared.get(name);
    return {
      name,
      constructPath,
      from,
      to: moves ? wanted : from,
      ...unread,
      roll: rolls ? rollDurationOf(group, knownSubnetsOf(state)) : undefined,
      ...relaunches && { relaunches },
      ...isReplaced && { isReplaced, ...intent.hasFixedName && { cannotBeReplaced: true } },
      newer: tracked && releaseNewerThan(wanted, tracked, catalog, now),
    };
  });
}

/** Without a wanted release, EKS takes the one that it recommends for a new node group, or for another minor. */
function wantedRelease(
  change: Change, name: string, from: NodeGroupRelease | undefined, label: (id: string) => string,
): NodeGroupRelease {
  const { catalog, state } = change;
  const { image, releaseVersion, version: given } = wantedOfNodeGroup(change, name);
  if (image) return { version: minorOfImage(image, catalog)?.toString(), release: image.id, label: label(image.id) };
  const amiType = amiTypeAfter(change, name);
  const isCreated = amiType !== CUSTOM_AMI_TYPE && createsNodeGroup(change, name);
  const version = given ?? (isCreated ? versionOnCreation(change, name)?.toString() : from?.version);
  if (releaseVersion !== undefined) return { version, release: releaseVersion };
  if (!isCreated && from?.version === version) return from ?? {};
  const isKnown = amiType !== undefined && version !== undefined && (isCreated || from !== undefined);
  return { version, release: isKnown ? recommendedReleaseOf(amiType, version, catalog, new Date(state.observedAt))?.release : undefined };
}

function releaseOf(group: NodeGroupState, catalog: RegionCatalog, label: (id: string) => string): NodeGroupRelease {
  const version = nodesVersionOf({ catalog }, group);
  const { releaseVersion: release } = group;
  return {
    version: version.known ? version.value.toString() : undefined,
    release,
    label: release !== undefined && hasCustomAmi(group) ? label(release) : undefined,
  };
}
