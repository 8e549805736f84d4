import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const MEASURE = 'const start = performance.now(); const { version } = require(process.argv[1]); console.log(version, performance.now() - start)';

test('the plugin loads in less than 60 ms: what reads AWS waits for the first question', () => {
  const times = Array.from({ length: 5 }, () => {
    const [version, millis] = execFileSync(
      process.execPath, ['-e', MEASURE, join(__dirname, '../../preview.js')], { encoding: 'utf8' },
    ).split(' ');
    expect(version).toBe('1');
    return Number(millis);
  });

  expect(Math.min(...times)).toBeLessThan(60);
});
