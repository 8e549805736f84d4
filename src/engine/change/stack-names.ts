import { Template } from '../state/deployed-stack';

/** What a template means where it refers to resources of its stack: undefined of those that the stack does not have yet. */
export interface StackNames {
  readonly physicalIds: Readonly<Record<string, string | undefined>>;
  /** The names with which the ARNs of its roles and keys end. */
  readonly inArns: Readonly<Record<string, string | undefined>>;
}

/** Where nothing is known of the stack. */
export const NO_NAMES: StackNames = { physicalIds: {}, inArns: {} };

/**
 * What a template means by the resources to which it refers.
 *
 * @param held the physical IDs of what the stack has, by logical ID
 */
export function stackNamesOf({ Resources: resources = {} }: Template, held: Readonly<Record<string, string>>): StackNames {
  const inArns = Object.entries(resources).flatMap(([id, { Type: type, Properties: properties }]): [string, string | undefined][] => {
    if (type === 'AWS::IAM::Role') return [[id, typeof properties?.RoleName === 'string' ? properties.RoleName : held[id]]];
    return type === 'AWS::KMS::Key' ? [[id, held[id]]] : [];
  });
  return {
    physicalIds: Object.fromEntries(Object.keys(resources).map((id) => [id, held[id]])),
    inArns: Object.fromEntries(inArns),
  };
}

/**
 * The ARN that a template gives by a role or key of its stack: the live one, if that is of this resource. One that the stack does
 * not have yet, or that is another one, has an ARN that nobody knows, and which is not the live one.
 */
export function arnOf(given: unknown, live: string | undefined, { inArns }: StackNames): unknown {
  const { 'Fn::GetAtt': attribute } = (given ?? {}) as { readonly 'Fn::GetAtt'?: readonly unknown[] };
  const resource = Array.isArray(attribute) && attribute[1] === 'Arn' ? String(attribute[0]) : undefined;
  if (live === undefined || resource === undefined || !(resource in inArns)) return given;
  return live.endsWith(`/${inArns[resource]}`) ? live : `the ARN of ${resource}`;
}

/** Attributes that are what `Ref` is. */
const PHYSICAL_ID_ATTRIBUTES: readonly unknown[] = ['GroupId', 'LaunchTemplateId', 'SubnetId'];

/**
 * A value of a template, such as a list of subnets, with the IDs of those resources of the stack to which it refers. One that the
 * stack does not have yet has an ID that nobody knows, and which is not a live one.
 */
export function withPhysicalIds(value: unknown, names: StackNames): unknown {
  if (Array.isArray(value)) return value.map((item) => withPhysicalIds(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: reference, 'Fn::GetAtt': attribute } = value as { readonly 'Ref'?: string; readonly 'Fn::GetAtt'?: readonly unknown[] };
  const ofAttribute = Array.isArray(attribute) && PHYSICAL_ID_ATTRIBUTES.includes(attribute[1]) ? String(attribute[0]) : undefined;
  const resource = reference ?? ofAttribute;
  if (resource !== undefined && resource in names.physicalIds) return names.physicalIds[resource] ?? `the ID of ${resource}`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPhysicalIds(inner, names)]));
}
