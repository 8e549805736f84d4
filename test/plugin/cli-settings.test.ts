import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliSettings } from '../../src/plugin/cli-settings';
import { previewModeFor } from '../../src/plugin/preview-mode';

const settings = (args: string, environment: Record<string, string> = {}, files: string[] = []) => new CliSettings(
  args.split(' '), environment, files,
);

test.each([
  ['diff', 'diff'],
  ['diff deploy', 'diff'],
  ['--profile diffs deploy diff', 'deploy'],
  ['--app cdk.out ls', 'ls'],
  ['--profile deploy diff', 'diff'],
  ['-c deploy -a synth diff', 'diff'],
  ['--profile=deploy diff', 'diff'],
  ['--strict diff', 'diff'],
  ['--version', undefined],
])('the command in %p is %p', (args, command) => {
  expect(settings(args).command).toBe(command);
});

test.each([
  ['diff --profile dev', 'dev'],
  ['diff --profile=dev', 'dev'],
  ['diff --profile', 'true'],
  ['diff --profile -v', 'true'],
  ['diff', undefined],
])('the profile of %p is %p', (args, profile) => {
  expect(settings(args).valueOf('profile')).toBe(profile);
});

test('arguments come before variables, variables before files, the app before the user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-settings-'));
  const [app, user] = ['cdk.json', '.cdk.json'].map((name) => join(folder, name));
  writeFileSync(app, '{"profile": "app"}');
  writeFileSync(user, '{"profile": "user", "lookups": false}');

  expect(settings('diff --profile args', { CDK_PROFILE: 'variable' }, [app, user]).valueOf('profile')).toBe('args');
  expect(settings('diff', { CDK_PROFILE: 'variable' }, [app, user]).valueOf('profile')).toBe('variable');
  expect(settings('diff', {}, [app, user]).valueOf('profile')).toBe('app');
  expect(settings('diff', {}, [app, user]).valueOf('lookups')).toBe('false');
  expect(settings('diff', {}, ['/nowhere/cdk.json']).valueOf('profile')).toBeUndefined();
  rmSync(folder, { recursive: true });
});

test('the network: options of several words are written in three ways', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-settings-'));
  const app = join(folder, 'cdk.json');
  writeFileSync(app, '{"proxy": "http://app:3128", "caBundlePath": "app.pem"}');

  expect(settings('diff --proxy http://args:3128 --ca-bundle-path args.pem', {}, [app]).network).toEqual({
    proxy: 'http://args:3128', caBundlePath: 'args.pem',
  });
  expect(settings('diff', { CDK_PROXY: 'http://variable:3128', CDK_CA_BUNDLE_PATH: 'variable.pem' }, [app]).network).toEqual({
    proxy: 'http://variable:3128', caBundlePath: 'variable.pem',
  });
  expect(settings('diff', {}, [app]).network).toEqual({ proxy: 'http://app:3128', caBundlePath: 'app.pem' });
  expect(settings('diff --profile dev').network).toEqual({ profile: 'dev' });
  rmSync(folder, { recursive: true });
});

test.each([
  ['diff', undefined, 'on'],
  ['synth', undefined, undefined],
  ['deploy', undefined, undefined],
  ['diff', 'off', undefined],
  ['deploy', 'on', 'on'],
  ['synth', 'strict', 'strict'],
  ['diff --no-lookups', undefined, undefined],
  ['diff --lookups=false', 'on', undefined],
  ['diff --lookups', undefined, 'on'],
])('cdk %s with CDK_EKS_UPGRADES_PREVIEW=%s: %s', (args, value, mode) => {
  expect(previewModeFor(settings(args, value === undefined ? {} : { CDK_EKS_UPGRADES_PREVIEW: value }))).toBe(mode);
});

test('fails for an unknown value', () => {
  expect(() => previewModeFor(settings('synth', { CDK_EKS_UPGRADES_PREVIEW: 'yes' }))).toThrow(
    "CDK_EKS_UPGRADES_PREVIEW is 'yes': write off, on or strict",
  );
});
