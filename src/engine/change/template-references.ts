/** The logical IDs to which a value of a template refers, by `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
export function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    switch (key) {
      case 'Ref': return [String(inner)];
      case 'Fn::GetAtt': return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]];
      case 'Fn::Sub': return [...substitutionsIn(Array.isArray(inner) ? inner[0] : inner), ...referencesIn(inner)];
      default: return referencesIn(inner);
    }
  });
}

/** What a text of `Fn::Sub` takes from elsewhere: `${Stage}`, `${Cluster.Arn}`; `${!Literal}` is none. */
export const SUBSTITUTION = /\$\{([^!}][^}]*)\}/g;

/** `${Cluster.Arn}` refers to `Cluster`. */
function substitutionsIn(text: unknown): string[] {
  return [...String(text).matchAll(SUBSTITUTION)].map(([, name]) => name.split('.')[0].trim());
}
