#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode } from './exit-code';
import { main } from './main';
import { says } from './messages';
import { sentence } from '../engine/messages/sentence';

/** Beside the bundle's folder, `assets/cli/cdk-eks-upgrades`. */
const PACKAGE_FILE = join(__dirname, '../../../package.json');

const LAST_MILLIS = 500;

process.stdout.on('error', ({ code, message: why }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE' || process.exitCode === ExitCode.UNREADABLE) return; // the reader of the pipe, `head` for instance, has seen enough
  process.exitCode = ExitCode.UNREADABLE;
  process.stderr.write(`error: ${sentence(says.outputNotWritten({ why }))}\n`);
});
process.stderr.on('error', () => undefined); // nobody reads messages any more: the exit code still tells

// the SDK is bundled: which Node.js it wants later is not the user's matter
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const { stdout, stderr, env } = process;
const { version } = JSON.parse(readFileSync(PACKAGE_FILE, 'utf8'));
void run().then((exitCode) => {
  process.exitCode ??= exitCode;
  // what nobody waits for any more, a kubeconfig's credential plugin that hangs for instance, does not keep the command from ending
  stdout.write('', () => setTimeout(() => process.exit(), LAST_MILLIS).unref());
});

async function run(): Promise<number> {
  let cwd: string;
  try {
    cwd = process.cwd();
  } catch (error) {
    stderr.write(`error: ${sentence(says.noFolder({ why: (error as Error).message }))}\n`);
    return ExitCode.UNREADABLE;
  }
  return main(process.argv.slice(2), { cwd, env, stdout, stderr, now: () => new Date(), version });
}
