/**
 * The package as its users install it: packed, and unpacked beside what it needs.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { say } from './narrator';
import { newerThanCompiled } from '../../test/cli/compiled-library';

const PROJECT = resolve(__dirname, '../..');
const NAME = 'cdk-eks-upgrades';

const run = async (program: string, ...args: string[]) => promisify(execFile)(program, args, { cwd: PROJECT, maxBuffer: 64 * 1024 * 1024 });

/** Puts the package into the `node_modules` of a folder, and everything else that the project has beside it. */
export async function installPackage(folder: string): Promise<void> {
  await build();
  const modules = join(folder, 'node_modules');
  await rm(modules, { recursive: true, force: true });
  await mkdir(modules);
  const installed = (await readdir(join(PROJECT, 'node_modules'))).filter((name) => name !== NAME);
  await Promise.all(installed.map(async (name) => symlink(join(PROJECT, 'node_modules', name), join(modules, name))));
  await run('npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const { version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
  await run('tar', 'xzf', join(folder, `${NAME}-${version}.tgz`), '-C', folder);
  await rename(join(folder, 'package'), join(modules, NAME));
}

/** Builds the package quietly, unless it is newer than its sources. */
async function build(): Promise<void> {
  if (newerThanCompiled() === undefined) return;
  say('Building the package, which takes a minute or two …');
  try {
    await run('npx', 'projen', 'bundle');
    await run('npx', 'projen', 'compile');
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`the package cannot be built:\n${stdout}${stderr}`);
  }
}
