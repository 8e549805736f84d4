/**
 * How the user of an app takes the last minor back: by the command, which writes an entry into the context.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../cli/_command-line';
import { enterEnvironment } from '../../live/sdk-environment';
import type { Cloud } from '../cloud';

/** What the command says of the cluster of a cloud assembly. */
export interface TakenBack {
  /** What `cdk.context.json` holds then; the same as before where the cluster cannot go back. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly exitCode: number | null;
  readonly output: string;
}

/** `cdk-eks-upgrades rollback`, with the context that there is. */
export async function takeBack(cloud: Cloud, assembly: string, context: Readonly<Record<string, unknown>>): Promise<TakenBack> {
  const cwd = await mkdtemp(join(tmpdir(), 'take-back-'));
  const leave = enterEnvironment(cloud);
  try {
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify(context));
    const run = { cwd, env: cloud.environment, now: cloud.aws.clock.now() };
    const { exitCode, stdout, stderr } = await runCommand(['rollback', '--app', assembly], run);
    return { context: JSON.parse(await readFile(join(cwd, 'cdk.context.json'), 'utf8')), exitCode, output: stdout + stderr };
  } finally {
    leave();
    await rm(cwd, { recursive: true });
  }
}
