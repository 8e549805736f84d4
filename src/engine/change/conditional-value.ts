/** Stands for a property that is not there. */
const NO_VALUE = 'AWS::NoValue';

/** A value that a template has only while a condition holds, or only while it does not. */
export function valueWhile(condition: string, holds: boolean, value: unknown): object {
  const nothing = { Ref: NO_VALUE };
  return { 'Fn::If': [condition, ...holds ? [value, nothing] : [nothing, value]] };
}

/** What {@link valueWhile} has been given, however often; any other value is itself. */
export function withoutConditions(value: unknown): unknown {
  const { 'Fn::If': [, one, other] = [] } = (value ?? {}) as { readonly 'Fn::If'?: readonly unknown[] };
  if (isNoValue(one)) return withoutConditions(other);
  return isNoValue(other) ? withoutConditions(one) : value;
}

/** Whether a value of a template stands for none. */
export function isNoValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { readonly Ref?: unknown }).Ref === NO_VALUE;
}
