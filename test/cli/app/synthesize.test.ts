import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Io } from '../../../src/cli/io';

/** The module itself, and not a copy of it: there it is replaced for whoever starts a process. */
const childProcess = jest.requireActual<typeof import('node:child_process')>('node:child_process');
const PLATFORM = Object.getOwnPropertyDescriptor(process, 'platform')!;
const OPTIONS = { app: 'npx tsx app.ts', output: 'C:\\Users\\Jane & Joe\\out', plugins: [] };

let folder: string;
let spawn: jest.SpiedFunction<typeof childProcess.spawn>;
let io: Io;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'global-cdk-'));
  const output = new PassThrough();
  io = { cwd: folder, env: { PATH: folder }, stdout: output, stderr: output, version: '1.2.3', now: () => new Date() };
  spawn = jest.spyOn(childProcess, 'spawn').mockImplementation(() => {
    const child = Object.assign(new PassThrough(), { stdout: new PassThrough(), stderr: new PassThrough() });
    setImmediate(() => { child.stdout.end(); child.stderr.end(); child.emit('close', 0); });
    return child as unknown as ChildProcess;
  });
});

afterEach(() => {
  Object.defineProperty(process, 'platform', PLATFORM);
  spawn.mockRestore();
  rmSync(folder, { recursive: true });
});

/** Which process a platform starts for a CLI that is on the path only. */
async function startedOn(platform: string, file: string): Promise<readonly [string, readonly string[]]> {
  writeFileSync(join(folder, file), '', { mode: 0o755 });
  Object.defineProperty(process, 'platform', { ...PLATFORM, value: platform });
  await jest.isolateModulesAsync(async () => {
    const { synthesize } = jest.requireActual<typeof import('../../../src/cli/app/synthesize')>('../../../src/cli/app/synthesize');
    await synthesize(io, OPTIONS);
  });
  const [command, args] = spawn.mock.calls[0];
  return [command, args];
}

test('of a global CLI on Windows, a batch file, each argument stays one: blanks are quoted, and what cmd.exe takes for its own', async () => {
  const [command, [...args]] = await startedOn('win32', 'cdk.CMD');

  expect(command).toBe(process.env.comspec ?? 'cmd.exe');
  expect(args.slice(0, 3)).toEqual(['/d', '/s', '/c']);
  expect(args[3]).toContain('^"npx^ tsx^ app.ts^"');
  expect(args[3]).toContain('^"C:\\Users\\Jane^ ^&^ Joe\\out^"');
});

test('elsewhere the arguments are what they are', async () => {
  const [command, args] = await startedOn('linux', 'cdk');

  expect(command).toBe('cdk');
  expect(args).toEqual(expect.arrayContaining([OPTIONS.app, OPTIONS.output]));
});
