import { checkGithub } from '../../../src/cli/check/github-format';
import { Verdict } from '../../../src/upgrade/verdict';

test('what would end an annotation is escaped', () => {
  const finding = { id: 'a,b', check: 'c', severity: 'warning', subject: 's', message: '100 %\nx', remedy: 'r', details: [], unknown: false } as const;
  const verdict = { findings: [finding] } as unknown as Verdict;

  expect(checkGithub([{ name: 'p', path: 'P', guard: 'enforce', verdict }])).toBe('::warning title=p%3A a%2Cb::s: 100 %25%0Ax; r\n');
});
