import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalAws } from '../../test/aws/aws-server';
import { copyOfExample, runCdk } from '../../test/cli/cdk-cli';

/**
 * What the CDK CLI prints, in its colours, when the quickstart is deployed with Kubernetes 1.35 and is to go to 1.36, with the
 * preview turned on.
 *
 * Everything is real but AWS, for which a local stand-in answers.
 */
export async function quickstartDiff(): Promise<string> {
  const aws = await LocalAws.start({ now: new Date() });
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14' });
  const cwd = await copyOfExample('quickstart');
  const cdk = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await runCdk(args, { cwd, env: { ...aws.environment, FORCE_COLOR: '1' } });
    if (exitCode !== 0) throw new Error(stderr);
    return stderr + stdout;
  };
  try {
    const app = await readFile(join(cwd, 'app.ts'), 'utf8');
    await writeFile(join(cwd, 'app.ts'), app.replace('V1_36', 'V1_35'));
    await cdk('synth', '--quiet');
    aws.deploy('Quickstart', JSON.parse(await readFile(join(cwd, 'cdk.out/Quickstart.template.json'), 'utf8')), 'quickstart');
    await writeFile(join(cwd, 'app.ts'), app);
    const settings = JSON.parse(await readFile(join(cwd, 'cdk.json'), 'utf8'));
    await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ ...settings, plugin: [join(__dirname, '../../preview.js')] }));
    return withoutThisMachine(await cdk('diff', '--method', 'template'));
  } finally {
    await aws.stop();
    await rm(cwd, { recursive: true, force: true });
  }
}

/** The line of the source that made an annotation comes from where the CLI runs. */
function withoutThisMachine(output: string): string {
  return output.replace(/^\S*\/\S+:\d+:\d+\n/gm, '').trim();
}
