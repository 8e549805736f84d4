import { Said } from './message';
import { sentence } from './sentence';

/** Where an error happened, and what caused it. */
export interface Circumstances {
  /** The path of the construct, where nobody else adds it. */
  readonly at?: string;
  readonly cause?: unknown;
}

/** An error that says a message. */
export class SaidError extends Error {
  constructor(readonly said: Said, text: string, options?: { readonly cause: unknown }) {
    super(text, options);
  }
}

/** The error that says a message. */
export function refusal(said: Said, { at, cause }: Circumstances = {}): SaidError {
  const text = at === undefined ? sentence(said) : `${sentence(said)} [${at}]`;
  return cause === undefined ? new SaidError(said, text) : new SaidError(said, text, { cause });
}
