/**
 * The quickstart example in a folder of its own, where the package is installed, and the real CDK CLI, which talks to a local
 * stand-in for AWS.
 */
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Template } from './guarded-deployment';
import { installPackage } from './installed-package';
import { say, show } from './narrator';
import { LocalAws } from '../../test/aws/aws-server';
import { CdkResult, runCdk, untouchedCopyOfExample } from '../../test/cli/cdk-cli';

const TEMPLATE = 'cdk.out/Quickstart.template.json';
const DEPLOYED = 'deployed.template.json';

export class DemoApp {
  static async open(aws: LocalAws): Promise<DemoApp> {
    const folder = await untouchedCopyOfExample('quickstart');
    await installPackage(folder);
    return new DemoApp(aws, folder);
  }

  private constructor(private readonly aws: LocalAws, private readonly folder: string) {}

  /** Runs the CLI, shows the command and what it prints. */
  async cdk(...args: string[]): Promise<CdkResult> {
    say(`  $ cdk ${args.map((arg) => arg.includes('/') && !arg.endsWith('.json') ? `"${arg}"` : arg).join(' ')}`);
    const result = await runCdk(args, { cwd: this.folder, env: { ...this.aws.environment, NODE_PATH: join(this.folder, 'node_modules') } });
    show([result.stdout, result.stderr].join('\n').split('\n').filter(isWorthShowing).join('\n'));
    return result;
  }

  /** Compares the app with what was deployed last. */
  async diff(): Promise<CdkResult> {
    return this.cdk('diff', '--template', DEPLOYED);
  }

  /** There is no CloudFormation here: what was synthesised last counts as deployed from now on. */
  async pretendDeployment(): Promise<void> {
    await copyFile(join(this.folder, TEMPLATE), join(this.folder, DEPLOYED));
  }

  /** Names the plugin in `cdk.json`, and makes what was synthesised last live. */
  async turnOnPreview(): Promise<void> {
    const file = join(this.folder, 'cdk.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), plugin: ['cdk-eks-upgrades/preview'] }));
    this.aws.deploy('Quickstart', await this.template());
  }

  /** Edits `app.ts` and shows the change. */
  async edit(before: string, after: string): Promise<void> {
    await editFile(join(this.folder, 'app.ts'), before, after);
  }

  /** What was synthesised last. */
  async template(): Promise<Template> {
    return JSON.parse(await readFile(join(this.folder, TEMPLATE), 'utf8'));
  }

  /** The looked-up releases, by their keys in `cdk.context.json`. */
  async pinnedReleases(): Promise<Record<string, string>> {
    const context = JSON.parse(await readFile(join(this.folder, 'cdk.context.json'), 'utf8'));
    return Object.fromEntries(Object.entries<string>(context).filter(([key]) => key.startsWith('ssm:')));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Edits a file of the app and shows the change. */
export async function editFile(file: string, before: string, after: string): Promise<void> {
  const source = await readFile(file, 'utf8');
  if (!source.includes(before)) {
    throw new Error(`the quickstart no longer holds '${before}': bring the demo up to date`);
  }
  await writeFile(file, source.replace(before, after));
  show(`${basename(file)}:  - ${before.trim()}\n         + ${after.trim()}`);
}

/** Hints on feature flags, stack traces and file names are beside the point here. */
function isWorthShowing(line: string): boolean {
  return !/feature flags are not configured|^\s*Rule Annotation::|^\/.*:\d+:?\d*$|^\s+(at |\^$|throw new Error)|^Node\.js /.test(line);
}
