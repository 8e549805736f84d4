/**
 * Pages of a list, as AWS hands them out: with an opaque token for the next one.
 */
import { AwsError, type Input } from './aws-service';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * The page that `maxResults` and `nextToken` of the input ask for.
 *
 * @param invalidToken the code with which the service refuses a token that is not its own
 */
export function pageOf<T>(all: readonly T[], { maxResults, nextToken }: Input, largestPage: number, invalidToken: string): Page<T> {
  const start = nextToken === undefined ? 0 : readToken(nextToken);
  if (!Number.isInteger(start) || start > all.length) {
    throw new AwsError(invalidToken, 'Invalid pagination token');
  }
  const end = start + Math.min(maxResults ?? largestPage, largestPage);
  return { items: all.slice(start, end), ...(end < all.length && { nextToken: tokenFor(end) }) };
}

function tokenFor(start: number): string {
  return Buffer.from(`start:${start}`).toString('base64');
}

function readToken(token: string): number {
  const [, start] = /^start:(\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  return Number(start);
}
