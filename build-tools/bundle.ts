// Bundles what runs in Lambda, on the command line and in the CDK CLI into `assets/`, and says whose code that holds.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLES } from './bundles';
import { writeNotices } from './third-party/notices';
import { zipOf } from './zip';

const ROOT = join(__dirname, '..');

async function main(): Promise<void> {
  const built = await Promise.all(Object.values(BUNDLES).map((options) => build({ ...options, absWorkingDir: ROOT })));
  // as Lambda takes it: one file, which an app copies in less time than many
  writeFileSync(join(ROOT, 'assets/handler/cluster-upgrades.zip'), zipOf(join(ROOT, BUNDLES.handler.outdir!)));
  chmodSync(join(ROOT, BUNDLES.cli.outfile!), 0o755);
  writeNotices(ROOT, built.map(({ metafile }) => metafile!));
}

void main();
