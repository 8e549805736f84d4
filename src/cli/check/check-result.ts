import { judgeCreation } from '../../engine/judgement/creation';
import { Finding, Severity } from '../../engine/judgement/finding';
import { evaluate, Verdict } from '../../engine/judgement/verdict';
import { guardOptionsOf } from '../../engine/judgement/wanted-cluster';
import { describeGap, gapIn, gapsAsItIs, gapsBeside } from '../clusters/cluster-gaps';
import { ClusterPlace, CommandCluster, placeOf } from '../clusters/live-clusters';
import { ExitCode, exitCodeFor } from '../exit-code';

/** What the guard would say of a cluster now. Plain data: the JSON of `check` holds it as it is. */
export type CheckResult = CheckedCluster & (
  JudgedCluster | { readonly unreadable: string } | { readonly toBeCreated: true }
);

/** What is said of a cluster. */
export interface JudgedCluster {
  readonly verdict: Verdict;
  /** What could not be read of it beside what findings tell, with the reason. */
  readonly gaps: readonly string[];
}

/** Which cluster it is, and who guards it. */
export interface CheckedCluster extends ClusterPlace {
  /** Whether the guard refuses, only warns, or does nothing. */
  readonly guard: string;
}

/**
 * Judges what the app wants of a cluster.
 *
 * @param looksInside whether what runs in it was asked for
 */
export function checkCluster(command: CommandCluster, looksInside: boolean): CheckResult {
  const { declaration, read, toBeCreated, creation } = command;
  const cluster = { ...placeOf(command), guard: declaration.guard.mode };
  if (toBeCreated) {
    const verdict = creation && judgeCreation(creation);
    return verdict?.findings.some((finding) => isAtLeast(finding, 'warning'))
      ? { ...cluster, verdict, gaps: [] }
      : { ...cluster, toBeCreated };
  }
  if (!read.known) return { ...cluster, unreadable: read.why };
  const { state, catalog, intent } = read.value;
  const verdict = evaluate(state, catalog, intent, guardOptionsOf(read.value));
  const inside = looksInside ? gapIn('what runs in the cluster', state.workloads) : [];
  return { ...cluster, verdict, gaps: [...gapsBeside([verdict], gapsAsItIs(state)), ...inside].map(describeGap) };
}

/** What could not be read of a cluster, so that the answer is not complete. */
export function unreadOf(result: CheckResult): readonly string[] {
  if ('unreadable' in result) return [result.unreadable];
  return 'gaps' in result ? result.gaps : [];
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** Whether a finding is at least so severe. */
export function isAtLeast({ severity }: Finding, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** With which code to exit when findings of a severity fail the check. */
export function exitCodeOf(results: readonly CheckResult[], failOn: Severity): ExitCode {
  return exitCodeFor({
    isFound: results.some((result) => 'verdict' in result && result.verdict.findings.some((finding) => isAtLeast(finding, failOn))),
    isUnread: results.some((result) => unreadOf(result).length > 0),
  });
}
