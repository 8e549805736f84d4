import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import {
  NESTED_STACK_TYPE, nestedStackName, Template, templateResources, TemplateResources, withStackTags,
} from '../../engine/state/deployed-stack';

/** A stack of a cloud assembly with the stacks nested in it. */
export interface StackTree {
  readonly name: string;
  /** Construct path of the stack. */
  readonly path: string;
  readonly template: Template;
  /** Tags of the stack; absent where it is nested, since its own are a property there. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly nested: readonly StackTree[];
}

const TREES = new WeakMap<CloudFormationStackArtifact, StackTree>();

/** A stack with those nested in it, as far as their templates say where the CDK has put them. */
export function stackTreeOf(stack: CloudFormationStackArtifact): StackTree {
  const tree = TREES.get(stack)
    ?? treeOf({ name: stack.stackName, path: stack.hierarchicalId, template: stack.template, tags: stack.tags }, stack.assembly.directory);
  TREES.set(stack, tree);
  return tree;
}

function treeOf(stack: Omit<StackTree, 'nested'>, folder: string): StackTree {
  return {
    ...stack,
    nested: Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, { Type, Metadata = {} }]) => {
      const [path, file] = [pathOf(Metadata['aws:cdk:path']), Metadata['aws:asset:path']];
      if (Type !== NESTED_STACK_TYPE || path === undefined || file === undefined) return [];
      const template = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
      return [treeOf({ name: nestedStackName(stack.name, logicalId), path, template }, folder)];
    }),
  };
}

/** The path of a nested stack, in that of its resource: `Prod/Data` in `Prod/Data.NestedStack/Data.NestedStackResource`. */
function pathOf(resource: string | undefined): string | undefined {
  return /^(.+)\.NestedStack\/[^/]+\.NestedStackResource$/.exec(resource ?? '')?.[1];
}

/** The name of the innermost stack in which a construct stands. */
export function nameOfStackWith(constructPath: string, { name, nested }: StackTree): string {
  const inner = nested.find(({ path }) => constructPath.startsWith(`${path}/`));
  return inner ? nameOfStackWith(constructPath, inner) : name;
}

/** What the templates hold, by name of the stack. */
export function templatesIn({ name, template, tags, nested }: StackTree): Record<string, TemplateResources> {
  const resources = templateResources(template);
  return Object.assign({ [name]: tags ? withStackTags(resources, tags) : resources }, ...nested.map(templatesIn));
}
