import { SUBSTITUTION } from './template-references';
import { Template, TemplateResources } from '../state/deployed-stack';

/** Values by the name of a parameter: texts, and lists of them. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/** What DescribeStacks tells of a parameter without echo. */
const MASKED = '****';

/** The domain of AWS by partition, as the CDK and the SDK have it (a test compares). */
const URL_SUFFIXES: Readonly<Record<string, string>> = {
  'aws': 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
};

/** The pseudo parameters that the ARN of a stack tells. */
export function pseudoParametersOf(stackId: string): Record<string, string> {
  const [, partition, , region, account] = stackId.split(':');
  const suffix = URL_SUFFIXES[partition];
  return {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::StackId': stackId,
    'AWS::StackName': stackId.split('/')[1],
    ...suffix !== undefined && { 'AWS::URLSuffix': suffix },
  };
}

/** The mappings of a template: values by the name of a mapping and two keys. */
type Mappings = NonNullable<Template['Mappings']>;

/** What is known of what a template leaves open. */
export interface KnownValues {
  /** Values of the stack's parameters, and of pseudo parameters. */
  readonly parameters: ParameterValues;
  /** @default - none */
  readonly mappings?: Mappings;
  /** Of further expressions, as JSON. @default - none */
  readonly others?: ReadonlyMap<string, unknown>;
}

/**
 * Puts the values of a stack's parameters in place of the references to them, and what CloudFormation has told in place of its expressions,
 * joins what is known then, and looks up what the template maps.
 */
export function resolveParameters(resources: TemplateResources, values: KnownValues): TemplateResources {
  return Object.fromEntries(Object.entries(resources).map(([logicalId, resource]) =>
    [logicalId, { ...resource, properties: resolveValue(resource.properties, values) as typeof resource.properties }]));
}

/** The names of the mappings in which a value is looked up. */
export function mappingNamesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { 'Fn::FindInMap': lookup } = value as { readonly 'Fn::FindInMap'?: readonly unknown[] };
  const own = Array.isArray(lookup) && typeof lookup[0] === 'string' ? [lookup[0]] : [];
  return [...own, ...Object.values(value).flatMap(mappingNamesIn)];
}

/** The value of the parameter to which an expression refers; undefined where it refers to none, or the value is not told. */
function referredParameter(expression: object, parameters: ParameterValues): unknown {
  const { Ref: name } = expression as { readonly Ref?: string };
  return name === undefined ? undefined : parameterCalled(name, parameters);
}

function parameterCalled(name: string, parameters: ParameterValues): unknown {
  return parameters[name] === MASKED ? undefined : parameters[name];
}

/** A value of a template with what is known of it; what is not stays as it is written. */
export function resolveValue(value: unknown, values: KnownValues): unknown {
  const { parameters, mappings = {}, others } = values;
  const other = others?.size ? others.get(JSON.stringify(value)) : undefined;
  if (other !== undefined) return other;
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, values));
  if (typeof value !== 'object' || value === null) return value;
  const given = referredParameter(value, parameters);
  if (given !== undefined) return given;
  const resolved = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveValue(inner, values)]));
  return selected(split(found(substituted(joined(resolved), parameters), mappings)));
}

/** A text once all that stands in it is known. */
function substituted(value: unknown, parameters: ParameterValues): unknown {
  const { 'Fn::Sub': substitution } = (value ?? {}) as { readonly 'Fn::Sub'?: unknown };
  if (substitution === undefined) return value;
  const [text, own] = [substitution].flat() as [string, Readonly<Record<string, unknown>> | undefined];
  const valueOf = (name: string) => own?.[name.trim()] ?? parameterCalled(name.trim(), parameters);
  const isKnown = [...text.matchAll(SUBSTITUTION)].every(([, name]) => typeof valueOf(name) === 'string');
  return isKnown ? text.replace(SUBSTITUTION, (_, name: string) => String(valueOf(name))).replaceAll('${!', '${') : value;
}

function found(value: unknown, mappings: Mappings): unknown {
  const { 'Fn::FindInMap': lookup } = (value ?? {}) as { readonly 'Fn::FindInMap'?: readonly unknown[] };
  const [map, first, second] = (lookup ?? []).map(String);
  return lookup === undefined ? value : mappings[map]?.[first]?.[second] ?? value;
}

/** The parts of a text, once it is known. */
function split(value: unknown): unknown {
  const { 'Fn::Split': operands } = (value ?? {}) as { readonly 'Fn::Split'?: readonly unknown[] };
  const [separator, text] = operands ?? [];
  return typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : value;
}

/** One of a list, once that is known. */
function selected(value: unknown): unknown {
  const { 'Fn::Select': operands } = (value ?? {}) as { readonly 'Fn::Select'?: readonly unknown[] };
  const [index, list] = operands ?? [];
  return Array.isArray(list) ? list[Number(index)] ?? value : value;
}

/** An ARN as the CDK writes it is a list of texts, once its partition is known. */
function joined(value: Readonly<Record<string, unknown>>): unknown {
  const [separator, parts] = (value['Fn::Join'] ?? []) as [unknown?, unknown?];
  const areTexts = Array.isArray(parts) && parts.every((part) => typeof part === 'string');
  return typeof separator === 'string' && areTexts ? parts.join(separator) : value;
}
