import { AddOnMove, addOnMoves } from './add-on-move';
import { Drift, driftOf } from './drift';
import { NodeGroupMove, nodeGroupMoves } from './node-group-move';
import { Wave, wavesOf } from './wave';
import { WayBack, wayBackAfter } from './way-back';
import { advancesOf } from '../engine/change/advances';
import { Change } from '../engine/change/change';
import { supportPeriod } from '../engine/judgement/checks/support-period';
import { wayBack } from '../engine/judgement/checks/way-back';
import { Finding } from '../engine/judgement/finding';
import { changeOfDeployment, ClusterStanding, standingOf, WantedCluster, wantedCluster } from '../engine/judgement/wanted-cluster';
import { Bake, Waves } from '../engine/plan/waves';

/**
 * Everything there is to say of a cluster before a deployment; what could not be read says nothing of the guard, which has
 * permissions of its own.
 */
export interface ClusterPreview extends ClusterStanding {
  readonly cluster: string;
  readonly version: { readonly live: string; readonly wanted: string };
  /** Whether the app declares the control plane, and so moves it. */
  readonly ownsControlPlane: boolean;
  /** Whether CloudFormation would delete the cluster and create another one. */
  readonly isReplaced: boolean;
  readonly addOns: readonly AddOnMove[];
  readonly nodeGroups: readonly NodeGroupMove[];
  /** The bake of the control plane, which lasts when that moves on. */
  readonly bake?: Bake;
  /** In which order nodes are exchanged, where there is one. */
  readonly waves: readonly Wave[];
  readonly drift: readonly Drift[];
  /** Absent where there is none, or where it is not needed. */
  readonly wayBack?: WayBack;
  /** The findings for which the guard would refuse the deployment; none when it does not enforce. */
  readonly refusals: readonly Finding[];
}

/** Judges what a deployment would do to a cluster. Pure: the same input gives the same preview. */
export function previewCluster(input: Omit<WantedCluster, 'intent'>): ClusterPreview {
  const cluster = wantedCluster(input);
  const { declaration, state } = cluster;
  const change = changeOfDeployment(cluster);
  const version = { live: state.version, wanted: change.target.toString() };
  const standing = standingOf(cluster, version.wanted);
  const nodeGroups = nodeGroupMoves(change, cluster);
  const addOns = addOnMoves(change, cluster);
  const waves = new Waves(declaration, input.deployed);
  return {
    ...standing,
    cluster: state.name,
    version,
    ownsControlPlane: declaration.logicalId !== undefined,
    isReplaced: (change.intent.replacedBy ?? []).length > 0,
    addOns,
    nodeGroups,
    bake: change.direction === 'down' ? undefined : waves.controlPlaneBake,
    waves: wavesOf(nodeGroups.filter((group) => isWaitedFor(group, waves)), waves, goingBack(change, nodeGroups)),
    drift: driftOf(change, cluster),
    findings: standing.findings.filter((finding) => !isSaidElsewhere(finding)),
    wayBack: wayBackAfter(change, standing.findings, { nodeGroups, addOns }),
    refusals: declaration.guard.mode === 'enforce' ? standing.findings.filter(({ severity }) => severity === 'error') : [],
  };
}

/** The block has lines for when support ends, and for the way back. */
function isSaidElsewhere({ check, severity }: Finding): boolean {
  return severity === 'info' && [supportPeriod.id, wayBack.id].includes(check);
}

/** Whether what comes after a node group waits until its nodes are exchanged, or until a new one has baked. */
function isWaitedFor(group: NodeGroupMove, waves: Waves): boolean {
  if (!group.to) return false;
  return group.from || group.isUnread ? movesNodes(group) : waves.bakeOf(group.name)?.passesAtOnce === false;
}

/** The names of the node groups that a deployment takes back, which passes their bakes. */
function goingBack(change: Change, rolling: readonly NodeGroupMove[]): ReadonlySet<string> {
  const advancing = new Set(advancesOf(change).nodeGroups.map(({ name }) => name));
  return new Set(rolling.filter(({ name, from }) => from && !advancing.has(name)).map(({ name }) => name));
}

/** Whether there is anything to say: something changes, is wrong, or is newer than what is pinned. */
export function isWorthSaying({ version, addOns, nodeGroups, drift, findings, unread }: ClusterPreview): boolean {
  return version.live !== version.wanted
    || addOns.some(hasAddOnNews)
    || nodeGroups.some((group) => movesNodes(group) || group.newer)
    || drift.length > 0
    || unread.length > 0
    || findings.some(({ severity }) => severity !== 'info');
}

/** Whether an add-on is changed. */
export function moves({ from, to, why, isUnread = false, isReplaced = false }: AddOnMove): boolean {
  return from !== to || why !== undefined || isUnread || isReplaced;
}

/** Whether there is something to say of an add-on. */
export function hasAddOnNews(addOn: AddOnMove): boolean {
  return moves(addOn) || addOn.newer !== undefined;
}

/** Whether a node group is changed. */
export function movesNodes({ from, to, isUnread = false, relaunches = false, isReplaced = false }: NodeGroupMove): boolean {
  return (from === undefined) !== (to === undefined) || from?.version !== to?.version || from?.release !== to?.release
    || isUnread || relaunches || isReplaced;
}
