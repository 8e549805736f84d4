/**
 * Puts node groups that roll into waves, each of which waits for those before it. Groups that nothing keeps are in the first one.
 *
 * @param earlier the names of the groups that a group waits for, which need not roll themselves
 */
export function inRollWaves<T>(groups: readonly T[], nameOf: (group: T) => string, earlier: (name: string) => readonly string[]): T[][] {
  const rolling = new Set(groups.map(nameOf));
  const known = new Map<string, number>();
  const waveOf = (name: string): number => {
    if (!known.has(name)) {
      known.set(name, Math.max(0, ...earlier(name).map((before) => waveOf(before) + (rolling.has(before) ? 1 : 0))));
    }
    return known.get(name)!;
  };
  const waves: T[][] = [];
  groups.forEach((group) => (waves[waveOf(nameOf(group))] ??= []).push(group));
  return waves;
}
