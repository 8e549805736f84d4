import { CheckResult } from './check-result';
import { Severity } from '../../engine/judgement/finding';
import { sayFinding } from '../../engine/judgement/verdict-text';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Annotations of a run of GitHub Actions, one a line.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function checkGithub(results: readonly CheckResult[]): string {
  return results.flatMap((result) => {
    if ('unreadable' in result) return [annotation('error', `${result.name}: could not be read`, result.unreadable)];
    if ('toBeCreated' in result) return [];
    return [
      ...result.verdict.findings.map((finding) =>
        annotation(COMMANDS[finding.severity], `${result.name}: ${finding.id}`, [sayFinding(finding), ...finding.details].join('\n'))),
      ...result.gaps.map((gap) => annotation('error', `${result.name}: not known`, gap)),
    ];
  }).map((line) => `${line}\n`).join('');
}

function annotation(command: string, title: string, message: string): string {
  return `::${command} title=${escape(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escape(message)}`;
}

function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
