import { CheckResult } from '../../../src/cli/check/check-result';
import { checkGithub } from '../../../src/cli/check/github-format';
import { checkJunit } from '../../../src/cli/check/junit-format';
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
