import { AcceptedFinding, Finding, Severity } from './finding';
import { Verdict } from './verdict';

const SEPARATOR = ' | ';

/** What follows findings that refuse. */
export const HOW_TO_ACCEPT = 'to accept a finding, add the ID in brackets to ignore';

/** What the control plane is about to do, such as `upgrade of prod from 1.35 to 1.36`. */
export function describeVerdictSubject({ cluster, currentVersion, targetVersion, direction }: Verdict): string {
  switch (direction) {
    case 'up': return `upgrade of ${cluster} from ${currentVersion} to ${targetVersion}`;
    case 'down': return `rollback of ${cluster} from ${currentVersion} to ${targetVersion}`;
    case 'none': return `change of ${cluster} at ${currentVersion}`;
  }
}

/** The verdict in one sentence: what is about to be done, whether it may be, and how many findings there are. */
export function describeVerdict(verdict: Verdict): string {
  return `${describeVerdictSubject(verdict)} ${describeOutcome(verdict)}`;
}

/** A finding in one sentence, without its severity, which some faces show by other means, and without its details. */
export function sayFinding({ id, subject, message, remedy }: Pick<Finding, 'id' | 'subject' | 'message' | 'remedy'>): string {
  return `[${id}] ${subject}: ${message}; ${remedy}`;
}

/** A finding in one line, without its details. */
export function describeFinding(finding: Finding): string {
  return `${finding.severity.toUpperCase()} ${sayFinding(finding)}`;
}

/** A finding that was accepted, in one line. */
export function describeAccepted(finding: AcceptedFinding): string {
  return `accepted: ${describeFinding(finding)}${finding.remark === undefined ? '' : `; ${finding.remark}`}`;
}

/** How much of a message is told, from all of it to the least that still says what is the matter. */
const MESSAGE_LENGTHS = [Infinity, 600, 300, 150];

/**
 * The verdict in one line of at most `maxLength` characters, as the reason of a CloudFormation event wants it:
 * the first errors with their remedies, and how many more there are.
 *
 * Where not all fits, messages are shortened and stand behind what to do, which is told whole, before errors are left out.
 */
export function renderReason(verdict: Verdict, maxLength: number): string {
  const head = describeVerdict(verdict);
  const errors = verdict.findings.filter(({ severity }) => severity === 'error');
  const render = (shown: number, messageLength: number) =>
    [head, ...errors.slice(0, shown).map((error) => renderError(error, messageLength))].join(SEPARATOR) + andMore(errors.length - shown);
  for (let shown = errors.length; shown > 0; shown--) {
    const reasons = MESSAGE_LENGTHS.map((messageLength) => render(shown, messageLength));
    const fitting = reasons.find((reason) => reason.length <= maxLength);
    if (fitting !== undefined) return fitting;
  }
  const least = [head, ...errors.slice(0, 1).map(renderShortError)];
  return cut(least.join(SEPARATOR), andMore(errors.length - 1), maxLength);
}

/**
 * The verdict in full, for a log or a terminal: every finding with its id, its details and what to do,
 * what was accepted, and how to accept more.
 */
export function renderVerdict(verdict: Verdict): string {
  const { findings, accepted, unmatchedIgnores } = verdict;
  return [
    describeVerdict(verdict),
    ...findings.map(renderFinding),
    ...accepted.map(renderAccepted),
    ...unmatchedIgnores.map((id) => `ignore contains '${id}', which is not the ID of any finding: misspelt, or no longer needed`),
    ...findings.some(({ severity }) => severity === 'error') ? [
      HOW_TO_ACCEPT,
    ] : [],
  ].join('\n\n');
}

function describeOutcome({ passed, findings, accepted }: Verdict): string {
  const numberOf = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const counts = [
    count(numberOf('error'), 'error', 'errors'),
    count(numberOf('warning'), 'warning', 'warnings'),
    count(numberOf('info'), 'info', 'infos'),
    count(accepted.length, 'accepted', 'accepted'),
  ].filter(Boolean);
  return `${passed ? 'may go ahead' : 'is refused'}: ${counts.join(', ') || 'no findings'}`;
}

function count(number: number, one: string, several: string): string {
  return number === 0 ? '' : `${number} ${number === 1 ? one : several}`;
}

/** A finding in full, with its details and what to do. */
export function renderFinding({ id, severity, subject, message, remedy, details }: Finding): string {
  return [
    `${severity.toUpperCase()} ${subject} [${id}]`,
    `  ${message}`,
    ...details.map((detail) => `  - ${detail}`),
    `  what to do: ${remedy}`,
  ].join('\n');
}

function renderAccepted({ id, severity, subject, message, acceptedBy, remark }: AcceptedFinding): string {
  const by = acceptedBy === id ? '' : ` by '${acceptedBy}'`;
  return [`ACCEPTED ${severity} ${subject} [${id}]${by}`, message, ...remark === undefined ? [] : [remark]].join('\n  ');
}

/** What to do comes first where not all can be said. */
function renderError({ id, subject, message, remedy }: Finding, messageLength: number): string {
  return message.length > messageLength
    ? renderShortError({ id, subject, remedy, message: `${message.slice(0, messageLength - 1)}…` })
    : sayFinding({ id, subject, message, remedy });
}

function renderShortError({ id, subject, message, remedy }: Pick<Finding, 'id' | 'subject' | 'message' | 'remedy'>): string {
  return `[${id}] ${subject}: ${remedy}; because ${message}`;
}

function andMore(errors: number): string {
  return errors > 0 ? `${SEPARATOR}and ${errors} more` : '';
}

/** Shortens the text where it is too long, and keeps the ending. */
function cut(text: string, ending: string, maxLength: number): string {
  const room = maxLength - ending.length;
  return (text.length <= room ? text + ending : `${text.slice(0, Math.max(0, room - 1))}…${ending}`).slice(0, maxLength);
}
