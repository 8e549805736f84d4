/**
 * How the user of an app takes the last minor back: by the command, which writes an entry into the context.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProcess } from '../../cli/_command-line';
import type { Cloud } from '../cloud';

const COMMAND = resolve(__dirname, '../../../assets/cli/cdk-eks-upgrades/index.js');

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
  try {
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify(context));
    const env = { ...cloud.environment, NODE_OPTIONS: showing(cloud.aws.clock.now()) };
    const { exitCode, stdout, stderr } = await runProcess(process.execPath, [COMMAND, 'rollback', '--app', assembly], { cwd, env });
    return { context: JSON.parse(await readFile(join(cwd, 'cdk.context.json'), 'utf8')), exitCode, output: stdout + stderr };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** Lets a process of Node.js begin at another time: that of the history, in which days pass. */
function showing(now: Date): string {
  const ahead = now.getTime() - Date.now();
  const clock = `const Real = Date; globalThis.Date = class extends Real {
    constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${ahead}); }
    static now() { return Real.now() + ${ahead}; }
  };`;
  return `--import=data:text/javascript,${encodeURIComponent(clock)}`;
}
