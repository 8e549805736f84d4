import Table from 'cli-table3';
import { describeCertificates } from './certificate-status';
import { AddOnStatus, ClusterStatus, Misconfiguration, ReadStatus } from './cluster-status';
import { NodeGroupStatus } from './node-group-status';
import { ReleaseStatus } from './release-status';
import { nodeGroupLastUpdate } from '../../engine/judgement/checks/node-group-last-update';
import { NOTICE_DAYS } from '../../engine/kubernetes/support-terms';
import { saySupport, SupportStanding } from '../../engine/state/support-standing';
import { withoutControlCharacters } from '../../engine/state/untrusted-text';
import { describeEnvironment } from '../aws-environments';
import { Colors, SEVERITY_COLORS } from '../terminal';

type Row = [what: string, live: string, declared: string, newest: string, remark: string]
  | [line: { readonly content: string; readonly colSpan: 5 }];

/** One table for all clusters: a block of rows for each; behind them one for the tracked releases without a node group. */
export function statusTable(clusters: readonly ClusterStatus[], releases: readonly ReleaseStatus[], colors: Colors): string {
  if (clusters.length + releases.length === 0) return 'there are no clusters\n';
  const table = new Table({
    head: ['', 'live', 'declared', 'newest', ''].map((title) => colors.dim(title)),
    style: { 'head': [], 'border': [], 'compact': true, 'padding-left': 0, 'padding-right': 2 },
    chars: BLANK,
  });
  clusters.forEach((cluster) => {
    table.push(line(`\n${colors.bold(cluster.name)} ${colors.dim(describeEnvironment(cluster))}`), ...rowsOf(cluster, colors));
  });
  if (releases.length > 0) {
    table.push(line(`\n${colors.bold('releases without a node group')}`), ...releases.flatMap((release) => releaseRows(release, colors)));
  }
  return `${table.toString().replace(/[ \t]+$/gm, '')}\n`;
}

/** What stands across all columns. */
function line(content: string): Row {
  return [{ content, colSpan: 5 }];
}

/** No lines: columns alone. */
const BLANK = Object.fromEntries([
  'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right',
  'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle',
].map((part) => [part, '']));

function rowsOf(status: ClusterStatus, colors: Colors): Row[] {
  if ('unreadable' in status) return [line(`  ${colors.red('could not be read')}: ${status.unreadable}`)];
  if ('toBeCreated' in status) return [line('  does not exist yet')];
  return [
    ['  control plane', status.version, status.declaredVersion ?? '', '', controlPlaneRemark(status, colors)],
    ...status.nodeGroups.map((group) => nodeGroupRow(group, colors)),
    ...status.addOns.map((addOn) => addOnRow(addOn, colors)),
    ...certificateRows(status, colors),
    ...status.misconfigurations.map((insight) => line(`  ${misconfigurationText(insight, colors)}`)),
    ...failedRollRows(status, colors),
    ...findingRows(status, colors),
    ...status.gaps.map((gap) => line(`  ${colors.yellow('not known')}: ${gap}`)),
  ];
}

function controlPlaneRemark({ clusterStatus, version, support }: ReadStatus, colors: Colors): string {
  return [
    ...clusterStatus === 'ACTIVE' ? [] : [colors.yellow(clusterStatus)], ...support ? [supportRemark(version, support, colors)] : [],
  ].join(', ');
}

function supportRemark(version: string, support: SupportStanding, colors: Colors): string {
  const text = saySupport(version, support).message;
  if (support.kind !== 'standard') return colors.red(text);
  return support.days !== undefined && support.days <= NOTICE_DAYS ? colors.yellow(text) : text;
}

function nodeGroupRow({ name, version, live, declared, ...release }: NodeGroupStatus, colors: Colors): Row {
  return [
    `  ${name}`,
    live ?? version ?? 'not known',
    declared !== undefined && declared !== live ? colors.yellow(declared) : declared ?? '',
    ...newestOf({ ...release, current: live }, colors),
  ];
}

function releaseRows({ path, unreadable, declared, ...release }: ReleaseStatus, colors: Colors): Row[] {
  if (unreadable !== undefined) return [[`  ${path}`, '', declared ?? '', '', ''], line(`  ${colors.yellow('not known')}: ${unreadable}`)];
  return [[`  ${path}`, '', declared ?? '', ...newestOf({ ...release, current: declared }, colors)]];
}

/** What AWS recommends, and how that and the current release have aged. */
function newestOf(
  {
    current, imageName, ageDays, recommended, recommendedForDays,
  }: Pick<ReleaseStatus, 'imageName' | 'ageDays' | 'recommended' | 'recommendedForDays'> & { readonly current?: string },
  colors: Colors,
): [newest: string, remark: string] {
  const isBehind = recommended !== undefined && recommended !== current;
  return [
    recommended === undefined ? '' : isBehind ? colors.yellow(recommended) : recommended,
    [
      ...imageName === undefined ? [] : [imageName],
      ...ageDays === undefined ? [] : [`${days(ageDays)} old`],
      ...isBehind && recommendedForDays !== undefined ? [`the newest is out for ${days(recommendedForDays)}`] : [],
    ].join(', '),
  ];
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

function addOnRow({ name, live, declared, newest }: AddOnStatus, colors: Colors): Row {
  return [`  ${name}`, live, declared ?? '', newest === undefined || newest === live ? newest ?? '' : colors.yellow(newest), ''];
}

function certificateRows({ certificateAuthority }: ReadStatus, colors: Colors): Row[] {
  const text = certificateAuthority && describeCertificates(certificateAuthority);
  if (text === undefined) return [];
  const isWaitedFor = certificateAuthority?.successor?.olderNodeGroups?.length !== 0;
  return [line(`  ${isWaitedFor ? colors.yellow(text) : text}`)];
}

function misconfigurationText({ name, status, reason }: Misconfiguration, colors: Colors): string {
  const text = withoutControlCharacters(`${name}${reason ? `: ${reason}` : ''}`);
  return `${colors[status === 'ERROR' ? 'red' : 'yellow'](`misconfiguration, ${status}`)}: ${text}`;
}

/** What somebody wants to know who has just seen a roll fail: why, and which pods and budgets held it. */
function failedRollRows({ findings }: ReadStatus, colors: Colors): Row[] {
  return findings.filter(({ check }) => check === nodeGroupLastUpdate.id).flatMap(({ subject, message, details }) => [
    line(`  ${colors.yellow(withoutControlCharacters(`${subject}: ${message}`))}`),
    ...details.slice(1).map((detail) => line(`    - ${withoutControlCharacters(detail)}`)), // the message holds the first
  ]);
}

function findingRows({ findings }: ReadStatus, colors: Colors): Row[] {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [colors[SEVERITY_COLORS[severity]](`${number} ${severity}${number === 1 ? '' : 's'}`)];
  });
  return counts.length === 0 ? [] : [line(`  ${counts.join(', ')}: see 'cdk-eks-upgrades check'`)];
}
