import { ExitCode } from './exit-code';

/** Ends a run with a message for the user. */
export class CommandError extends Error {
  constructor(readonly exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
  }
}

/** The command was used wrongly. */
export function wrongUse(message: string, cause?: unknown): CommandError {
  return new CommandError(ExitCode.WRONG_USE, message, { cause });
}

/** Something that the command cannot do without could not be read or written. */
export function unreadable(message: string, cause?: unknown): CommandError {
  return new CommandError(ExitCode.UNREADABLE, message, { cause });
}
