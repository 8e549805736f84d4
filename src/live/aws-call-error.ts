import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { notAllowedToCall } from '../engine/state/denied-action';
import { withoutControlCharacters } from '../engine/state/untrusted-text';

const ACCESS_DENIED_CODES = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];

/** A call of AWS that failed for good, after all retries. What its message quotes is freed of control characters. */
export class AwsCallError extends Error {
  /**
   * @param action the IAM action that allows the call, such as `eks:DescribeCluster`
   * @param cause what the SDK threw
   */
  constructor(readonly action: string, override readonly cause: Error) {
    super(withoutControlCharacters(ACCESS_DENIED_CODES.includes(cause.name)
      ? `${notAllowedToCall(action)}${whyDenied(cause.message)}`
      : `${action} failed: ${messageOf(cause)}`));
    this.name = 'AwsCallError';
  }

  /** What the service calls the failure, such as `ResourceNotFoundException`. */
  get code(): string {
    return this.cause.name;
  }

  /** Whether the permission for {@link action} is missing. */
  get isAccessDenied(): boolean {
    return ACCESS_DENIED_CODES.includes(this.code);
  }

  /** Whether the service had too much to do for the caller. */
  get isThrottled(): boolean {
    return isThrottling(this.cause);
  }

  /** Whether it may work later: the service throttles, has a fault of its own, or could not be reached. */
  get isTemporary(): boolean {
    const judgements = [isThrottlingError, isServerError, isTransientError];
    return judgements.some((judge) => judge(this.cause as Parameters<typeof judge>[0]));
  }
}

/** Whether what the SDK threw says that the service has too much to do for the caller. */
export function isThrottling(error: unknown): boolean {
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]);
}

/** Whether what was thrown says that EKS does not know the thing that was asked for. */
export const isNotFound = hasCode('ResourceNotFoundException');

/**
 * What is read; undefined when it does not exist.
 *
 * @param isMissing whether what was thrown says so
 */
export async function unlessMissing<T>(
  read: () => Promise<T>, isMissing: (error: unknown) => boolean = isNotFound,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether what was thrown is a failed call with one of these codes. */
export function hasCode(...codes: readonly string[]): (error: unknown) => boolean {
  return (error) => error instanceof AwsCallError && codes.includes(error.code);
}

/** IAM says which kind of policy is in the way, in one of two ways; the rest of its sentence repeats what the caller knows. */
function whyDenied(message: string): string {
  const [, because, explicitly] = /\bbecause (.+?)\.?$|\bwith (an explicit deny.*?)\.?$/s.exec(message) ?? [];
  const why = because ?? explicitly;
  return why ? ` (${why})` : '';
}

/** The network's errors have their point in the code, and sometimes no message at all. */
function messageOf({ name, message }: Error): string {
  return [name === 'Error' ? '' : name, message.trim().replace(/\.$/, '')].filter(Boolean).join(': ');
}
