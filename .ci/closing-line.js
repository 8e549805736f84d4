// Prints `N passed, N failed` from the test report of jest.
const { readFileSync } = require('node:fs');

try {
  const report = readFileSync('test-reports/junit.xml', 'utf8');
  const count = (attribute) => Number(new RegExp(`<testsuites[^>]* ${attribute}="(\\d+)"`).exec(report)[1]);
  const failed = count('failures') + count('errors');
  console.log(`${count('tests') - failed} passed, ${failed} failed`);
} catch {
  console.log('0 passed, 1 failed'); // the run ended before the tests began
  process.exitCode = 1;
}
