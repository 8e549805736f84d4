import type { Log, Result } from 'sarif';
import { CheckResult, unreadOf } from './check-result';
import { CHECKS } from '../../engine/judgement/checks';
import { Finding, Severity } from '../../engine/judgement/finding';
import { sayFinding } from '../../engine/judgement/verdict-text';

const LEVELS: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', info: 'note' };

/** Code scanning wants a file; what is found is in none of them, and all begins with this one. */
const FILE = 'cdk.json';

/** A log in the format SARIF 2.1.0, for code scanning. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function checkSarif(results: readonly CheckResult[], version: string): Log {
  const unread = results.flatMap((result) => unreadOf(result).map((gap) => (
    'unreadable' in result ? `${result.name} could not be read: ${gap}` : `${result.name}: ${gap}`)));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-eks-upgrades',
          version,
          rules: CHECKS.map(({ id, severity }) => ({ id, defaultConfiguration: { level: LEVELS[severity] } })),
        },
      },
      invocations: [{
        executionSuccessful: unread.length === 0,
        toolExecutionNotifications: unread.map((text) => ({ level: 'error', message: { text: withoutLinks(text) } })),
      }],
      results: results.flatMap((result) => 'verdict' in result ? result.verdict.findings.map((finding) => resultOf(result, finding)) : []),
    }],
  };
}

function resultOf({ name, path }: CheckResult, finding: Finding): Result {
  return {
    ruleId: finding.check,
    level: LEVELS[finding.severity],
    message: { text: withoutLinks([`${name}: ${sayFinding(finding)}`, ...finding.details].join('\n')) },
    locations: [{
      physicalLocation: { artifactLocation: { uri: FILE }, region: { startLine: 1 } },
      logicalLocations: [{ fullyQualifiedName: path, kind: 'resource' }],
    }],
    partialFingerprints: { 'clusterAndFinding/v1': `${path}#${finding.id}` },
  };
}

/**
 * In a plain message of SARIF, `[text](target)` is a link: what is quoted of a cluster must be none.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html 3.11.6
 */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
