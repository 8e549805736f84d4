/**
 * A text of a template whose parts may be known in the deployment only; undefined where all of it is.
 *
 * @param unknown what stands for such a part
 */
export function textOf(resolved: unknown, unknown: string): string | undefined {
  if (typeof resolved === 'string') return resolved;
  const [separator, parts] = (resolved as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] } | undefined)?.['Fn::Join'] ?? [];
  return Array.isArray(parts) ? parts.map((part) => typeof part === 'string' ? part : unknown).join(separator) : undefined;
}
