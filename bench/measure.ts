/**
 * Measures apps in alternating child processes: A B C, then B C A, then C A B, …
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { TIMES_FILE, type PhaseTimes } from './apps/measured-app';
import { readAssembly, type AssemblyFacts } from './cloud-assembly';
import type { Workshop } from './workshop';

const run = promisify(execFile);

/** One app in one size. */
export interface Sample {
  readonly times: PhaseTimes;
  readonly assembly: AssemblyFacts;
}

/** The samples of each app, by round. */
export type Samples<Name extends string> = Readonly<Record<Name, readonly Sample[]>>;

export interface Series<Name extends string> {
  /** Files in `apps/`, without `.app.ts`. */
  readonly apps: readonly Name[];
  /** Given to each app: how many of its things it makes. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Context values, such as looked-up releases. @default - none */
  readonly context?: Record<string, string>;
  /** Whether apps that do not synthesise the same resources are an error. @default false */
  readonly sameResources?: boolean;
  /** Whether the CDK validates the templates, as it does by default. @default false */
  readonly validateTemplates?: boolean;
}

/**
 * Runs every app in every size once a round, the apps in another order each round: none is always the first.
 *
 * @returns the samples by size
 * @throws if the apps do not synthesise the same resources, where they should
 */
export async function measure<Name extends string>(workshop: Workshop, series: Series<Name>): Promise<Map<number, Samples<Name>>> {
  const { apps, sizes, rounds } = series;
  const samples = new Map(sizes.map((size) => [
    size, Object.fromEntries(apps.map((app) => [app, []])) as unknown as Record<Name, Sample[]>,
  ]));
  for (let round = 0; round < rounds; round++) {
    for (const [size, ofSize] of samples) {
      for (let turn = 0; turn < apps.length; turn++) {
        const app = apps[(round + turn) % apps.length];
        ofSize[app].push(await sample(workshop, app, size, series));
      }
      if (series.sameResources) requireSameResources(ofSize);
    }
  }
  return samples;
}

/** A fresh process with nothing inherited that could slow some apps down and others not. */
async function sample(workshop: Workshop, app: string, size: number, series: Series<string>): Promise<Sample> {
  await run(process.execPath, [workshop.scriptOf(app), String(size)], {
    cwd: workshop.folder,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      [TIMES_FILE]: workshop.timesFile,
      BENCH_ASSETS: workshop.assets,
      CDK_OUTDIR: workshop.output,
      CDK_CONTEXT_JSON: JSON.stringify(series.context ?? {}),
      CDK_VALIDATION: String(series.validateTemplates ?? false),
    },
  });
  const [times] = await workshop.takeTimes();
  const assembly = await readAssembly(workshop.output);
  await rm(workshop.output, { recursive: true });
  return { times, assembly };
}

/** The values of one kind in the order of the rounds. */
export function timesOf(samples: readonly Sample[], phase: keyof PhaseTimes): number[] {
  return samples.map(({ times }) => times[phase] ?? 0);
}

/**
 * @throws if the apps did not synthesise the same resources, so that comparing them would say nothing
 */
function requireSameResources<Name extends string>(samples: Samples<Name>): void {
  const [first, ...others] = Object.entries<readonly Sample[]>(samples);
  const different = others.find(([, [other]]) => other.assembly.fingerprint !== first[1][0].assembly.fingerprint);
  if (different) {
    throw new Error(`'${different[0]}' synthesises other resources than '${first[0]}': give both the same settings`);
  }
}
