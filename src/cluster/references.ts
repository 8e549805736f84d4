/** Logical IDs to which rendered properties refer: by `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
export function referencesIn(part: any): string[] {
  if (Array.isArray(part)) {
    return part.flatMap(referencesIn);
  }
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  return Object.entries<any>(part).flatMap(([key, value]) => {
    switch (key) {
      case 'Ref':
        return [value];
      case 'Fn::GetAtt':
        return [String([value].flat()[0]).split('.')[0]];
      case 'Fn::Sub':
        return [...JSON.stringify(value).matchAll(/\$\{(\w+)/g)].map(([, id]) => id).concat(referencesIn(value));
      default:
        return referencesIn(value);
    }
  });
}
