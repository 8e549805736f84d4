import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '../..');

/** The folders whose tests also run against the lowest versions of the peer dependencies. */
function foldersOfLowest(): string[] {
  const { tasks } = JSON.parse(readFileSync(join(PROJECT, '.projen/tasks.json'), 'utf8'));
  return tasks['test:lowest'].steps[0].exec.split(' ').slice(1);
}

test.each(foldersOfLowest())('%s names Kubernetes versions by `of()`: the lowest CDK lacks the constants of newer ones', (folder) => {
  const files = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(0);
  const naming = files.filter((name) => /KubernetesVersion\.V1_\d/.test(readFileSync(join(PROJECT, folder, name), 'utf8')));
  expect(naming).toEqual([]);
});
