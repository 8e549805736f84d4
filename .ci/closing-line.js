// Prints `N passed, N failed`, and `, N skipped` if there are any, from the reports of jest in test-reports: `node .ci/closing-line.js junit.xml …`.
const { readFileSync } = require('node:fs');

const sum = { passed: 0, failed: 0, skipped: 0 };

for (const name of process.argv.slice(2)) {
  try {
    const report = readFileSync(`test-reports/${name}`, 'utf8');
    const count = (attribute) => Number(new RegExp(`<testsuites[^>]* ${attribute}="(\\d+)"`).exec(report)[1]);
    const failed = count('failures') + count('errors');
    const skipped = [...report.matchAll(/<testsuite [^>]* skipped="(\d+)"/g)].reduce((total, [, number]) => total + Number(number), 0);
    sum.failed += failed;
    sum.skipped += skipped;
    sum.passed += count('tests') - failed - skipped;
  } catch {
    sum.failed += 1; // the run ended before its tests began
    process.exitCode = 1;
  }
}

console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
