/**
 * What to write in place of a constant of `KubernetesVersion`, which is undefined in an `aws-cdk-lib` that is older than the
 * Kubernetes version.
 */
export const VERSION_BY_TEXT = "write KubernetesVersion.of('1.36'), which works in every version of aws-cdk-lib: a constant such as V1_36 is undefined in older ones";

/** What a prop that has to be given holds where TypeScript did not look, or the constant does not exist. */
export function requireVersionGiven<V>(prop: string, version: V | undefined): V {
  if (version === undefined || version === null) throw new Error(`${prop} is undefined: ${VERSION_BY_TEXT}`);
  return version;
}
