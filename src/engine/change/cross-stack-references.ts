/** What an import takes from a stack that the CDK exports it from, such as `Network:ExportsOutputRefVpc8378EB38D1A2B3C4`. */
const EXPORT = /^(?<stack>[^:]+):ExportsOutput(?<reference>\w+?)[0-9A-F]{8}$/;

/** The same where it is not exported. */
const OUTPUT = /^PublishOutput(?<reference>\w+?)[0-9A-F]{8}$/;

/**
 * A value of a template in which the two ways are one by which the CDK takes a value from another stack: `@aws-cdk/core:defaultCrossStackReferences`
 * exchanges them, and the value stays.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/private/refs.ts
 */
export function withCrossStackReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCrossStackReferences);
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::ImportValue': imported, 'Fn::GetStackOutput': taken } = value as Readonly<Record<string, unknown>>;
  const told = (typeof imported === 'string' ? EXPORT.exec(imported)?.groups : undefined) ?? outputIn(taken);
  if (told) return { crossStack: [told.stack, told.reference] };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withCrossStackReferences(inner)]));
}

/** Of a stack of the same account. */
function outputIn(taken: unknown): { readonly stack: string; readonly reference: string } | undefined {
  const { StackName: stack, OutputName: name, RoleArn: role } = (taken ?? {}) as Readonly<Record<string, unknown>>;
  const reference = typeof name === 'string' ? OUTPUT.exec(name)?.groups?.reference : undefined;
  return typeof stack === 'string' && reference !== undefined && role === undefined ? { stack, reference } : undefined;
}
