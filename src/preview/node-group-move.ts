import { EksAmiRelease } from '../ami/eks-ami-release';
import { EksAmiType } from '../ami/eks-ami-type';
import { NodeGroupDeclaration } from '../upgrade/cluster-declaration';
import { nodeGroupNameOf } from '../upgrade/declared-intent';
import { NodeGroupState } from '../upgrade/node-group-state';
import { RecommendedRelease, recommendedReleaseOf } from '../upgrade/recommended-release';
import { RegionCatalog } from '../upgrade/region-catalog';
import { RollDuration, rollDurationOf } from '../upgrade/roll-duration';
import { WantedCluster } from '../upgrade/wanted-cluster';

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

/** A release that AWS recommends today, newer than the wanted one. */
export interface NewerRelease extends RecommendedRelease {
  /** How to take it. */
  readonly takenBy: string;
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
    return { name, from, to, roll, newer: newerThan(to, declared.get(name), catalog, new Date(state.observedAt)) };
  });
}

function releaseOf({ version, releaseVersion }: NodeGroupState): NodeGroupRelease {
  return { version: version.known ? version.value : undefined, release: releaseVersion };
}

function newerThan(
  { version, release }: NodeGroupRelease, group: NodeGroupDeclaration | undefined, catalog: RegionCatalog, now: Date,
): NewerRelease | undefined {
  const recommended = group?.amiType && version ? recommendedReleaseOf(group.amiType, version, catalog, now) : undefined;
  if (!recommended || !release || !group || !isNewer(recommended.release, release, group.amiType!)) return undefined;
  return { ...recommended, takenBy: wayTo(recommended.release, group) };
}

function wayTo(release: string, { tracking, path }: NodeGroupDeclaration): string {
  return tracking === 'pinned'
    ? `AmiTracking.pinned('${release}')`
    : `npx cdk-eks-upgrades refresh --only ${path}`;
}

/** Of releases that have no order, as two builds of one Bottlerocket version, the recommended one counts as the newer one. */
function isNewer(recommended: string, release: string, amiType: string): boolean {
  if (recommended === release) return false;
  const [candidate, current] = [recommended, release].map((text) => parsed(text, amiType));
  return candidate === undefined || current === undefined || candidate.compareTo(current) >= 0;
}

function parsed(release: string, amiType: string): EksAmiRelease | undefined {
  try {
    return EksAmiType._find(amiType)?.parseRelease(release);
  } catch {
    return undefined;
  }
}
