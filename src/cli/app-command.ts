import { Command } from 'commander';
import { AppOptions } from './app/cloud-assembly';

/** The options that all commands have. */
export interface CommonOptions extends AppOptions {
  readonly json?: boolean;
}

/** A command that looks at stacks of an app, with the options that all commands have. */
export function appCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('[stack...]', 'stacks of the app, by ID, name or glob (default: all)')
    .option('--app <command or folder>', 'the command that runs the app, or the cloud assembly that it was synthesised to (default: what cdk.json says)')
    .option('--profile <name>', 'the AWS profile to read with (default: the credentials of the environment)')
    .option('--json', 'write the result as JSON, in the schema that docs/command-line.md describes');
}
