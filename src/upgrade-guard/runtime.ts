import { setTimeout as delay } from 'node:timers/promises';
import { awsClients, AwsClients, AwsClientsOptions } from '../live/aws-clients';

/** What a handler needs of the world. */
export interface Runtime {
  /** Connects to AWS. */
  connect(options: Pick<AwsClientsOptions, 'waitForPermission'>): AwsClients;
  now(): Date;
  sleep(millis: number, signal?: AbortSignal): Promise<void>;
  /** Writes one entry to the log. */
  log(entry: object): void;
}

/** The world during one request: waiting ends with the request's time. */
export interface RequestScope extends Runtime {
  /** What is left of the time for the request. */
  remainingMillis(): number;
}

/** The world as Lambda has it. */
export const LAMBDA_RUNTIME: Runtime = {
  connect: awsClients,
  now: () => new Date(),
  sleep: async (millis, signal) => delay(millis, undefined, { signal }),
  log: (entry) => { process.stdout.write(`${JSON.stringify(entry)}\n`); }, // console.log would put Lambda's own prefix before the JSON
};
