import { create, XMLElement } from 'xmlbuilder';
import { CheckResult, isAtLeast } from './check-result';
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
  if ('unreadable' in result) {
    suite.att('tests', 1).att('failures', 0).att('errors', 1);
    suite.ele('testcase', { name: 'cluster can be read', classname: result.path }).ele('error', { message: result.unreadable });
    return;
  }
  if ('toBeCreated' in result) {
    suite.att('tests', 0).att('failures', 0).att('errors', 0);
    return;
  }
  const failures = CHECKS.filter(({ id }) => addCase(suite, result.path, id, result.verdict, failOn)).length;
  suite.att('tests', CHECKS.length).att('failures', failures).att('errors', 0);
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
