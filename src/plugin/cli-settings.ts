import { readFileSync } from 'node:fs';
import { networkSettings, settingOf, settingsFiles } from '../live/cdk-settings';
import type { NetworkOptions } from '../live/network';

/** The commands of the CLI, with their other names. */
const COMMANDS = [
  'acknowledge', 'ack', 'bootstrap', 'completion', 'context', 'deploy', 'destroy', 'diagnose', 'diff', 'docs', 'doc', 'doctor', 'drift',
  'flags', 'gc',
  'import', 'init', 'list', 'ls', 'metadata', 'migrate', 'notices', 'orphan', 'publish-assets', 'refactor', 'rollback', 'synth',
  'synthesize', 'watch',
];

/** The options of the CLI behind which a value stands, which may be called like a command. */
const WITH_VALUE = [
  '--app', '-a', '--build', '--build-exclude', '-E', '--ca-bundle-path', '--change-set-name', '--concurrency', '--context', '-c',
  '--context-lines', '--method', '-m',
  '--notification-arns', '--output', '-o', '--outputs-file', '-O', '--parameters', '--plugin', '-p', '--profile', '--progress',
  '--proxy', '--require-approval', '--role-arn',
  '-r', '--tags', '-t', '--template', '--toolkit-stack-name', '--unstable',
];

/**
 * The settings of a run of the CDK's CLI, from where the CLI itself takes them: arguments, then variables `CDK_…`, then
 * `cdk.json` of the app, then that of the user.
 */
export class CliSettings {
  /** The settings of the CLI that runs in this process. */
  public static ofThisProcess(): CliSettings {
    return new CliSettings(process.argv.slice(2), process.env, settingsFiles('.'));
  }

  constructor(
    private readonly args: readonly string[],
    /** The environment variables. */
    public readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly files: readonly string[],
  ) {}

  /** The command, such as `diff`. */
  public get command(): string | undefined {
    return this.args.find((arg, index) => COMMANDS.includes(arg) && !WITH_VALUE.includes(this.args[index - 1]));
  }

  /** How the CLI reaches AWS. */
  public get network(): NetworkOptions {
    return networkSettings((option) => this.valueOf(option));
  }

  /** The value of an option, such as `profile`; of a switch, `true` or `false`. */
  public valueOf(option: string): string | undefined {
    return this.argumentOf(option) ?? settingOf(option, this.environment, this.files.map(readSettings));
  }

  private argumentOf(option: string): string | undefined {
    const index = this.args.findIndex((arg) => [`--${option}`, `--no-${option}`].includes(arg) || arg.startsWith(`--${option}=`));
    const [found, next = 'true'] = [this.args[index], this.args[index + 1]];
    if (found === undefined) return undefined;
    if (found.startsWith('--no-')) return 'false';
    if (found.includes('=')) return found.slice(found.indexOf('=') + 1);
    return next.startsWith('-') ? 'true' : next;
  }
}

/** The CLI complains of files that it cannot read; here they say nothing. */
function readSettings(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) ?? {}; // the CLI takes a byte order mark away, too
  } catch {
    return {};
  }
}
