import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const WORKFLOWS = join(__dirname, '../../.github/workflows');

test('the workflows use actions by their commits, which nobody can move', () => {
  const used = readdirSync(WORKFLOWS).flatMap(
    (file) => [...readFileSync(join(WORKFLOWS, file), 'utf8').matchAll(/uses: (\S+)/g)].map(([, action]) => action),
  );
  expect(used.length).toBeGreaterThan(50);
  expect([...new Set(used.filter((action) => !/@[0-9a-f]{40}$/.test(action)))]).toEqual([]);
});
