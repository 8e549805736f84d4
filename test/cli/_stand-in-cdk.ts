/**
 * A program in the place of the CDK CLI, for apps that are synthesised already.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a folder an app that is synthesised by running `script` as `cdk synth`.
 *
 * @returns the environment in which the program is found
 */
export async function standInCdk(folder: string, script: string): Promise<Record<string, string>> {
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
  await writeFile(join(folder, 'cdk'), `#!${process.execPath}\n${script}`, { mode: 0o755 });
  return { PATH: folder };
}

/** The script of one that looks up, and keeps in `cdk.context.json` what is not in it yet. */
export function lookingUp(values: Readonly<Record<string, unknown>>): string {
  return `
const fs = require('node:fs');
const file = 'cdk.context.json';
const context = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
fs.writeFileSync(file, JSON.stringify({ ...${JSON.stringify(values)}, ...context }, undefined, 2));
`;
}
