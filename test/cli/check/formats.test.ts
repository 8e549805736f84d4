import { CheckResult } from '../../../src/cli/check/check-result';
import { checkGithub } from '../../../src/cli/check/github-format';
import { checkJunit } from '../../../src/cli/check/junit-format';
import { checkSarif } from '../../../src/cli/check/sarif-format';
import { Verdict } from '../../../src/engine/judgement/verdict';

function resultWith(message: string): CheckResult {
  const finding = {
    id: 'a,b', check: 'minor-step', severity: 'warning', subject: 's', message, remedy: 'r', details: ['d ]]>'], unknown: false,
  } as const;
  return { name: 'p', path: 'P', guard: 'enforce', verdict: { findings: [finding] } as unknown as Verdict, gaps: [] };
}

test('what would end an annotation of GitHub is escaped', () => {
  expect(checkGithub([resultWith('100 %\nx')])).toBe('::warning title=p%3A a%2Cb::[a,b] s: 100 %25%0Ax; r%0Ad ]]>\n');
});

test('what means something to XML is escaped in JUnit, and what XML cannot hold is replaced', () => {
  const report = checkJunit([resultWith('<"&>\u001b[31m')], 'warning');

  expect(report).toContain('<failure message="[a,b] s: &lt;&quot;&amp;>\uFFFD[31m; r" type="warning">a,b\nd ]]&gt;</failure>');
});

test('what is quoted is no link in SARIF', () => {
  const quoted = '[here](https://example.com)';
  const unread = { name: 'p', path: 'P', guard: 'enforce', unreadable: quoted } as const;
  const { runs: [{ results, invocations }] } = checkSarif([resultWith(quoted), unread], '1.0.0');

  expect(results![0].message.text).toBe('p: [a,b] s: [here] (https://example.com); r\nd ]]>');
  expect(invocations![0].toolExecutionNotifications![0].message.text).toContain('[here] (https://example.com)');
});
