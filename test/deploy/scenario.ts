/**
 * Test suites that deploy: with a cloud of their own, or skipped on a machine that cannot have one.
 */
import { Cloud } from './cloud';
import { findPython } from './python';

/** Making Python's environment included. */
const START_MILLIS = 120_000;

/** A test runs the CDK's CLI several times. */
jest.setTimeout(300_000);

const python = findPython();

/** A suite whose tests share a cloud; it is there when they run. */
export function describeDeployments(name: string, tests: (cloud: () => Cloud) => void): void {
  if (python === undefined) {
    process.stderr.write(`\nSKIPPED: ${name}: it runs on MiniStack, which needs Python 3.10 or newer with venv\n\n`);
  }
  (python === undefined ? describe.skip : describe)(name, () => {
    let cloud: Cloud;
    beforeAll(async () => { cloud = await Cloud.start({ python: python! }); }, START_MILLIS);
    afterAll(async () => cloud?.stop());
    tests(() => cloud);
  });
}
