/**
 * The quickstart in each language, as its `cdk.json` runs it.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES, projectFolder, runtimeOf } from '../../test/languages/languages';
import { run } from '../../test/languages/run';
import { ENVIRONMENT, lookedUpReleases } from '../apps/node-group-kinds';
import { formatSpread, seconds, type Section } from '../section';
import { spreadOf } from '../statistics';

export async function measureLanguages(rounds: number): Promise<Section> {
  const title = 'The quickstart in each language';
  const missing = LANGUAGES.filter((language) => !existsSync(projectFolder(language)));
  if (missing.length > 0) {
    return { title, text: ['Not measured: `npx projen test:languages` installs what is run here.'], tables: [], aims: [] };
  }
  const times = new Map(LANGUAGES.map((language) => [language, [] as number[]]));
  for (let round = -1; round < rounds; round++) { // the first one compiles, and is not counted
    for (const language of LANGUAGES) {
      const taken = await secondsOf(projectFolder(language), runtimeOf(language));
      if (round >= 0) times.get(language)!.push(taken);
    }
  }
  const commands = await Promise.all(LANGUAGES.map(async (language) => commandOf(projectFolder(language))));
  return {
    title,
    text: [
      'What a user waits for at each `cdk synth`, without the CLI itself: the language starts, checks whether there is something to compile, and speaks to Node.js.',
    ],
    tables: [{
      caption: `Rounds: ${rounds}`,
      header: ['language', '`app` of cdk.json', 'seconds'],
      rows: LANGUAGES.map((language, index) => [
        language.name, `\`${commands[index]}\``, formatSpread(spreadOf(times.get(language)!), seconds),
      ]),
    }],
    aims: [],
  };
}

async function commandOf(folder: string): Promise<string> {
  return JSON.parse(await readFile(join(folder, 'cdk.json'), 'utf8')).app;
}

async function secondsOf(folder: string, env: Record<string, string>): Promise<number> {
  const output = await mkdtemp(join(tmpdir(), 'bench-languages-'));
  const start = performance.now();
  await run(await commandOf(folder), {
    cwd: folder,
    env: {
      ...env,
      CDK_OUTDIR: output,
      CDK_CONTEXT_JSON: JSON.stringify(lookedUpReleases()),
      CDK_DEFAULT_ACCOUNT: ENVIRONMENT.account,
      CDK_DEFAULT_REGION: ENVIRONMENT.region,
      CDK_VALIDATION: 'false',
    },
  });
  const taken = (performance.now() - start) / 1000;
  await rm(output, { recursive: true });
  return taken;
}
