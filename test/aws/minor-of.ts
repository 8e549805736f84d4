/** The minor of a version such as `1.36` or `v1.36.2-eksbuild.1`, as a number. */
export function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
