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

/** With which code a command ends that only reads: what it found is so, whatever could not be read beside it. */
export function exitCodeFor({ isFound, isUnread }: { readonly isFound: boolean; readonly isUnread: boolean }): ExitCode {
  if (isFound) return ExitCode.FOUND;
  return isUnread ? ExitCode.UNREADABLE : ExitCode.FINE;
}

/** Does the work of a command, and ends the run with its code. */
export type Run = (work: () => Promise<ExitCode>) => Promise<void>;
