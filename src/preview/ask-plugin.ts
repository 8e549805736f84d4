import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { topLevelStack } from '../diagnostics/stacks-around';

/** Asks a context provider of the plugin of the CDK's CLI for a value of the context; the CLI runs the app again with it. */
export function askPlugin(scope: IConstruct, key: string, pluginName: string, question: object): void {
  topLevelStack(Stack.of(scope)).reportMissingContextKey({
    key,
    provider: 'plugin' as never, // of an enum in `cloud-assembly-schema`, which takes long to load
    props: { pluginName, ...question } as never,
  });
}
