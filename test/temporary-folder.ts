/**
 * One folder for all that tests write beside the project, gone once they have ended: the CDK makes a folder for each app that says nowhere else.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Called by Jest before all tests; its workers inherit the environment. */
export default function makeTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'));
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}
