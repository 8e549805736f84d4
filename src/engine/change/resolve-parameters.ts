import { TemplateResources } from '../state/deployed-stack';

/** Masked by CloudFormation: a parameter without echo. */
export const MASKED = '****';

/** The pseudo parameters that the ARN of a stack tells. */
export function pseudoParametersOf(stackId: string): Record<string, string> {
  const [, partition, , region, account] = stackId.split(':');
  return {
    'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account, 'AWS::StackId': stackId, 'AWS::StackName': stackId.split('/')[1],
  };
}

/** Puts the values of a stack's parameters in place of the references to them, and joins what is known then. */
export function resolveParameters(resources: TemplateResources, parameters: Readonly<Record<string, string>>): TemplateResources {
  return Object.fromEntries(Object.entries(resources).map(([logicalId, resource]) =>
    [logicalId, { ...resource, properties: resolve(resource.properties, parameters) as typeof resource.properties }]));
}

function resolve(value: unknown, parameters: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, parameters));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: name } = value as { readonly Ref?: string };
  if (name !== undefined && parameters[name] !== undefined && parameters[name] !== MASKED) return parameters[name];
  return joined(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, parameters)])));
}

/** An ARN as the CDK writes it is a list of texts, once its partition is known. */
function joined(value: Readonly<Record<string, unknown>>): unknown {
  const [separator, parts] = (value['Fn::Join'] ?? []) as [unknown?, unknown?];
  const areTexts = Array.isArray(parts) && parts.every((part) => typeof part === 'string');
  return typeof separator === 'string' && areTexts ? parts.join(separator) : value;
}
