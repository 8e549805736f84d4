import { Said } from '../engine/messages/message';
import { UpgradeError } from '../engine/messages/refusal';

/** What is in the log already, with its reasons, and is not logged again. */
export class AlreadyLoggedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'AlreadyLoggedError';
  }
}

/** What the log tells of a message beside its words. */
export interface LoggedRefusal {
  readonly refusal?: Pick<Said, 'reason' | 'data'>;
}

export function refusalOf({ reason, data }: Said): LoggedRefusal {
  return { refusal: { reason, data } };
}

/** By which name and with which values the function has failed: nothing where AWS has failed it. */
export function refusalIn(error: unknown): LoggedRefusal {
  return error instanceof UpgradeError ? refusalOf(error.said) : {};
}
