import { withoutConditions } from './conditional-value';
import { ParameterValues } from './resolve-parameters';
import { holdsExpression } from '../state/placeholder';

/** What CloudFormation has worked out of the expressions of a template. */
export interface ToldValues {
  /** Of parameters, those without echo included; of one that is a list, a list. */
  readonly parameters: ParameterValues;
  /** Of what other stacks export and of dynamic references, by the expression as JSON. */
  readonly others: ReadonlyMap<string, unknown>;
}

/**
 * What the template gives the guard by expressions, and CloudFormation as values when it calls it; nothing of resources, of which more is
 * known than a value.
 *
 * @param given the property of the guard as the template has it
 * @param received the same property in the event
 * @param isResource whether a logical ID is that of a resource
 */
export function toldValues(given: unknown, received: unknown, isResource: (logicalId: string) => boolean): ToldValues {
  const values = (received ?? {}) as ParameterValues;
  const told = Object.entries(given ?? {}).filter(([name, expression]) => values[name] !== undefined && holdsExpression(expression))
    .map(([name, conditional]) => ({ expression: withoutConditions(conditional), value: values[name] }))
    .map(({ expression, value }) => ({ expression, logicalId: referredBy(expression), value }));
  return {
    parameters: Object.fromEntries(told.flatMap(({ logicalId, value }) =>
      logicalId === undefined || isResource(logicalId) ? [] : [[logicalId, value]])),
    others: new Map(told.flatMap(({ expression, logicalId, value }) =>
      logicalId === undefined ? [[JSON.stringify(expression), value]] : [])),
  };
}

/** The parameter or resource that an expression is the value of; undefined of other expressions. */
function referredBy(expression: unknown): string | undefined {
  const { 'Ref': reference, 'Fn::GetAtt': attribute } = (expression ?? {}) as { readonly [name: string]: unknown };
  const [logicalId] = [reference ?? attribute].flat();
  return typeof logicalId === 'string' ? logicalId : undefined;
}
