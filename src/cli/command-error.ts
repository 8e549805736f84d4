import { ExitCode } from './exit-code';
import { Said } from '../engine/messages/message';
import { sentence } from '../engine/messages/sentence';

/** Ends a run with a message for the user. */
export class CommandError extends Error {
  constructor(readonly exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
  }
}

/** The command was used wrongly. */
export function wrongUse(said: Said, cause?: unknown): CommandError {
  return new CommandError(ExitCode.WRONG_USE, sentence(said), { cause });
}

/** Something that the command cannot do without could not be read or written. */
export function unreadable(said: Said, cause?: unknown): CommandError {
  return new CommandError(ExitCode.UNREADABLE, sentence(said), { cause });
}
