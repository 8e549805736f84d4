import { AddOnMove, addOnMoves } from './add-on-move';
import { Drift, driftOf } from './drift';
import { NodeGroupMove, nodeGroupMoves } from './node-group-move';
import { SupportEnd, supportEndOf } from './support-end';
import { ClusterDeclaration } from '../upgrade/cluster-declaration';
import { ClusterState } from '../upgrade/cluster-state';
import { intentOf } from '../upgrade/declared-intent';
import { DeployedStack, TemplateResources } from '../upgrade/deployed-stack';
import { Finding } from '../upgrade/finding';
import { RegionCatalog } from '../upgrade/region-catalog';
import { evaluate } from '../upgrade/verdict';

/** Everything there is to say of a cluster before a deployment. */
export interface ClusterPreview {
  readonly cluster: string;
  readonly version: { readonly live: string; readonly wanted: string };
  /** Whether the app declares the control plane, and so moves it. */
  readonly ownsControlPlane: boolean;
  readonly addOns: readonly AddOnMove[];
  readonly nodeGroups: readonly NodeGroupMove[];
  readonly drift: readonly Drift[];
  /** Absent when it is not known. */
  readonly support?: SupportEnd;
  /** What is wrong or worth knowing. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly Finding[];
  /** What could not be read, in words. The guard has permissions of its own, so that this says nothing of its verdict. */
  readonly unread: readonly string[];
  /** The findings for which the guard would refuse the deployment; none when it does not enforce. */
  readonly refusals: readonly Finding[];
}

/** What a preview is made of. */
export interface PreviewInput {
  readonly declaration: ClusterDeclaration;
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly deployed: Readonly<Record<string, DeployedStack>>;
  readonly wanted: Readonly<Record<string, TemplateResources>>;
}

/** Judges what a deployment would do to a cluster. Pure: the same input gives the same preview. */
export function previewCluster({ declaration, state, catalog, deployed, wanted }: PreviewInput): ClusterPreview {
  const stacks = { wanted, deployed };
  const intent = intentOf(declaration, state.name, stacks, catalog);
  const { findings: all, accepted } = evaluate(state, catalog, intent, { ignore: declaration.guard.ignore });
  const findings = all.filter((finding) => !isUnread(finding) && !isSaidElsewhere(finding));
  const version = { live: state.version, wanted: intent.version ?? state.version };
  return {
    cluster: state.name,
    version,
    ownsControlPlane: declaration.logicalId !== undefined,
    addOns: addOnMoves(state, intent, catalog),
    nodeGroups: nodeGroupMoves(declaration, state, intent, catalog, deployed),
    drift: driftOf(declaration, state, intent, stacks),
    support: supportEndOf(version.wanted, state, catalog),
    findings,
    accepted,
    unread: [...new Set(all.filter(isUnread).map(({ message }) => message))],
    refusals: declaration.guard.mode === 'enforce' ? findings.filter(({ severity }) => severity === 'error') : [],
  };
}

/** The guard lets EKS look anew where insights are too old, which the preview, that only reads, cannot. */
function isUnread({ unknown, check }: Finding): boolean {
  return unknown || check === 'insight-age';
}

/** The preview always tells when support ends. */
function isSaidElsewhere({ check, severity }: Finding): boolean {
  return check === 'support-period' && severity === 'info';
}

/** Whether there is anything to say: something changes, is wrong, or is newer than what is pinned. */
export function isWorthSaying({ version, addOns, nodeGroups, drift, findings, unread }: ClusterPreview): boolean {
  return version.live !== version.wanted
    || addOns.some(moves)
    || nodeGroups.some((group) => movesNodes(group) || group.newer)
    || drift.length > 0
    || unread.length > 0
    || findings.some(({ severity }) => severity !== 'info');
}

/** Whether an add-on is changed. */
export function moves({ from, to, why }: AddOnMove): boolean {
  return from !== to || why !== undefined;
}

/** Whether a node group is changed. */
export function movesNodes({ from, to }: Pick<NodeGroupMove, 'from' | 'to'>): boolean {
  return from?.version !== to?.version || from?.release !== to?.release;
}
