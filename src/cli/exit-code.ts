/** What the end of a run tells scripts. */
export enum ExitCode {
  /** All is well, or all was done. */
  FINE = 0,
  /** The command found something that wants attention. */
  FOUND = 1,
  /** The command was used wrongly: an unknown option, an unknown stack, no CDK app in the folder. */
  WRONG_USE = 2,
  /** Something could not be read or written, so that the answer is not complete. */
  UNREADABLE = 3,
}

/** Does the work of a command, and ends the run with its code. */
export type Run = (work: () => Promise<ExitCode>) => Promise<void>;
