import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { cdkSettingsOf, networkOf } from '../../../src/cli/app/cdk-json';
import type { Io } from '../../../src/cli/io';
import { says } from '../../../src/cli/messages';
import { sentence } from '../../../src/engine/messages/sentence';
import { parseErrorOf } from '../_command-line';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-json-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function ioWith(env: Record<string, string> = {}): Io {
  const output = new PassThrough();
  return { cwd: folder, env, stdout: output, stderr: output, version: '1.2.3', now: () => new Date() };
}

const write = (settings: object) => writeFileSync(join(folder, 'cdk.json'), JSON.stringify(settings));

describe('AWS is reached', () => {
  const settings = { profile: 'app', proxy: 'http://app:3128', caBundlePath: 'app.pem' };

  test('as cdk.json says', async () => {
    write(settings);
    expect(await networkOf(ioWith(), undefined)).toEqual(settings);
  });

  test('as variables say, which come first', async () => {
    write(settings);
    expect(await networkOf(ioWith({ CDK_PROFILE: 'mine', CDK_PROXY: 'http://mine:3128', CDK_CA_BUNDLE_PATH: 'mine.pem' }), undefined)).toEqual({
      profile: 'mine', proxy: 'http://mine:3128', caBundlePath: 'mine.pem',
    });
  });

  test('by the profile that the command names, before all others', async () => {
    write(settings);
    expect(await networkOf(ioWith({ CDK_PROFILE: 'mine' }), 'named')).toEqual({ ...settings, profile: 'named' });
  });

  test('as the environment says where nothing else does', async () => {
    expect(await networkOf(ioWith(), undefined)).toEqual({});
  });

  test('not at all by a file that cannot be read', async () => {
    writeFileSync(join(folder, 'cdk.json'), '{ "profile": ');
    await expect(networkOf(ioWith(), undefined)).rejects.toThrow(
      sentence(says.cdkJsonUnreadable({ file: join(folder, 'cdk.json'), why: parseErrorOf('{ "profile": ') })),
    );
  });
});

test.each<[object, Record<string, string>, string | undefined]>([
  [{ app: 'node app.js' }, {}, 'node app.js'],
  [{ app: ['node', 'app.js'] }, {}, 'node app.js'],
  [{ app: 'node app.js' }, { CDK_APP: 'cdk.out' }, 'cdk.out'],
  [{}, {}, undefined],
])('the app of %j with %j', async (settings, env, app) => {
  write(settings);
  expect((await cdkSettingsOf(ioWith(env)))('app')).toBe(app);
});
