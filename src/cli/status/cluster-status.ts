import { CertificateStatus, certificateStatus } from './certificate-status';
import { nodeGroupStatus, NodeGroupStatus } from './node-group-status';
import { gapsOf } from './status-gaps';
import { newestAddOnVersion } from '../../engine/eks/add-on-version';
import { addOnOfferTo } from '../../engine/eks/platform-version';
import { Finding } from '../../engine/judgement/finding';
import { standingOf, WantedCluster } from '../../engine/judgement/wanted-cluster';
import { SupportStanding } from '../../engine/state/support-standing';
import { ClusterPlace, CommandCluster, placeOf } from '../clusters/live-clusters';

/** Where a cluster stands. Plain data: the JSON of `status` holds it as it is. */
export type ClusterStatus = ClusterPlace & (
  | { readonly unreadable: string }
  | { readonly toBeCreated: true }
  | ReadStatus
);

/** What is known of a cluster that was read. */
export interface ReadStatus {
  readonly version: string;
  /** What the app wants; absent where it does not move the control plane. */
  readonly declaredVersion?: string;
  /** As `DescribeCluster` tells it. */
  readonly clusterStatus: string;
  readonly support?: SupportStanding;
  readonly nodeGroups: readonly NodeGroupStatus[];
  readonly addOns: readonly AddOnStatus[];
  /** Absent where it could not be read. */
  readonly certificateAuthority?: CertificateStatus;
  /** What EKS finds configured wrongly: its insights of that kind that do not pass. They stand in the way of no upgrade. */
  readonly misconfigurations: readonly Misconfiguration[];
  /** What could not be read of it, with the reason. */
  readonly gaps: readonly string[];
  readonly findings: readonly Finding[];
}

/** An insight of EKS about the configuration. */
export interface Misconfiguration {
  readonly name: string;
  readonly status: 'WARNING' | 'ERROR' | 'UNKNOWN';
  readonly reason?: string;
}

/** Where an add-on stands. */
export interface AddOnStatus {
  readonly name: string;
  readonly live: string;
  /** The version that the app pins, or the policy by which it is chosen; absent where the app does not declare the add-on. */
  readonly declared?: string;
  /** The newest that EKS offers for the version of the cluster. */
  readonly newest?: string;
}

/** Tells where a cluster stands, as far as it could be read. */
export function statusOf(command: CommandCluster): ClusterStatus {
  const { read, toBeCreated } = command;
  const place = placeOf(command);
  if (toBeCreated) return { ...place, toBeCreated };
  return read.known ? { ...place, ...readStatus(read.value) } : { ...place, unreadable: read.why };
}

/** Errors first, then what loses its support first; what cannot be read comes before all. */
export function byUrgency(a: ClusterStatus, b: ClusterStatus): number {
  const [left, right] = [urgencyOf(a), urgencyOf(b)];
  const differing = left.findIndex((value, index) => value !== right[index]);
  return differing < 0 ? 0 : left[differing] - right[differing];
}

function urgencyOf(status: ClusterStatus): number[] {
  if ('unreadable' in status) return [0];
  if ('toBeCreated' in status) return [2];
  const { findings, support } = status;
  const numberOf = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return [
    1, -numberOf('error'), ['none', 'extended', 'standard'].indexOf(support?.kind ?? 'none'), support?.days ?? 0, -numberOf('warning'),
  ];
}

function readStatus(cluster: WantedCluster): ReadStatus {
  const { state, intent } = cluster;
  const { support, findings, unread } = standingOf(cluster, state.version);
  return {
    version: state.version,
    declaredVersion: intent.version,
    clusterStatus: state.status,
    support,
    nodeGroups: nodeGroupStatus(cluster),
    addOns: addOnStatus(cluster),
    certificateAuthority: certificateStatus(cluster),
    misconfigurations: misconfigurationsOf(cluster),
    gaps: gapsOf(cluster, unread),
    findings,
  };
}

function misconfigurationsOf({ state: { insights } }: WantedCluster): Misconfiguration[] {
  return (insights.known ? insights.value : []).flatMap(({ category, name, status, reason }) =>
    category !== 'MISCONFIGURATION' || status === 'PASSING' ? [] : [{ name, status, reason }]);
}

function addOnStatus({ declaration: { addOns: declared }, state, catalog }: WantedCluster): AddOnStatus[] {
  return (state.addOns.known ? state.addOns.value : []).map(({ name, version }) => {
    const declaration = declared.find((addOn) => addOn.name === name);
    const offer = addOnOfferTo(state, catalog, name, state.version);
    return {
      name,
      live: version,
      declared: declaration?.version ?? declaration?.policy,
      newest: offer.known ? newestAddOnVersion(offer.value.versions) : undefined,
    };
  });
}
