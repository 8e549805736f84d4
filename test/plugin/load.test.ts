import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const MEASURE = 'const start = performance.now(); const { version } = require(process.argv[1]); console.log(version, performance.now() - start)';

test('the plugin loads in less than 60 ms: what reads AWS comes later', () => {
  const times = Array.from({ length: 5 }, () => {
    const [version, millis] = execFileSync(
      process.execPath, ['-e', MEASURE, join(__dirname, '../../preview.js')], { encoding: 'utf8' },
    ).split(' ');
    expect(version).toBe('1');
    return Number(millis);
  });

  expect(Math.min(...times)).toBeLessThan(60);
});

/** Whether what reads AWS is loaded: after the plugin has begun, and after a process has been started. */
const BESIDE_APP = `
  const isLoaded = () => Object.keys(require.cache).some((path) => path.endsWith('answer.js'));
  const { init } = require(process.argv[1]);
  process.argv.splice(1, 1, 'cdk');
  init({ registerContextProviderAlpha: () => undefined });
  setTimeout(() => {
    const before = isLoaded();
    require('node:child_process').spawn(process.execPath, ['--version']).on('close', () => console.log(before, isLoaded()));
  }, 20);
`;

test.each([
  ['diff', 'false true'],
  ['deploy', 'false false'],
  ['diff --no-lookups', 'false false'],
])('cdk %s loads what reads AWS while the app runs: before, after %s', (command, expected) => {
  const args = [join(__dirname, '../../preview.js'), ...command.split(' ')];
  expect(execFileSync(process.execPath, ['-e', BESIDE_APP, '--', ...args], { encoding: 'utf8' }).trim()).toBe(expected);
});
