import { mkdir, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exit-code';
import { says } from '../../../src/cli/messages';
import { LocalAws } from '../../aws/aws-server';
import { enterEnvironment } from '../../live/sdk-environment';
import { endsWith, runCommand } from '../_command-line';
import { blueAndGreen, folderOf, synthesizeTo } from '../_tracked-app';

let aws: LocalAws;
let leave: () => void;
let app: string;
let cwd: string;

beforeEach(async () => {
  aws = await LocalAws.start();
  leave = enterEnvironment(aws);
  app = await folderOf();
  synthesizeTo(app, blueAndGreen);
  cwd = join(app, 'docs');
  await mkdir(cwd);
});

afterEach(async () => {
  leave();
  await aws.stop();
  await rm(app, { recursive: true });
});

const WRITING = [
  ['refresh'], ['refresh', '--dry-run'], ['refresh', '--step'], ['rollback'], ['rollback', '--end'], ['plan', '--to', '1.37', '--write'],
];

test.each(WRITING)('%s: the assembly of an app in another folder is refused, and nothing is written or read', async (...args) => {
  expect(await runCommand([...args, '--app', '../cdk.out'], { cwd })).toEqual(
    endsWith(ExitCode.WRONG_USE, says.appOfOtherFolder({ app: '../cdk.out', folder: app })),
  );
  expect(await runCommand(args, { cwd, env: { CDK_APP: '../cdk.out' } })).toMatchObject({ exitCode: ExitCode.WRONG_USE });
  expect(await readdir(cwd)).toEqual([]);
  expect(aws.requests).toEqual([]);
});

test('so is one of which no folder above has a cdk.json', async () => {
  await rm(join(app, 'cdk.json'));
  expect(await runCommand(['rollback', '--app', '../cdk.out'], { cwd })).toEqual(
    endsWith(ExitCode.WRONG_USE, says.appOfOtherFolder({ app: '../cdk.out', folder: app })),
  );
});

describe('it is taken', () => {
  const rollsBack = async (assembly: string, folder: string) =>
    (await runCommand(['rollback', '--end', '--app', assembly], { cwd: folder })).exitCode;

  test('in the folder of the app, also without cdk.json, and through a link', async () => {
    await rm(join(app, 'cdk.json'));
    expect(await rollsBack('cdk.out', app)).toBe(ExitCode.FINE);
    expect(await rollsBack(join(app, 'cdk.out'), app)).toBe(ExitCode.FINE);
    await symlink(await realpath(app), join(cwd, 'link'));
    expect(await rollsBack('cdk.out', join(cwd, 'link'))).toBe(ExitCode.FINE);
    expect(await rollsBack(join(app, 'cdk.out'), join(cwd, 'link'))).toBe(ExitCode.FINE);
  });

  test('where a cdk.json is here: the app is synthesised elsewhere', async () => {
    await writeFile(join(cwd, 'cdk.json'), '{}');
    expect(await rollsBack('../cdk.out', cwd)).toBe(ExitCode.FINE);
  });

  test('by commands that only read', async () => {
    expect(await runCommand(['status', '--app', '../cdk.out'], { cwd })).not.toMatchObject({ exitCode: ExitCode.WRONG_USE });
  });
});
