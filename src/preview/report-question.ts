import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppDeclarations, declarationsOf, environmentsOf } from './app-declarations';
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
    askLate(stage, stack, without(declared, asked));
  } else {
    const all = declarationsOf(root);
    Asked.give(root, new Set([...all.clusters, ...all.releases].map(({ path }) => path)));
    reportQuestion(PREVIEW_CONTEXT_KEY, root, stack, all);
  }
}

/** Leaves a question for what a stage declares that nobody has asked for, if there is anything. */
export function askLate(stage: Stage, stack: Stack, declared: AppDeclarations): void {
  if (declared.clusters.length + declared.releases.length > 0) reportQuestion(lateKeyOf(stage.node.path), stage, stack, declared);
}

function without({ clusters, releases }: AppDeclarations, asked: ReadonlySet<string>): AppDeclarations {
  const isNew = ({ path }: { readonly path: string }) => !asked.has(path);
  return { clusters: clusters.filter(isNew), releases: releases.filter(isNew) };
}

/** The CLI asks the plugin and runs the app again. */
function reportQuestion(key: string, scope: IConstruct, stack: Stack, { clusters, releases }: AppDeclarations): void {
  const question: PreviewQuestion = {
    protocol: PREVIEW_PROTOCOL, clusters, releases, environments: environmentsOf(scope, wantedResources(scope)),
  };
  topLevel(stack).reportMissingContextKey({
    key,
    provider: 'plugin' as never, // of an enum in `cloud-assembly-schema`, which takes long to load
    props: { pluginName: PREVIEW_PROVIDER, ...question },
  });
}

/** A nested stack has no look-ups of its own. */
function topLevel(stack: Stack): Stack {
  return stack.nestedStackParent ? topLevel(stack.nestedStackParent) : stack;
}
