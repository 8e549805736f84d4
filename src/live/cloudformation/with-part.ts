/**
 * A value with a part as another value has it, and nothing of that part where the other one lacks it.
 *
 * @param path names and indexes down to the part
 */
export function withPart(value: unknown, other: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return other;
  const parts = isParts(value) ? (Array.isArray(value) ? [...value] : { ...value }) : Array.isArray(other) ? [] : {};
  const part = withPart((parts as Parts)[name], isParts(other) ? other[name] : undefined, rest);
  if (part !== undefined) Object.assign(parts, { [name]: part });
  else if (Array.isArray(parts)) parts.splice(Number(name), 1);
  else delete (parts as Record<string, unknown>)[name];
  return Object.keys(parts).length === 0 ? other : parts;
}

type Parts = Readonly<Record<string, unknown>>;

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null;
}
