import { UnreadPart } from './cluster-state';
import { Known } from './known';

/** Whether nobody can tell what a part of a cluster runs: it could not be read, or not even which parts there are. */
export function isUnreadPart(name: string, read: Known<unknown>, unread: readonly UnreadPart[]): boolean {
  return !read.known || unread.some((part) => part.name === name);
}

/** Whether a cluster is known not to have a part. */
export function isMissingPart(name: string, read: Known<ReadonlyArray<{ readonly name: string }>>, unread: readonly UnreadPart[]): boolean {
  return read.known && !read.value.some((part) => part.name === name) && !isUnreadPart(name, read, unread);
}
