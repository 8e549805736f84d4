import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppDeclarations, declarationsOf, environmentOf, environmentsOf } from './app-declarations';
import { askPlugin } from './ask-plugin';
import { lateKeyOf, PREVIEW_CONTEXT_KEY, PREVIEW_PROTOCOL, PREVIEW_PROVIDER, PreviewQuestion } from './question';
import { wantedResources } from './wanted-resources';
import { Carried } from '../diagnostics/carried';

/** The paths of all that an app has asked for while it is synthesised. */
const Asked = new Carried<ReadonlySet<string>>('PreviewAsked');

/**
 * Leaves the question for the whole app with a stack of it, once: the CLI asks one after the other, and takes but one of a key. What a stage declares
 * that was not there then, as in a pipeline that synthesises each stage as soon as it is added, is a question of its own.
 */
export function askForApp(stage: Stage, stack: Stack, declared: AppDeclarations): void {
  const { root } = stage.node;
  const asked = Asked.of(root);
  if (asked) {
    const isNew = ({ path }: { readonly path: string }) => !asked.has(path);
    const clusters = declared.clusters.filter(isNew);
    if (clusters.length > 0 || declared.releases.some(isNew)) askLate(stage, stack, { ...declared, clusters });
  } else {
    const all = declarationsOf(root);
    Asked.give(root, new Set([...all.clusters, ...all.releases].map(({ path }) => path)));
    reportQuestion(PREVIEW_CONTEXT_KEY, root, stack, all);
  }
}

/** Leaves a question for clusters of a stage for which nobody has asked, with all of its releases: what is published is read once for each question. */
export function askLate(stage: Stage, stack: Stack, declared: AppDeclarations): void {
  reportQuestion(lateKeyOf(stage.node.path), stage, stack, declared);
}

/** The CLI asks the plugin and runs the app again. */
function reportQuestion(key: string, scope: IConstruct, stack: Stack, { clusters, releases }: AppDeclarations): void {
  const question: PreviewQuestion = {
    ...environmentOf(stack), protocol: PREVIEW_PROTOCOL, clusters, releases, environments: environmentsOf(scope, wantedResources(scope)),
  };
  askPlugin(stack, key, PREVIEW_PROVIDER, question);
}
