import { LaunchTemplateData } from '../state/launch-template-data';
import { isPlaceholder } from '../state/placeholder';

/**
 * Whether a template wants something else of a launch template than a version of it holds.
 *
 * What only the deployment knows is no difference, nor is what EC2 adds within what the template gives, such as the state of the
 * metadata options.
 */
export function changesLaunchTemplate(wanted: LaunchTemplateData, live: LaunchTemplateData): boolean {
  return Object.keys(live).some((name) => wanted[name] === undefined && !isEmpty(live[name])) || !fits(wanted, live);
}

function fits(wanted: unknown, live: unknown): boolean {
  const literal = evaluated(wanted);
  if (literal === ONLY_AT_DEPLOYMENT) return true;
  if (Array.isArray(literal)) {
    if (!Array.isArray(live)) return literal.length === 0;
    const [ours, theirs] = [sorted(literal), sorted(live)];
    return ours.length === theirs.length && ours.every((item, index) => fits(item, theirs[index]));
  }
  if (typeof literal !== 'object' || literal === null) return String(literal ?? '') === String(live ?? '');
  return Object.entries(literal).every(([name, inner]) => fits(inner, (live as LaunchTemplateData | undefined)?.[name]));
}

const ONLY_AT_DEPLOYMENT = Symbol('only the deployment knows it');

/** User data is written out as a text to encode. */
function evaluated(value: unknown): unknown {
  if (typeof value === 'string') return isPlaceholder(value) ? ONLY_AT_DEPLOYMENT : value;
  if (typeof value !== 'object' || value === null) return value;
  const text = (value as { readonly 'Fn::Base64'?: unknown })['Fn::Base64'];
  if (typeof text === 'string') return Buffer.from(text).toString('base64');
  return Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::')) ? ONLY_AT_DEPLOYMENT : value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Tags and the like have no order; what else is listed keeps its own. */
function sorted(items: readonly unknown[]): readonly unknown[] {
  const keyOf = (item: unknown) => {
    const { Key, ResourceType, DeviceName } = (item ?? {}) as Readonly<Record<string, unknown>>;
    return [Key, ResourceType, DeviceName].find((key) => typeof key === 'string') as string | undefined;
  };
  return items.every((item) => keyOf(item) !== undefined) ? [...items].sort((one, other) => keyOf(one)! < keyOf(other)! ? -1 : 1) : items;
}
