import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import spawn from 'cross-spawn';
import { Context, contextFileOf, readContext } from './context-file';
import { withSignalsHeld } from './held-signals';
import { pluginArguments } from './plugin-arguments';
import { remembered } from './remembered-file';
import { unreadable, wrongUse } from '../command-error';
import { Io } from '../io';
import { says } from '../messages';

/** What the CLI says where another one uses the folder. @see https://github.com/org-formation/org-formation-cli/issues/501 */
const OTHER_CLI = /Invoke the CLI in sequence/;

/** What to synthesise. */
export interface Synthesis {
  /** The command that runs the app. @default - what `cdk.json` says */
  readonly app?: string;
  /** Where the cloud assembly goes. */
  readonly output: string;
  /** @default - as the CDK CLI has it */
  readonly profile?: string;
  /** The plugins of the CLI that `cdk.json` names. */
  readonly plugins: readonly string[];
  /** Whether `cdk.context.json` stays as it is, also where something is looked up for the first time. @default false */
  readonly dryRun?: boolean;
}

/**
 * Synthesises the app by the project's own CDK CLI, which looks up what is not in `cdk.context.json` yet.
 *
 * Errors that the app reports as annotations do not stop it: a wrong release in the context is among them, which `refresh` is
 * there to correct.
 *
 * @returns what `cdk.context.json` held for it, with what was looked up
 * @throws CommandError if there is no CLI, or the app fails
 */
export async function synthesize(io: Io, synthesis: Synthesis): Promise<Context> {
  const contextFile = contextFileOf(io);
  return withSignalsHeld(async (passOn) => {
    const restore = synthesis.dryRun ? await remembered(contextFile) : undefined;
    try {
      await runCdk(io, synthesis, passOn);
      return await readContext(contextFile);
    } finally {
      await restore?.();
    }
  });
}

async function runCdk(
  { cwd, env }: Io, { app, output, profile, plugins }: Synthesis, onStart: (cli: ChildProcess) => void,
): Promise<void> {
  const [command, ...cliArgs] = findCdk(cwd);
  const args = [
    ...cliArgs, 'synth', '--quiet', '--ignore-errors', '--output', output,
    ...app === undefined ? [] : ['--app', app],
    ...profile === undefined ? [] : ['--profile', profile],
    ...pluginArguments(plugins),
  ];
  const cli = spawn(command, args, { // on Windows, a `cdk` on the path is a batch file: it needs a shell, and the arguments quotes
    cwd,
    env: { ...env, CDK_EKS_UPGRADES_PREVIEW: 'off', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart(cli);
  const ended = new Promise<number | string | null>(
    (done, failed) => cli.on('close', (exitCode, signal) => done(exitCode ?? signal)).on('error', failed),
  );
  ended.catch(() => undefined); // awaited below, when all output is read
  const [stdout, stderr] = await Promise.all([text(cli.stdout!), text(cli.stderr!)]);
  const exitCode = await ended.catch((error: Error) => {
    throw wrongUse(says.cdkMissing({ why: error.message }), error);
  });
  if (exitCode !== 0) {
    if (OTHER_CLI.test(stdout + stderr)) throw unreadable(says.otherCdk({ output }));
    throw unreadable(says.notSynthesised({ exitCode: String(exitCode), output: (stdout + stderr).trim() }));
  }
}

/** The CLI that the project has installed, else the one on the path. */
function findCdk(folder: string): string[] {
  try {
    const require = createRequire(join(folder, 'cdk.json'));
    const packageFile = require.resolve('aws-cdk/package.json');
    const { bin } = require(packageFile) as { bin: { cdk: string } };
    return [process.execPath, join(dirname(packageFile), bin.cdk)];
  } catch {
    return ['cdk'];
  }
}
