import { CfnCondition, CfnElement, CfnMapping, CfnResource, Stack } from 'aws-cdk-lib';
import { renderedCondition, renderedElement } from '../diagnostics/rendered-properties';
import { conditionNamesIn } from '../engine/change/resolve-conditions';
import { mappingNamesIn } from '../engine/change/resolve-parameters';

/** The sections of a template that decide on resources and their properties: its conditions and mappings. */
export class TemplateSections {
  private readonly conditions: ReadonlyMap<string, unknown>;
  private readonly mappings: ReadonlyMap<string, unknown>;

  constructor(stack: Stack) {
    const elements = stack.node.findAll().filter((child): child is CfnElement => CfnElement.isCfnElement(child) && child.stack === stack);
    this.conditions = sectionOf('Conditions', elements.filter((element) => element instanceof CfnCondition));
    this.mappings = sectionOf('Mappings', elements.filter((element) => element instanceof CfnMapping));
  }

  /** What of them decides on a resource, as the template has it. */
  of(resource: CfnResource, properties: object): unknown[] {
    const names = [renderedCondition(resource) ?? [], conditionNamesIn(properties)].flat();
    const expressions = this.expressionsOf(names, new Set());
    return [...expressions, ...mappingNamesIn([properties, expressions]).map((name) => this.mappings.get(name))];
  }

  private expressionsOf(names: readonly string[], seen: Set<string>): unknown[] {
    return names.flatMap((name) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const expression = this.conditions.get(name);
      return [expression, ...this.expressionsOf(conditionNamesIn(expression), seen)];
    });
  }
}

function sectionOf(name: string, elements: readonly CfnElement[]): Map<string, unknown> {
  return new Map(elements.flatMap((element) => Object.entries(renderedElement(element)[name] ?? {})));
}
