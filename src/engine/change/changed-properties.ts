import { isDeepStrictEqual } from 'node:util';
import { LAUNCH_TEMPLATE_TYPE, TemplateResources } from '../state/deployed-stack';

/**
 * The names of the properties in which a resource of a template differs from the same one of another template; none when one of them lacks it.
 *
 * A launch template in the same stack counts as part of the property that refers to it: a new version of it changes the property's value,
 * though not its text.
 */
export function changedProperties(logicalId: string, before: TemplateResources, after: TemplateResources): string[] {
  const [old, wanted] = [before[logicalId]?.properties, after[logicalId]?.properties];
  if (!old || !wanted) return [];
  return [...new Set([...Object.keys(old), ...Object.keys(wanted)])]
    .filter((name) => !isDeepStrictEqual(withLaunchTemplates(old[name], before), withLaunchTemplates(wanted[name], after)))
    .sort();
}

function withLaunchTemplates(value: unknown, resources: TemplateResources): unknown[] {
  return [value, ...referredIn(value).filter((id) => resources[id]?.type === LAUNCH_TEMPLATE_TYPE).map((id) => resources[id].properties)];
}

/** The logical IDs to which a value refers by `Ref` or `Fn::GetAtt`. */
export function referredIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]];
    return referredIn(inner);
  });
}
