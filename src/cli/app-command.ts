import { Command, InvalidArgumentError } from 'commander';
import { AppOptions } from './app/cloud-assembly';
import { AwsOptions } from './aws-environments';
import { says } from './messages';
import { sentence } from '../engine/messages/sentence';

/** The options that all commands have. */
export interface CommonOptions extends AppOptions, Pick<AwsOptions, 'concurrency'> {
  readonly json?: boolean;
}

/** A command that looks at stacks of an app, with the options that all commands have. */
export function appCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('[stack...]', 'stacks of the app, by ID, name or glob (default: all)')
    .option(
      '--app <command or folder>',
      'the command that runs the app, or the cloud assembly that it was synthesised to (default: what cdk.json says)',
    )
    .option(
      '--profile <name>',
      'the AWS profile to read with (default: that of the CDK CLI, in cdk.json for instance, or the credentials of the environment)',
    )
    .option('--concurrency <calls>', 'how many calls may be under way at once in an account and Region', parseConcurrency, 10)
    .option('--json', 'write the result as JSON, in the schema that docs/command-line.md describes');
}

/** Collects the values of an option that can be repeated. */
export function collect(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

function parseConcurrency(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError(sentence(says.notWhole({})));
  return Number(text);
}
