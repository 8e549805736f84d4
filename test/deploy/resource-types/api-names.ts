/**
 * From the names of templates to those of the EKS API, and what differs between two sets of properties.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Properties } from './resource-type';

/** Maps whose keys are the user's own. */
const MAPS = ['Labels', 'Tags', 'Selectors'];

/** The member of an API request that a property is: `ScalingConfig` is `scalingConfig`, all the way down. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as untyped as the template
export function asApiInput(value: any): any {
  if (Array.isArray(value)) return value.map(asApiInput);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) =>
    [name[0].toLowerCase() + name.slice(1), MAPS.includes(name) ? member : asApiInput(member)]));
}

/** Tags as the EKS API wants them; templates have lists for clusters and maps for node groups. */
export function asTagMap(tags: Record<string, string> | { readonly Key: string; readonly Value: string }[] = {}): Record<string, string> {
  return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : tags;
}

/** The names of the properties that differ. */
export function changesBetween(previous: Properties, properties: Properties): string[] {
  return [...new Set([...Object.keys(previous), ...Object.keys(properties)])]
    .filter((name) => !isDeepStrictEqual(previous[name], properties[name]));
}
