import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { Limit } from 'p-limit';
import { retriesOfThrottledCalls } from './throttling';
import { Known, known, notKnown } from '../engine/state/known';
import { environmentKey } from '../engine/state/live-view';
import { awsClients, AwsClients } from '../live/aws-clients';
import { callerConfig } from '../live/caller';
import { limitCalls } from '../live/limit-calls';
import { LookupCredentials, LookupEnvironment } from '../live/lookup-credentials';
import type { NetworkOptions } from '../live/network';

/** How AWS is reached. */
export interface AwsOptions extends NetworkOptions {
  /** How many calls may be under way at once in an account and Region. */
  readonly concurrency: number;
  /** Told of each account and Region that throttles, once. */
  readonly onThrottled?: (environment: LookupEnvironment) => void;
}

/** The connections to the accounts and Regions of an app, one for each role that reads there. */
export class AwsEnvironments {
  private readonly caller;
  private readonly credentials: LookupCredentials;
  private readonly connections = new Map<string, Connection>();
  private readonly limits = new Map<string, Limit>();
  private readonly throttled = new Set<string>();

  constructor(private readonly options: AwsOptions) {
    this.caller = callerConfig(options);
    this.credentials = new LookupCredentials(this.caller);
  }

  /** The connection to an environment; nothing is sent yet. */
  connect(environment: LookupEnvironment): AwsClients {
    return this.connectionTo(environment).clients;
  }

  /** The connection to an environment, when there are credentials for it. */
  async tryConnecting(environment: LookupEnvironment): Promise<Known<AwsClients>> {
    const { clients, credentials } = this.connectionTo(environment);
    try {
      await credentials();
      return known(clients);
    } catch (error) {
      return notKnown((error as Error).message);
    }
  }

  private connectionTo(environment: LookupEnvironment): Connection {
    const key = `${environmentKey(environment)}/${JSON.stringify(environment.lookupRole)}`;
    const connection = this.connections.get(key) ?? this.open(environment);
    this.connections.set(key, connection);
    return connection;
  }

  private open(environment: LookupEnvironment): Connection {
    const credentials = this.credentials.for(environment);
    const clients = awsClients({
      ...this.caller,
      region: environment.region ?? this.caller.region,
      credentials,
      retryMode: 'adaptive',
      tryAgain: retriesOfThrottledCalls(sleep),
      onThrottled: () => this.tellThrottled(environment),
    });
    return { credentials, clients: limitCalls(clients, this.limitOf(environment, this.options.concurrency)) };
  }

  private tellThrottled(environment: LookupEnvironment): void {
    const key = environmentKey(environment);
    if (!this.throttled.has(key)) this.options.onThrottled?.(environment);
    this.throttled.add(key);
  }

  /** One for each account and Region. */
  private limitOf(environment: LookupEnvironment, concurrency: number): Limit {
    const key = environmentKey(environment);
    const limit = this.limits.get(key) ?? pLimit(concurrency);
    this.limits.set(key, limit);
    return limit;
  }
}

interface Connection {
  readonly clients: AwsClients;
  readonly credentials: ReturnType<LookupCredentials['for']>;
}

/** An environment as people read it: `111122223333/us-west-2`. */
export function describeEnvironment({ account, region }: LookupEnvironment): string {
  return [account, region].filter(Boolean).join('/') || 'the current account and Region';
}
