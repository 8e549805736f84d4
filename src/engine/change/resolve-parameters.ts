import { TemplateResources } from '../state/deployed-stack';

/** Masked by CloudFormation: a parameter without echo. */
const MASKED = '****';

/** Puts the values of a stack's parameters in place of the references to them. */
export function resolveParameters(resources: TemplateResources, parameters: Readonly<Record<string, string>>): TemplateResources {
  return Object.fromEntries(Object.entries(resources).map(([logicalId, resource]) =>
    [logicalId, { ...resource, properties: resolve(resource.properties, parameters) as typeof resource.properties }]));
}

function resolve(value: unknown, parameters: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, parameters));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: name } = value as { readonly Ref?: string };
  if (name !== undefined && parameters[name] !== undefined && parameters[name] !== MASKED) return parameters[name];
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, parameters)]));
}
