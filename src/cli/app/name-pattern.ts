import picomatch from 'picomatch';
import { wrongUse } from '../command-error';
import { says } from '../messages';

/**
 * Whether names match a pattern: the name itself, or a glob in which `*` stops at `/`.
 *
 * @throws CommandError if the pattern is empty, as a variable that is not set is
 */
export function matcherOf(pattern: string): (name: string) => boolean {
  if (pattern.trim() === '') throw wrongUse(says.nameEmpty({}));
  const isMatch = picomatch(pattern, { dot: true });
  return (name) => name === pattern || isMatch(name);
}
