import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BINARY, contextFileIn } from '../_command-line';
import { lookingUp, standInCdk } from '../_stand-in-cdk';
import { folderOf } from '../_tracked-app';

/*
 * Signals to the command while the CDK CLI runs.
 */

let cwd: string;
let env: Record<string, string>;

beforeEach(async () => {
  cwd = await folderOf();
  env = await standInCdk(cwd, `
${lookingUp({ first: 1 })}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => setTimeout(() => {
    fs.appendFileSync('signals', signal);
    process.exit(1);
  }, 300));
}
// what an app starts may keep the output open
require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 20_000)'], { stdio: 'inherit', detached: true }).unref();
fs.writeFileSync('started', '');
setInterval(() => undefined, 1_000);
`);
});

afterEach(async () => rm(cwd, { recursive: true }));

/** A CDK CLI that has ended, of which something keeps the output open. */
const ENDED = `
const lives = "setTimeout(() => fs.writeFileSync('started', ''), 1_000); setTimeout(process.exit, 15_000);";
require('node:child_process').spawn(process.execPath, ['-e', lives], { stdio: 'inherit', detached: true }).unref();
`;

async function endedBy(signal: NodeJS.Signals, ...args: string[]): Promise<NodeJS.Signals | null> {
  const command = spawn(process.execPath, [BINARY, ...args], { cwd, env, stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((done) => command.on('exit', (_, by) => done(by)));
  while (!existsSync(join(cwd, 'started'))) await sleep(20);
  command.kill(signal);
  return ended;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s goes to the CLI as well, and the command ends by it after the CLI', async (signal) => {
  expect(await endedBy(signal, 'status')).toBe(signal);
  expect(await readFile(join(cwd, 'signals'), 'utf8')).toBe(signal);
});

test('a dry run leaves the context as it was', async () => {
  expect(await endedBy('SIGTERM', 'refresh', '--dry-run')).toBe('SIGTERM');
  expect(existsSync(contextFileIn(cwd))).toBe(false);
});

test('the command ends by a signal also where the CLI has ended, and what it has started keeps its output open', async () => {
  env = await standInCdk(cwd, ENDED);
  const begin = Date.now();
  expect(await endedBy('SIGINT', 'status')).toBe('SIGINT');
  expect(Date.now() - begin).toBeLessThan(10_000);
}, 30_000);
