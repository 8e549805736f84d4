import { isNoValue } from './conditional-value';
import { KnownValues, resolveValue } from './resolve-parameters';
import { Template } from '../state/deployed-stack';

/**
 * A template as CloudFormation takes it: without resources of which the condition does not hold, and with the values that conditions
 * choose. What cannot be told, such as by a parameter without echo, stays as it is written.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function resolveConditions(template: Template, values: KnownValues): Template {
  const { Conditions: conditions = {}, Resources: resources } = template;
  if (resources === undefined || Object.keys(conditions).length === 0) return template;
  const holds = (name: string): boolean | undefined => evaluate({ Condition: name }, conditions, values);
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(resources)
      .filter(([, { Condition: name }]) => name === undefined || holds(name) !== false)
      .map(([logicalId, resource]) => [logicalId, chosen(resource, holds) as typeof resource])),
  };
}

/** The names of the conditions that a value depends on, without those that these depend on. */
export function conditionNamesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(conditionNamesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { Condition: name, 'Fn::If': choice } = value as { readonly 'Condition'?: unknown; readonly 'Fn::If'?: readonly unknown[] };
  return [
    ...typeof name === 'string' && Object.keys(value).length === 1 ? [name] : [],
    ...Array.isArray(choice) && typeof choice[0] === 'string' ? [choice[0]] : [],
    ...Object.values(value).flatMap(conditionNamesIn),
  ];
}

function chosen(value: unknown, holds: (name: string) => boolean | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => chosen(item, holds)).filter((item) => !isNoValue(item));
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::If': choice } = value as { readonly 'Fn::If'?: readonly [string, unknown, unknown] };
  const answer = choice && holds(choice[0]);
  if (answer !== undefined) return chosen(choice![answer ? 1 : 2], holds);
  const members = Object.entries(value).map(([key, inner]) => [key, chosen(inner, holds)] as const);
  return Object.fromEntries(members.filter(([, inner]) => !isNoValue(inner)));
}

/** Undefined where it cannot be told. */
function evaluate(
  expression: unknown, conditions: Readonly<Record<string, unknown>>, values: KnownValues,
): boolean | undefined {
  const [[kind, operand] = []] = Object.entries(expression ?? {}) as [string, any][];
  const all = (operands: readonly unknown[]) => operands.map((each) => evaluate(each, conditions, values));
  switch (kind) {
    case 'Condition': return evaluate(conditions[operand], conditions, values);
    case 'Fn::Not': return negated(all(operand)[0]);
    case 'Fn::And': return conjunction(all(operand));
    case 'Fn::Or': return negated(conjunction(all(operand).map(negated)));
    case 'Fn::Equals': {
      const [one, other] = (operand as unknown[]).map((value) => textOf(value, values));
      return one === undefined || other === undefined ? undefined : one === other;
    }
    default: return undefined;
  }
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function conjunction(values: ReadonlyArray<boolean | undefined>): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function textOf(value: unknown, values: KnownValues): string | undefined {
  const known = resolveValue(value, values);
  return typeof known === 'object' ? undefined : String(known);
}
