import { Stack } from 'aws-cdk-lib';
import { AppDeclarations, environmentsOf } from './app-declarations';
import { PREVIEW_CONTEXT_KEY, PREVIEW_PROTOCOL, PREVIEW_PROVIDER, PreviewQuestion } from './question';
import { wantedResources } from './wanted-resources';

/**
 * Leaves the question for the CLI with a stack of the app, which asks the plugin and runs the app again: one for the whole app, since the CLI
 * asks one after the other.
 */
export function reportQuestion(stack: Stack, { clusters, releases }: AppDeclarations): void {
  const { root } = stack.node;
  const question: PreviewQuestion = {
    protocol: PREVIEW_PROTOCOL, clusters, releases, environments: environmentsOf(root, wantedResources(root)),
  };
  topLevel(stack).reportMissingContextKey({
    key: PREVIEW_CONTEXT_KEY,
    provider: 'plugin' as never, // of an enum in `cloud-assembly-schema`, which takes long to load
    props: { pluginName: PREVIEW_PROVIDER, ...question },
  });
}

/** A nested stack has no look-ups of its own. */
function topLevel(stack: Stack): Stack {
  return stack.nestedStackParent ? topLevel(stack.nestedStackParent) : stack;
}
