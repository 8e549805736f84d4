import { CustomResourceEvent } from './custom-resource-event';
import { BakeProperties } from '../engine/change/resource-properties';

/** What CloudFormation waits for an answer to. */
export type BakeRequest = Omit<CustomResourceEvent<BakeProperties>, 'OldResourceProperties'> & {
  /** Why it is not known whether the stack is rolling back; absent where it is known not to. */
  readonly WhetherRollingBack?: string;
};

/** Input of an execution. */
export interface BakeInput {
  readonly Request: BakeRequest;
  /** When it has to end at the latest, in milliseconds since 1970: the answer is due soon after. */
  readonly EndsBy: number;
}

/** With what the state machine invokes the handler at the end of a bake. */
export interface BakeEnded {
  readonly BakeEnded: {
    readonly Request: BakeRequest;
    /** When the bake began, in ISO 8601. */
    readonly StartedAt: string;
    /** What ended it, in clauses; empty when all stayed well. */
    readonly Problems: readonly string[];
  };
}

/**
 * What EventBridge tells of an execution that has ended other than by itself, or in failure.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export interface ExecutionEnded {
  readonly detail: {
    readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
    /** The {@link BakeInput}. */
    readonly input: string;
    /** In milliseconds since 1970. */
    readonly startDate: number;
    readonly error?: string | null;
    readonly cause?: string | null;
  };
}

/** The error of an execution that has let the handler answer what was wrong. */
export const BAKE_FAILED = 'BakeFailed';

/** The error of an execution that could not reach the handler; its cause holds what was seen. */
export const BAKE_NOT_ANSWERED = 'BakeNotAnswered';

/** What an execution did not get to answer; undefined when it did. */
export function unansweredBake({ detail: { status, input, startDate, error, cause } }: ExecutionEnded): BakeEnded['BakeEnded'] | undefined {
  if (error === BAKE_FAILED) return undefined;
  const { Request } = JSON.parse(input) as BakeInput;
  const seen = error === BAKE_NOT_ANSWERED ? seenIn(cause) : undefined;
  if (seen) return { Request, ...seen };
  const why = [error, cause].filter(Boolean).join(': ');
  const problem = `its execution ${{ ABORTED: 'was stopped', TIMED_OUT: 'took too long', FAILED: 'failed' }[status]}${why && `: ${why}`}`;
  return { Request, StartedAt: new Date(startDate).toISOString(), Problems: [problem] };
}

/** What a bake had seen at its end; undefined where it was too much to be told. */
function seenIn(cause: string | null | undefined): Pick<BakeEnded['BakeEnded'], 'StartedAt' | 'Problems'> | undefined {
  try {
    return JSON.parse(cause ?? '');
  } catch {
    return undefined;
  }
}
