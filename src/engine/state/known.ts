/**
 * A value that could be read, or the reason why it could not.
 *
 * What is unknown is a value of its own, so that it is never mistaken for fine. Plain data: it survives JSON.
 */
export type Known<T> = { readonly known: true; readonly value: T } | Unknown;

/** What could not be read. */
export interface Unknown {
  readonly known: false;
  /** Why, in words that name what is missing, such as `not allowed to call ec2:DescribeSubnets`. */
  readonly why: string;
}

/** A value that was read. */
export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** Those that could be read; none where they could not. */
export function valuesOf<T>(values: Known<readonly T[]>): readonly T[] {
  return values.known ? values.value : [];
}

/** Several values as one: not known, for the first reason, when one of them is not. */
export function allKnown<T>(values: readonly Known<T>[]): Known<T[]> {
  const missing = values.find((value): value is Unknown => !value.known);
  return missing ?? known(values.flatMap((value) => value.known ? [value.value] : []));
}

/** A value that could not be read. */
export function notKnown(why: string): Unknown {
  return { known: false, why };
}
