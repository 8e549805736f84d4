// Bundles what runs in Lambda, on the command line and in the CDK CLI into `assets/`, and says whose code that holds.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLES } from './bundles';
import { writeNotices } from './third-party/notices';

const ROOT = join(__dirname, '..');

async function main(): Promise<void> {
  const built = await Promise.all(Object.values(BUNDLES).map((options) => build({ ...options, absWorkingDir: ROOT })));
  chmodSync(join(ROOT, BUNDLES.cli.outfile!), 0o755);
  writeNotices(ROOT, built.map(({ metafile }) => metafile!));
}

void main();
