const ADD_ON_VERSION_PATTERN = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:.*-eksbuild\.(\d+))?/;

/** The numbers in a version of an add-on: `v1.20.0-eksbuild.2` is 1, 20, 0 and 2. */
export interface AddOnVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly build: number;
}

/** Reads `v1.20.0-eksbuild.2`; undefined for what is written otherwise, as add-ons of the Marketplace may be. */
export function parseAddOnVersion(version: string): AddOnVersion | undefined {
  const match = ADD_ON_VERSION_PATTERN.exec(version);
  if (!match) return undefined;
  const [major, minor, patch = 0, build = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  return { major, minor, patch, build };
}

/** Negative when `a` is older than `b`, positive when newer, zero when equal. What cannot be read is older than what can. */
export function compareAddOnVersions(a: string, b: string): number {
  const [left, right] = [parseAddOnVersion(a), parseAddOnVersion(b)];
  if (!left || !right) return Number(Boolean(left)) - Number(Boolean(right));
  return left.major - right.major || left.minor - right.minor || left.patch - right.patch || left.build - right.build;
}

/** The newest of some versions; undefined when there are none. */
export function newestAddOnVersion(versions: readonly string[]): string | undefined {
  return [...versions].sort(compareAddOnVersions).at(-1);
}

const FEW = 5;

/** Those of some versions that are next to another one, in words: EKS lists up to a hundred of an add-on. */
export function nearestAddOnVersions(versions: readonly string[], to: string): string {
  const inOrder = [...versions].sort().sort(compareAddOnVersions);
  const older = inOrder.filter((version) => compareAddOnVersions(version, to) <= 0).length;
  const start = Math.max(0, Math.min(older - Math.floor(FEW / 2), inOrder.length - FEW));
  const few = inOrder.slice(start, start + FEW);
  return few.join(', ') + (few.length < inOrder.length ? ` and ${inOrder.length - few.length} others` : '');
}
