import pc from 'picocolors';
import { ClusterStatus, ReadStatus } from '../../src/cli/status/cluster-status';
import { ReleaseStatus } from '../../src/cli/status/release-status';
import { statusTable } from '../../src/cli/status/status-table';
import { Finding } from '../../src/engine/judgement/finding';

const PLACE = { name: 'prod', path: 'Prod/Cluster', account: '111122223333', region: 'us-west-2' };
const READ: ReadStatus = { version: '1.35', clusterStatus: 'ACTIVE', nodeGroups: [], addOns: [], misconfigurations: [], gaps: [], findings: [] };

const finding = (severity: Finding['severity'], more: Partial<Finding> = {}) => ({ severity, check: 'minor-step', details: [], ...more }) as Finding;
const SUCCESSOR = { id: 'ca-2', distribution: 'COMPLETE' };
const ACTIVATED = { ...SUCCESSOR, firstAutoActivation: '2027-01-01T00:00:00Z', finalAutoActivation: '2027-02-01T00:00:00Z' };

const SUPPORT = { extraUsdPerYear: 4380, movedByEks: false };

const CLUSTERS: ReadonlyArray<readonly [title: string, status: Partial<ReadStatus>]> = [
  ['of a cluster that is being updated', { clusterStatus: 'UPDATING' }],
  ['in extended support', { support: { ...SUPPORT, kind: 'extended', ends: '2027-03-27', days: 122 } }],
  ['at the end of standard support, after which EKS upgrades', { support: { ...SUPPORT, kind: 'standard', ends: '2026-12-27', days: 32, movedByEks: true } }],
  ['without support', { support: { ...SUPPORT, kind: 'none' } }],
  ['of a certificate authority and its successor', {
    certificateAuthority: { notAfter: '2030-01-01T00:00:00Z', successor: { ...ACTIVATED, olderNodeGroups: ['workers', 'gpu'] } },
  }],
  ['of a successor that all nodes trust', { certificateAuthority: { successor: { ...ACTIVATED, olderNodeGroups: [] } } }],
  ['of a successor that is on its way', { certificateAuthority: { successor: { ...SUCCESSOR, distribution: 'IN_PROGRESS' } } }],
  ['of what EKS finds configured wrongly', { misconfigurations: [{ name: 'Amazon VPC CNI configuration', status: 'WARNING', reason: 'Two plugins.' }] }],
  ['of a roll that failed', {
    findings: [finding('warning', {
      check: 'node-group-last-update',
      subject: 'node group workers',
      message: 'its last update failed: PodEvictionFailure',
      details: ['PodEvictionFailure', 'shop/web-1 on n1'],
    })],
  }],
  ['of findings', { findings: [finding('error'), finding('warning'), finding('warning'), finding('info')] }],
  ['of what is not known', { gaps: ['not allowed to call eks:ListNodegroups'] }],
];

const RELEASES: readonly ReleaseStatus[] = [
  { path: 'Nodes/Karpenter', declared: '1.35.3-20260611', ageDays: 167, recommended: '1.35.4-20260714', recommendedForDays: 134 },
  { path: 'Nodes/Other', declared: '1.35.3-20260611', unreadable: 'not allowed to call ssm:GetParameter' },
];

const tableOf = (clusters: readonly ClusterStatus[], releases: readonly ReleaseStatus[] = []) => statusTable(
  clusters, releases, pc.createColors(false),
);

/** What `status` says of clusters and releases, each with its title. */
export const STATUS_SAMPLES: ReadonlyArray<readonly [title: string, text: string]> = [
  ...CLUSTERS.map(([title, status]) => [title, tableOf([{ ...PLACE, ...READ, ...status }])] as const),
  ['of a cluster that cannot be read', tableOf([{ ...PLACE, unreadable: 'not allowed to call eks:DescribeCluster' }])],
  ['of releases without a node group', tableOf([], RELEASES)],
  ['of nothing', tableOf([])],
];
