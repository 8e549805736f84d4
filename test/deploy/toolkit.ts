/**
 * A person with the stock CDK CLI at a terminal, and what that person sees.
 */
import type { Done } from './bench-server';
import type { Cloud } from './cloud';
import { changesIn, type DiffedChange } from './diff-output';
import type { Step } from './stacks';
import { runCdk } from '../cli/cdk-cli';

export interface Seen {
  readonly exitCode: number | undefined;

  /** What the terminal shows, without the lines' breaks at its width. */
  readonly output: string;
}

/** What came of `cdk deploy`. */
export interface Deployed extends Seen {
  /** The stack's status. */
  readonly status: string | undefined;

  /** Events of the stack during the deployment, oldest first. */
  readonly steps: readonly Step[];

  /** What CloudFormation did to resources, in order; what it did in a rollback included. */
  readonly done: readonly Done[];
}

/** What came of `cdk diff` and `cdk deploy`. */
export interface DiffedAndDeployed extends Deployed {
  /** What `cdk diff` said before. */
  readonly diffed: readonly DiffedChange[];
}

export interface ToolkitOptions {
  readonly cloud: Cloud;

  /** Where `cdk` runs. */
  readonly cwd: string;

  /** Arguments of every command, such as `--app`. @default - none */
  readonly args?: readonly string[];
}

export class Toolkit {
  constructor(private readonly options: ToolkitOptions) {}

  async cdk(...args: readonly string[]): Promise<Seen> {
    const { cwd, cloud, args: always = [] } = this.options;
    const { exitCode, stdout, stderr } = await runCdk(
      [...args, ...always], { cwd, env: { ...cloud.environment, COLUMNS: '500' }, hurry: true },
    );
    return { exitCode, output: stdout + stderr };
  }

  async diff(stack: string): Promise<Seen & { readonly changes: DiffedChange[] }> {
    const seen = await this.cdk('diff', stack);
    return { ...seen, changes: changesIn(seen.output) };
  }

  async deploy(stack: string, ...args: readonly string[]): Promise<Deployed> {
    const { cloud } = this.options;
    cloud.done.length = 0;
    let seen: Seen | undefined;
    const { status, steps } = await cloud.stacks.operation(stack, async () => {
      seen = await this.cdk('deploy', stack, '--exclusively', '--require-approval', 'never', ...args);
    });
    return { ...seen!, status, steps, done: [...cloud.done] };
  }

  /** Looks at the diff, then deploys one stack. */
  async diffAndDeploy(stack: string, ...args: readonly string[]): Promise<DiffedAndDeployed> {
    const { changes: diffed } = await this.diff(stack);
    return { ...await this.deploy(stack, ...args), diffed };
  }
}
