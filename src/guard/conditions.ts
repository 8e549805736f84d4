import { CfnCondition, CfnResource, Stack } from 'aws-cdk-lib';
import { conditionNamesIn } from '../engine/change/resolve-conditions';

/** The conditions of a stack, by which parameters decide on resources and on their properties. */
export class Conditions {
  private readonly expressions: ReadonlyMap<string, unknown>;

  constructor(stack: Stack) {
    const conditions = stack.node.findAll().filter((child): child is CfnCondition => child instanceof CfnCondition && child.stack === stack);
    this.expressions = new Map(conditions.map((condition) => [
      stack.resolve(condition.logicalId) as string, stack.resolve(condition.expression),
    ]));
  }

  /** What decides on a resource, as the template has it. */
  of({ cfnOptions: { condition }, stack }: CfnResource, properties: object): unknown[] {
    const names = [...condition ? [stack.resolve(condition.logicalId) as string] : [], ...conditionNamesIn(properties)];
    return this.expressionsOf(names, new Set());
  }

  private expressionsOf(names: readonly string[], seen: Set<string>): unknown[] {
    return names.flatMap((name) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const expression = this.expressions.get(name);
      return [expression, ...this.expressionsOf(conditionNamesIn(expression), seen)];
    });
  }
}
