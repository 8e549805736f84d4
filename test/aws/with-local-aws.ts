import { LocalAws } from './aws-server';
import { enterEnvironment } from '../live/sdk-environment';

/** When most tests of clusters take place. */
export const NOW = new Date('2026-11-25T12:00:00Z');

/**
 * Gives each test of a file, or of a part of it, a local AWS of its own, to which the SDK of this process speaks meanwhile.
 *
 * @param prepare what the tests find there
 * @param now its time at first
 */
export function withLocalAws(prepare: (aws: LocalAws) => unknown, now = NOW): void {
  let aws: LocalAws;
  let leave: () => void;

  beforeEach(async () => {
    aws = await LocalAws.start({ now });
    leave = enterEnvironment(aws);
    await prepare(aws);
  });

  afterEach(async () => {
    leave();
    await aws.stop();
  });
}
