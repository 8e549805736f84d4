import { judgeCreation } from '../../engine/judgement/creation';
import { Finding, Severity } from '../../engine/judgement/finding';
import { evaluate, Verdict } from '../../engine/judgement/verdict';
import { guardOptionsOf } from '../../engine/judgement/wanted-cluster';
import { ClusterPlace, CommandCluster, placeOf } from '../clusters/live-clusters';
import { ExitCode } from '../exit-code';

/** What the guard would say of a cluster now. Plain data: the JSON of `check` holds it as it is. */
export type CheckResult = CheckedCluster & (
  { readonly verdict: Verdict } | { readonly unreadable: string } | { readonly toBeCreated: true }
);

/** Which cluster it is, and who guards it. */
export interface CheckedCluster extends ClusterPlace {
  /** Whether the guard refuses, only warns, or does nothing. */
  readonly guard: string;
}

/** Judges what the app wants of a cluster. */
export function checkCluster(command: CommandCluster): CheckResult {
  const { declaration, read, toBeCreated, creation } = command;
  const cluster = { ...placeOf(command), guard: declaration.guard.mode };
  if (toBeCreated) {
    const verdict = creation && judgeCreation(creation);
    return verdict?.findings.some((finding) => isAtLeast(finding, 'warning')) ? { ...cluster, verdict } : { ...cluster, toBeCreated };
  }
  if (!read.known) return { ...cluster, unreadable: read.why };
  const { state, catalog, intent } = read.value;
  return { ...cluster, verdict: evaluate(state, catalog, intent, guardOptionsOf(read.value)) };
}

/** Whether a cluster was read, and what runs in it was not. */
export function lacksWorkloads({ read }: CommandCluster): boolean {
  return read.known && read.value.state.workloads?.known === false;
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** Whether a finding is at least so severe. */
export function isAtLeast({ severity }: Finding, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** With which code to exit when findings of a severity fail the check. */
export function exitCodeOf(results: readonly CheckResult[], failOn: Severity): ExitCode {
  if (results.some((result) => 'unreadable' in result)) return ExitCode.UNREADABLE;
  return results.some((result) => 'verdict' in result && result.verdict.findings.some((finding) => isAtLeast(finding, failOn)))
    ? ExitCode.FOUND
    : ExitCode.FINE;
}
