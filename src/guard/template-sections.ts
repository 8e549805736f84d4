import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { isCfnCondition, isCfnMapping } from '../diagnostics/element-kinds';
import { renderedCondition, renderedElement } from '../diagnostics/rendered-properties';
import { conditionNamesIn } from '../engine/change/resolve-conditions';
import { mappingNamesIn } from '../engine/change/resolve-parameters';

/** The sections of a template that decide on resources and their properties: its conditions and mappings. */
export class TemplateSections {
  private readonly conditions: ReadonlyMap<string, unknown>;
  private readonly mappings: ReadonlyMap<string, unknown>;

  constructor(stack: Stack) {
    const constructs = stack.node.findAll();
    const isOfStack = (element: CfnElement) => element.stack === stack;
    this.conditions = sectionOf('Conditions', constructs.filter(isCfnCondition).filter(isOfStack));
    this.mappings = sectionOf('Mappings', constructs.filter(isCfnMapping).filter(isOfStack));
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
