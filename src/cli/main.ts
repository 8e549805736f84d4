import { Command, CommanderError } from 'commander';
import { checkCommand } from './check/check-command';
import { CommandError } from './command-error';
import { drainCommand } from './drain/drain-command';
import { ExitCode, Run } from './exit-code';
import { Io, Output } from './io';
import { planCommand } from './plan/plan-command';
import { refreshCommand } from './refresh/refresh-command';
import { rollbackCommand } from './rollback/rollback-command';
import { statusCommand } from './status/status-command';
import { colorsOf } from './terminal';

/**
 * The command line.
 *
 * @param argv what was written behind the name of the command
 * @returns with which code to exit
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = ExitCode.FINE;
  const run: Run = async (work) => { exitCode = await work(); };
  const program = new Command('cdk-eks-upgrades')
    .description('See where the EKS clusters of a CDK app stand, what an upgrade of them would meet, and move them on purpose.')
    .version(io.version)
    .addHelpText('after', "\nRun it in the folder of the app, where cdk.json is. 'cdk-eks-upgrades help <command>' shows examples.");
  [statusCommand, checkCommand, planCommand, rollbackCommand, refreshCommand, drainCommand].map((make) => make(io, run))
    .forEach((command) => program.addCommand(command));
  [program, ...program.commands].forEach((command) => settle(command, io));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, io);
  }
}

/** Lets a command throw instead of ending the process, and write where it is told to. */
function settle(command: Command, io: Io): void {
  const seesColors = (output: Output) => colorsOf(io, output).isColorSupported;
  command.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    getOutHelpWidth: () => io.stdout.columns ?? 100,
    getErrHelpWidth: () => io.stderr.columns ?? 100,
    getOutHasColors: () => seesColors(io.stdout),
    getErrHasColors: () => seesColors(io.stderr),
  });
}

function report(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) { // it has written its message already
    return error.exitCode === 0 ? ExitCode.FINE : ExitCode.WRONG_USE;
  }
  const { message } = error as Error;
  io.stderr.write(`${colorsOf(io, io.stderr).red('error')}: ${message}\n`);
  return error instanceof CommandError ? error.exitCode : ExitCode.UNREADABLE;
}
