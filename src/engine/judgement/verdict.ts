import { Check, findingsOf } from './check';
import { CHECKS } from './checks';
import { DAILY_LOOK_HOURS } from './checks/insight-age';
import { AcceptedFinding, Finding, Severity } from './finding';
import { Change, changeOf, ChangeOptions, Direction } from '../change/change';
import { UpgradeIntent } from '../change/upgrade-intent';
import { ClusterState } from '../state/cluster-state';
import { RegionCatalog } from '../state/region-catalog';

/** How strict to be. Insights may be of the last daily look of EKS unless `maxInsightAgeHours` says otherwise. */
export interface EvaluateOptions extends Partial<ChangeOptions> {
  /**
   * Findings to live with, by their id or by the id of a check for all of its findings.
   *
   * @default - none
   */
  readonly ignore?: readonly string[];
  /**
   * Which checks are made.
   *
   * @default - all
   */
  readonly checks?: readonly Check[];
}

/** What all checks together say about a change. Plain data that survives JSON. */
export interface Verdict {
  readonly cluster: string;
  /** The ARN of the cluster. */
  readonly clusterArn: string;
  readonly currentVersion: string;
  readonly targetVersion: string;
  readonly direction: Direction;
  /** Whether nothing that was not accepted stops the change. */
  readonly passed: boolean;
  /** Errors first, then warnings and infos, each in the order of the checks and of their subjects. */
  readonly findings: readonly Finding[];
  /** Findings that were accepted, in the same order. */
  readonly accepted: readonly AcceptedFinding[];
  /** Entries of `ignore` that are neither the id of a check nor that of a finding: misspelt, or no longer needed. */
  readonly unmatchedIgnores: readonly string[];
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * Judges a wanted change of a cluster by all checks.
 *
 * Pure: the same state, catalog, intent and options give the same verdict.
 *
 * @throws if a version in the state or the intent is not a Kubernetes minor such as `1.36`
 */
export function evaluate(state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent, options: EvaluateOptions = {}): Verdict {
  const { ignore = [], checks = CHECKS } = options;
  const change = changeToJudge(state, catalog, intent, options);
  const all = orderedFindings(change, checks);
  const findings = all.filter((finding) => !acceptanceOf(finding, ignore));
  return {
    cluster: state.name,
    clusterArn: state.arn,
    currentVersion: change.current.toString(),
    targetVersion: change.target.toString(),
    direction: change.direction,
    passed: !findings.some(({ severity }) => severity === 'error'),
    findings,
    accepted: all.flatMap((finding) => {
      const acceptedBy = acceptanceOf(finding, ignore);
      return acceptedBy ? { ...finding, acceptedBy, ...mayBlockInEks(finding, intent) && { remark: EKS_MAY_BLOCK } } : [];
    }),
    unmatchedIgnores: ignore.filter((id) => !CHECKS.some((check) => check.id === id) && !all.some((finding) => finding.id === id)),
  };
}

/** The change that the checks look at. */
export function changeToJudge(
  state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent,
  { maxInsightAgeHours = DAILY_LOOK_HOURS, ...options }: EvaluateOptions,
): Change {
  return changeOf(state, catalog, intent, { maxInsightAgeHours, ...options });
}

/** What may come of an insight that is accepted. */
export const EKS_MAY_BLOCK = 'EKS may still block the upgrade because of it, with InvalidStateException: force: true beside '
  + 'ignore overrides that';

/** Whether EKS looks at what a finding is about by itself, and has not been told to override it. */
function mayBlockInEks({ check, severity, unknown }: Finding, { isForced }: UpgradeIntent): boolean {
  return !isForced && !unknown && severity === 'error' && CHECKS.some(({ id, isMadeByEks }) => id === check && isMadeByEks);
}

/** Checks run in their order, and sorting is stable, so that only severity and subject need to be compared. */
function orderedFindings(change: Change, checks: readonly Check[]): Finding[] {
  return checks
    .flatMap((check) => [...findingsOf(check, change)].sort((a, b) => compareText(a.subject, b.subject)))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** The most specific entry that accepts a finding. */
function acceptanceOf({ id, check }: Finding, ignore: readonly string[]): string | undefined {
  return [id, check].find((candidate) => ignore.includes(candidate));
}

/** By code unit, so that the order does not depend on the locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
