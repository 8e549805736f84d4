import { setTimeout as delay } from 'node:timers/promises';
import { AwsConnection, awsConnection, AwsConnectionOptions } from '../live/aws-connection';
import { functionCredentials } from '../live/function-credentials';

/** What a handler needs of the world. */
export interface Runtime {
  /** Connects to AWS. */
  connect(options: Pick<AwsConnectionOptions, 'tryAgain'>): AwsConnection;
  now(): Date;
  sleep(millis: number, signal?: AbortSignal): Promise<void>;
  /** Writes one entry to the log. After a failure the CDK CLI prints the messages, one a line; all else stands beside. */
  log(entry: { readonly message: string; readonly [data: string]: unknown }): void;
}

/** The world during one request: waiting ends with the request's time. */
export interface RequestScope extends Runtime {
  /** What is left of the time for the request. */
  remainingMillis(): number;
}

/** Few and quick: what takes longer is tried again by the handler, as long as it has time. */
const SDK_ATTEMPTS = 3;

/** The world as Lambda has it. */
export const LAMBDA_RUNTIME: Runtime = {
  connect: (options) => awsConnection({ ...options, credentials: functionCredentials, maxAttempts: SDK_ATTEMPTS }),
  now: () => new Date(),
  sleep: async (millis, signal) => delay(millis, undefined, { signal }),
  log: (entry) => { process.stdout.write(`${JSON.stringify(entry)}\n`); }, // console.log would put Lambda's own prefix before the JSON
};
