/**
 * Compares this library with the plain L2 and the bare resources: `npx projen bench [--quick] [section…]`.
 *
 * Prints the results and writes them to `RESULTS.md`. `--quick` shows in less than a minute whether the bench works:
 * its figures are too rough to be kept, and are only printed. So are those of single sections, named by what stands in {@link SECTIONS}.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine, describeNoise } from './machine';
import { report } from './report';
import type { Section } from './section';
import { measureCluster } from './suites/cluster';
import { measureColdFunction } from './suites/cold-function';
import { measureFleet } from './suites/fleet';
import { measureLanguages } from './suites/languages';
import { countLookUps } from './suites/look-ups';
import { measureManifests } from './suites/manifests';
import { measureNodeGroups } from './suites/node-groups';
import { measurePreview } from './suites/preview';
import { measureWaves } from './suites/waves';
import { measureWorkloads } from './suites/workloads';
import { Workshop } from './workshop';

const SECTIONS: Readonly<Record<string, (workshop: Workshop, quick: boolean) => Promise<Section>>> = {
  'node-groups': async (workshop, quick) => measureNodeGroups(workshop, quick ? { plain: 2, validated: 1 } : { plain: 15, validated: 9 }),
  'cluster': async (workshop, quick) => measureCluster(workshop, quick ? { plain: 2, validated: 1 } : { plain: 21, validated: 9 }),
  'manifests': async (workshop, quick) => measureManifests(workshop, quick ? 2 : 11),
  'look-ups': countLookUps,
  'cold-function': async (workshop, quick) => measureColdFunction(workshop, quick ? 2 : 21),
  'preview': async (workshop, quick) => measurePreview(workshop, quick ? 1 : 5),
  'fleet': async (workshop, quick) => measureFleet(workshop, quick ? { rounds: 1, sizes: [10, 20] } : { rounds: 3, sizes: [100, 1000] }),
  'waves': async (workshop, quick) => measureWaves(workshop, quick ? { rounds: 1, sizes: [20] } : { rounds: 3, sizes: [20, 200] }),
  'workloads': async (workshop, quick) => measureWorkloads(workshop, quick
    ? { rounds: 1, compared: { nodes: 20, pods: 300, budgets: 20 }, large: { nodes: 40, pods: 600, budgets: 40 } }
    : { rounds: 3, compared: { nodes: 300, pods: 6000, budgets: 400 }, large: { nodes: 1000, pods: 15000, budgets: 1000 } }),
  'languages': async (_, quick) => measureLanguages(quick ? 1 : 3),
};

async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const wanted = args.filter((arg) => arg !== '--quick');
  const noiseBefore = describeNoise();
  const workshop = await Workshop.open();
  try {
    const sections: Section[] = [];
    for (const [name, measure] of Object.entries(SECTIONS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      try {
        sections.push(await measure(workshop, quick));
      } catch (error) { // what the others have measured in many minutes is not lost
        console.error(`'${name}' failed:`, error);
        process.exitCode = 1;
      }
    }
    const results = report(sections, { machine: describeMachine(), noise: `${noiseBefore} at the start, ${describeNoise()} at the end` });
    console.log(results);
    if (!quick && wanted.length === 0 && !process.exitCode) {
      await writeFile(join(__dirname, 'RESULTS.md'), results);
    }
  } finally {
    await workshop.close();
  }
}

void main(process.argv.slice(2));
