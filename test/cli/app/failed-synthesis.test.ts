import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExitCode } from '../../../src/cli/exit-code';
import { says } from '../../../src/cli/messages';
import { endsWith, runCommand } from '../_command-line';
import { standInCdk } from '../_stand-in-cdk';
import { folderOf } from '../_tracked-app';

let cwd: string;

beforeEach(async () => { cwd = await folderOf(); });

afterEach(async () => rm(cwd, { recursive: true }));

const OTHER_CLI = "Other CLIs (PID=4711) are currently reading from cdk.out. Invoke the CLI in sequence, or use '--output' to synth into different directories.";

test.each([
  ['another CLI uses the folder', `console.error(${JSON.stringify(OTHER_CLI)}); process.exit(1);`, says.otherCdk({ output: 'cdk.out' })],
  ['the app fails', 'console.log("no app"); process.exit(1);', says.notSynthesised({ exitCode: '1', output: 'no app' })],
  ['the CLI is killed', 'process.kill(process.pid, "SIGKILL"); setInterval(() => undefined, 1_000);', says.notSynthesised({ exitCode: 'SIGKILL', output: '' })],
])('%s', async (_, script, said) => {
  const env = await standInCdk(cwd, script);
  expect(await runCommand(['status'], { cwd, env })).toEqual(endsWith(ExitCode.UNREADABLE, said));
});

test('the CLI says so in these words', () => {
  expect(readFileSync(join(dirname(require.resolve('aws-cdk/package.json')), 'lib/index.js'), 'utf8')).toContain('Invoke the CLI in sequence');
});
