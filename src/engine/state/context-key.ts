/**
 * The key of an entry in `cdk.context.json`, as the CDK makes them: what it is of, then what it is for, in the order of their names.
 */
export function contextKey(kind: string, values: Readonly<Record<string, string>>): string {
  return ['cdk-eks-upgrades', kind, ...Object.keys(values).sort().map((name) => `${name}=${values[name]}`)].join(':');
}
