import { Said } from './message';
import { sentence } from './sentence';

/** Where an error happened, and what caused it. */
export interface Circumstances {
  /** The path of the construct, where nobody else adds it. */
  readonly at?: string;
  readonly cause?: unknown;
}

/** An error that says a message, which Node.js does not print beside its text. */
export class UpgradeError extends Error {
  readonly #said: Said;

  constructor(said: Said, text: string, options?: { readonly cause: unknown }) {
    super(text, options);
    this.#said = said;
  }

  public get said(): Said {
    return this.#said;
  }
}

/** The error that says a message. */
export function refusal(said: Said, { at, cause }: Circumstances = {}): UpgradeError {
  const text = at === undefined ? sentence(said) : `${sentence(said)} [${at}]`;
  return cause === undefined ? new UpgradeError(said, text) : new UpgradeError(said, text, { cause });
}
