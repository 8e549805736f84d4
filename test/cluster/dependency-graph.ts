import { Template } from 'aws-cdk-lib/assertions';
import { CfnResource, NestedStack, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Resources } from './_fixtures';

/**
 * What CloudFormation waits for in one stack: `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn` between its resources.
 * A nested stack is one resource of its parent.
 */
export class DependencyGraph {
  static of(stack: Stack): DependencyGraph {
    return new DependencyGraph(stack, Template.fromStack(stack).toJSON().Resources ?? {});
  }

  private readonly edges: Map<string, Set<string>>;

  private constructor(private readonly stack: Stack, resources: Resources) {
    this.edges = new Map(Object.entries(resources).map(([id, { DependsOn, Properties }]) =>
      [id, new Set([...[DependsOn ?? []].flat(), ...referencesIn(Properties)].filter((target) => target in resources))]));
  }

  /** A cycle, as a path that ends where it began; undefined when there is none. */
  findCycle(): string[] | undefined {
    return [...this.edges.keys()].map((id) => this.findPath(id, id)).find((path) => path !== undefined);
  }

  /** Whether CloudFormation waits for `earlier` before it touches `later`. */
  waits(later: IConstruct, earlier: IConstruct): boolean {
    return this.findPath(this.idOf(later), this.idOf(earlier)) !== undefined;
  }

  /** The resource of this stack that is the construct, or the nested stack that holds it. */
  private idOf(construct: IConstruct): string {
    let unit: IConstruct = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild!;
    while (Stack.of(unit) !== this.stack) {
      unit = (Stack.of(unit) as NestedStack).nestedStackResource!;
    }
    return this.stack.resolve((unit as CfnResource).logicalId);
  }

  private findPath(from: string, to: string): string[] | undefined {
    const seen = new Set<string>();
    const visit = (id: string): string[] | undefined => {
      for (const next of this.edges.get(id) ?? []) {
        if (next === to) {
          return [id, next];
        }
        if (!seen.has(next)) {
          seen.add(next);
          const rest = visit(next);
          if (rest) {
            return [id, ...rest];
          }
        }
      }
      return undefined;
    };
    return visit(from);
  }
}

function referencesIn(value: any): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { 'Ref': reference, 'Fn::GetAtt': attribute, 'Fn::Sub': text, ...rest } = value;
  const named = [text].flat().flatMap(
    (part) => typeof part === 'string' ? [...part.matchAll(/\$\{(\w+)/g)].map(([, id]) => id) : referencesIn(part),
  );
  return [reference, [attribute].flat()[0], ...named].filter((id) => typeof id === 'string').concat(referencesIn(Object.values(rest)));
}
