import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetManifestArtifact, CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
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

/** Plain cache: several commands ask for the tree of a stack, and its nested templates are read from files. */
const TREES = new WeakMap<CloudFormationStackArtifact, StackTree>();

/** A stack with those nested in it, as far as the assembly holds their templates: not those of a template that is somewhere in S3. */
export function stackTreeOf(stack: CloudFormationStackArtifact): StackTree {
  const tree = TREES.get(stack)
    ?? treeOf({ name: stack.stackName, path: stack.hierarchicalId, template: stack.template, tags: stack.tags }, stack);
  TREES.set(stack, tree);
  return tree;
}

function treeOf(tree: Omit<StackTree, 'nested'>, artifact: CloudFormationStackArtifact): StackTree {
  return {
    ...tree,
    nested: Object.entries(tree.template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {}, Metadata = {} }]) => {
      if (Type !== NESTED_STACK_TYPE) return [];
      const path = pathOf(Metadata['aws:cdk:path'] ?? constructPathOf(logicalId, artifact));
      const file = Metadata['aws:asset:path'] ?? fileOfAsset(Properties.TemplateURL, artifact);
      if (path === undefined || file === undefined) return [];
      const template = JSON.parse(readFileSync(join(artifact.assembly.directory, file), 'utf8')) as Template;
      return [treeOf({ name: nestedStackName(tree.name, logicalId), path, template }, artifact)];
    }),
  };
}

/** As the assembly knows it, for templates without it: `pathMetadata` is off. */
function constructPathOf(logicalId: string, artifact: CloudFormationStackArtifact): string | undefined {
  const named = artifact.findMetadataByType('aws:cdk:logicalId').find(({ data, path }) => data === logicalId && pathOf(path) !== undefined);
  return named?.path.slice(1);
}

/** As the assembly is published, for templates that do not name it: `assetMetadata` is off. */
function fileOfAsset(url: unknown, artifact: CloudFormationStackArtifact): string | undefined {
  const [hash] = /[0-9a-f]{64}/.exec(JSON.stringify(url) ?? '') ?? [];
  if (hash === undefined) return undefined;
  const manifests = artifact.dependencies.filter(AssetManifestArtifact.isAssetManifestArtifact);
  return manifests.flatMap(({ contents }) => contents.files?.[hash]?.source.path ?? [])[0];
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
