import { referencesIn } from './template-references';
import { holdsExpression, isPlaceholder } from '../state/placeholder';

/** Values that CloudFormation has worked out, by the expression, as JSON, that the template gives them by. */
export type ToldValues = ReadonlyMap<string, unknown>;

/**
 * What the template gives the guard by expressions, and CloudFormation as values when it calls it: parameters, those without echo
 * included, what other stacks export, and dynamic references.
 *
 * @param given the property of the guard as the template has it
 * @param received the same property in the event
 * @param isResource whether a logical ID is that of a resource, whose values are known otherwise
 */
export function toldValues(given: unknown, received: unknown, isResource: (logicalId: string) => boolean): ToldValues {
  const values = (received ?? {}) as Readonly<Record<string, unknown>>;
  const told = Object.entries(given ?? {}).filter(([name, expression]) =>
    values[name] !== undefined && isOpen(expression) && !referencesIn(expression).some(isResource));
  return new Map(told.map(([name, expression]) => [JSON.stringify(expression), values[name]]));
}

function isOpen(expression: unknown): boolean {
  return typeof expression === 'string' ? isPlaceholder(expression) : holdsExpression(expression);
}
