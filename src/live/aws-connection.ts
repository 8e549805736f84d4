import type { EKSClientConfig } from '@aws-sdk/client-eks';
import { AwsCallError, isThrottling } from './aws-call-error';

/** The way to AWS, without the services: what calls one brings its client, which is loaded with it. */
export interface AwsConnection {
  /** Connects to a service, once. */
  readonly connectTo: ConnectTo;
}

/** @param service the service as IAM names it, such as `autoscaling` */
export type ConnectTo = <T extends Client>(Service: new (config: ReturnType<typeof clientConfig>) => T, service: string) => T;

/** How long to wait for a connection. */
export const CONNECT_MILLIS = 5_000;

/** How long to wait for one answer. */
export const ANSWER_MILLIS = 30_000;

/** How AWS is called. */
export interface AwsConnectionOptions {
  /** @default - the Region of the environment */
  readonly region?: EKSClientConfig['region'];

  /**
   * Profile of the shared configuration.
   *
   * @default - the profile of the environment
   */
  readonly profile?: string;

  /** @default - the credentials of the environment, or of the profile */
  readonly credentials?: EKSClientConfig['credentials'];

  /**
   * How often a call is tried that is throttled or meets a fault of the service.
   *
   * @default 8
   */
  readonly maxAttempts?: number;

  /**
   * With `adaptive`, the calls of a service become fewer when it throttles.
   *
   * @default 'standard'
   */
  readonly retryMode?: 'standard' | 'adaptive';

  /**
   * Ends all calls, those under way included.
   *
   * @default - a call ends when it has an answer, or has failed for good
   */
  readonly signal?: AbortSignal;

  /** @default - directly, with the certificate authorities that Node.js knows */
  readonly requestHandler?: EKSClientConfig['requestHandler'];

  /**
   * How long to wait for one answer, in milliseconds, without a {@link requestHandler}; a service that does not answer is not waited for endlessly.
   *
   * @default 30000
   */
  readonly answerMillis?: number;

  /**
   * Told each time that a service throttles, before the call is tried again.
   *
   * @default - nobody is told
   */
  readonly onThrottled?: () => void;

  /**
   * Asked each time that a call has failed for good, and told how many times it has; with true it is tried again.
   *
   * @default - failed is failed
   */
  readonly tryAgain?: (failed: AwsCallError, times: number) => Promise<boolean>;
}

/** Connects to services when they are asked for; nothing is sent yet. */
export function awsConnection({ tryAgain, signal, onThrottled, ...options }: AwsConnectionOptions = {}): AwsConnection {
  const config = clientConfig(options);
  const connections = new Map<string, Client>();
  const connectTo: ConnectTo = <T extends Client>(Service: new (given: typeof config) => T, service: string) => {
    const client = connections.get(service) as T | undefined ?? new Service(config);
    if (!connections.has(service)) {
      nameCalls(client, service, tryAgain);
      if (onThrottled) tellThrottling(client, onThrottled);
      if (signal) endCalls(client, signal);
      connections.set(service, client);
    }
    return client;
  };
  return { connectTo };
}

/** The configuration of each client. */
function clientConfig({
  answerMillis = ANSWER_MILLIS, requestHandler = timeouts(answerMillis), ...options
}: Omit<AwsConnectionOptions, 'tryAgain' | 'signal' | 'onThrottled'>) {
  return { maxAttempts: 8, requestHandler, ...options };
}

/** How long a request waits. */
export function timeouts(answerMillis: number) {
  return { connectionTimeout: CONNECT_MILLIS, requestTimeout: answerMillis, throwOnRequestTimeout: true };
}

/** What all clients of the SDK share, as far as it is needed here. */
export interface Client {
  readonly middlewareStack: {
    add(middleware: (next: Next, context: { commandName?: string }) => Next, options: { step: 'initialize'; name: string }): void;
    add(middleware: (next: Next) => Next, options: { step: 'finalizeRequest'; priority: 'low'; name: string }): void;
  };
  readonly config: { readonly requestHandler: { handle(request: unknown, options?: object): Promise<unknown> } };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- goes around every call of every service, and looks at none of their types
type Next = (args: any, times?: number) => Promise<any>;

/** Goes around the SDK's own retries and lets their last error carry the name of the call. */
function nameCalls(client: Client, service: string, tryAgain: AwsConnectionOptions['tryAgain']): void {
  client.middlewareStack.add((next, { commandName = '' }) => async function call(args, times = 1) {
    try {
      return await next(args);
    } catch (cause) {
      const error = cause instanceof AwsCallError ? cause : new AwsCallError(
        `${service}:${commandName.replace(/Command$/, '')}`, cause as Error,
      );
      if (await tryAgain?.(error, times)) {
        return call(args, times + 1);
      }
      throw error;
    }
  }, { step: 'initialize', name: 'nameCalls' });
}

/** Stands between the SDK's retries and the service. */
function tellThrottling(client: Client, onThrottled: () => void): void {
  client.middlewareStack.add((next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (isThrottling(error)) onThrottled();
      throw error;
    }
  }, { step: 'finalizeRequest', priority: 'low', name: 'tellThrottling' });
}

/** Lets the signal cut what is under way, and no further attempt be made. */
function endCalls({ config: { requestHandler } }: Client, abortSignal: AbortSignal): void {
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (request, options) => handle(request, { ...options, abortSignal });
}
