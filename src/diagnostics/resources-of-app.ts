import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Carried } from './carried';

/** What is in a stage, but not in the stages within it. */
interface StageContent {
  readonly resources: CfnResource[];
  readonly stages: Stage[];
  /** What somebody has asked for: a few resources of many. */
  readonly asked: Map<string, readonly CfnResource[]>;
}

const Listed = new Carried<{ content?: StageContent }>('ContentOfStage');

/**
 * The resources of some types that an app has, for the validation of a construct of it.
 *
 * Every stage is walked once, however many constructs ask: an app may hold hundreds of clusters. It is walked again when it is validated itself,
 * and so is what it is in: a pipeline synthesises each stage as soon as it is added.
 */
export function resourcesOfApp(asking: IConstruct, ...types: readonly string[]): CfnResource[] {
  const { root } = asking.node;
  const stage = Stage.of(asking) ?? root;
  if (!Listed.of(stage)) forgetResourcesOf(stage); // those around it were walked before it came
  return contentsOf(root).flatMap((content) => ofTypes(content, types));
}

/** Lets a stage be walked again, and what it is in. */
export function forgetResourcesOf(stage: IConstruct): void {
  for (const scope of stage.node.scopes) {
    const listed = Listed.of(scope);
    if (listed) listed.content = undefined;
  }
}

function contentsOf(stage: IConstruct): StageContent[] {
  const content = contentOf(stage);
  return [content, ...content.stages.flatMap(contentsOf)];
}

function contentOf(stage: IConstruct): StageContent {
  const listed = Listed.of(stage) ?? listedIn(stage);
  listed.content ??= walk(stage, { resources: [], stages: [], asked: new Map() });
  return listed.content;
}

/** The CDK validates a stage before what is in it: then, what an earlier validation has found is forgotten. */
function listedIn(stage: IConstruct): { content?: StageContent } {
  stage.node.addValidation({
    validate: () => {
      forgetResourcesOf(stage);
      return [];
    },
  });
  return Listed.give(stage, {});
}

function walk(construct: IConstruct, content: StageContent): StageContent {
  for (const child of construct.node.children) {
    if (Stage.isStage(child)) {
      content.stages.push(child);
      continue;
    }
    if (CfnResource.isCfnResource(child)) content.resources.push(child);
    walk(child, content);
  }
  return content;
}

function ofTypes({ resources, asked }: StageContent, types: readonly string[]): readonly CfnResource[] {
  const key = types.join();
  const found = asked.get(key) ?? resources.filter(({ cfnResourceType }) => types.includes(cfnResourceType));
  asked.set(key, found);
  return found;
}
