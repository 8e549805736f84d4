import picomatch from 'picomatch';

/** Whether names match a pattern: the name itself, or a glob in which `*` stops at `/`. */
export function matcherOf(pattern: string): (name: string) => boolean {
  const isMatch = picomatch(pattern, { dot: true });
  return (name) => name === pattern || isMatch(name);
}
