import { Said } from './message';
import { sentence } from './sentence';

/** Where an error happened, and what caused it. */
export interface Circumstances {
  /** The path of the construct, where nobody else adds it. */
  readonly at?: string;
  readonly cause?: unknown;
}

/** The error that says a message. */
export function refusal(said: Said, { at, cause }: Circumstances = {}): Error {
  const text = at === undefined ? sentence(said) : `${sentence(said)} [${at}]`;
  return cause === undefined ? new Error(text) : new Error(text, { cause });
}
