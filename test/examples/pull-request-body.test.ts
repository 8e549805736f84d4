import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const WORKFLOWS = resolve(__dirname, '../../examples/refresh-workflow/.github/workflows');

/** What GitHub takes as the body of a pull request. */
const MOST = 65_536;

test.each(['refresh-amis.yml', 'next-step.yml'].flatMap(
  (file) => [100, 30_000, 62_000].map((length): [string, number] => [file, length]),
))('%s: a long diff is cut to what has room beside %d characters', (file, length) => {
  const folder = mkdtempSync(join(tmpdir(), 'body-'));
  const body = join(folder, 'body.md');
  writeFileSync(join(folder, 'npx'), '#!/bin/sh\nhead -c 100000 /dev/zero | tr "\\0" "+"\n', { mode: 0o755 });
  writeFileSync(body, '-'.repeat(length));

  const [job] = Object.values<any>(parse(readFileSync(join(WORKFLOWS, file), 'utf8')).jobs);
  const { run } = job.steps.find(({ id }: { readonly id?: string }) => id === 'diff');
  execFileSync('bash', ['-e', '-c', run], { env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, RUNNER_TEMP: folder } });
  expect(statSync(body).size).toBeGreaterThan(60_000);
  expect(statSync(body).size).toBeLessThan(MOST);
  rmSync(folder, { recursive: true });
});
