import { NOW } from './_cluster-app';
import { LocalAws } from '../aws/aws-server';
import { enterEnvironment } from '../live/sdk-environment';

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
