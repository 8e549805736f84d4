/**
 * Compares this library with the plain L2 and the bare resources: `npx projen bench [--quick]`.
 *
 * Prints the results and writes them to `RESULTS.md`. `--quick` shows in less than a minute whether the bench works:
 * its figures are too rough to be kept, and are only printed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine, describeNoise } from './machine';
import { report } from './report';
import { measureCluster } from './suites/cluster';
import { measureLanguages } from './suites/languages';
import { countLookUps } from './suites/look-ups';
import { measureNodeGroups } from './suites/node-groups';
import { Workshop } from './workshop';

async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const noiseBefore = describeNoise();
  const workshop = await Workshop.open();
  try {
    const sections = [
      await measureNodeGroups(workshop, quick ? { plain: 2, validated: 1 } : { plain: 21, validated: 9 }),
      await measureCluster(workshop, quick ? { plain: 2, validated: 1 } : { plain: 21, validated: 9 }),
      await countLookUps(workshop),
      await measureLanguages(quick ? 1 : 5),
    ];
    const results = report(sections, { machine: describeMachine(), noise: `${noiseBefore} at the start, ${describeNoise()} at the end` });
    console.log(results);
    if (!quick) {
      await writeFile(join(__dirname, 'RESULTS.md'), results);
    }
  } finally {
    await workshop.close();
  }
}

void main(process.argv.slice(2));
