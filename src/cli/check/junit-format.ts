import { create, XMLElement } from 'xmlbuilder';
import { CheckResult, isAtLeast, unreadOf } from './check-result';
import { CHECKS } from '../../engine/judgement/checks';
import { Severity } from '../../engine/judgement/finding';
import { Verdict } from '../../engine/judgement/verdict';
import { sayFinding } from '../../engine/judgement/verdict-text';

/**
 * A report in the format of JUnit, which most CI systems read: a suite for each cluster, a case for each check.
 *
 * @param failOn the least severity of a finding that fails its case
 * @see https://github.com/testmoapp/junitxml
 */
export function checkJunit(results: readonly CheckResult[], failOn: Severity): string {
  const report = create(
    'testsuites', { version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' },
  ).att('name', 'cdk-eks-upgrades check');
  results.forEach((result) => addSuite(report, result, failOn));
  return `${report.end({ pretty: true })}\n`;
}

function addSuite(report: XMLElement, result: CheckResult, failOn: Severity): void {
  const suite = report.ele('testsuite', { name: result.name });
  const { path } = result;
  const checks = 'verdict' in result ? CHECKS.map(({ id }) => addCase(suite, path, id, result.verdict, failOn)) : [];
  const unread = unreadOf(result);
  if (unread.length > 0) {
    suite.ele('testcase', { name: 'cluster can be read', classname: path }).ele('error', { message: unread.join('; ') });
  }
  const errors = Math.min(unread.length, 1);
  suite.att('tests', checks.length + errors).att('failures', checks.filter((fails) => fails).length).att('errors', errors);
}

/** Returns whether the case fails. */
function addCase(suite: XMLElement, classname: string, check: string, { findings }: Verdict, failOn: Severity): boolean {
  const testCase = suite.ele('testcase', { name: check, classname });
  const found = findings.filter((finding) => finding.check === check);
  const failing = found.filter((finding) => isAtLeast(finding, failOn));
  failing.forEach((finding) => testCase.ele(
    'failure', { message: sayFinding(finding), type: finding.severity }, [finding.id, ...finding.details].join('\n'),
  ));
  const rest = found.filter((finding) => !isAtLeast(finding, failOn));
  if (rest.length > 0) testCase.ele('system-out', rest.map((finding) => `${finding.severity} ${sayFinding(finding)}`).join('\n'));
  return failing.length > 0;
}
