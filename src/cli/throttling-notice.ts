import { describeEnvironment } from './aws-environments';
import { Io } from './io';
import { sayMeanwhile } from './terminal';
import { LookupEnvironment } from '../live/lookup-credentials';

/** Says that an account and Region throttle, so that nobody takes a command that waits for one that hangs. */
export function throttlingNotice(io: Io): (environment: LookupEnvironment) => void {
  return (environment) => sayMeanwhile(io, `AWS throttles calls in ${describeEnvironment(environment)}: they are sent again, more slowly`);
}
