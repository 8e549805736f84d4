import { setTimeout as sleep } from 'node:timers/promises';
import { retriesOfThrottledCalls } from './throttling';
import { awsClients, AwsClients } from '../live/aws-clients';
import { limitCalls } from '../live/limit-calls';
import { LookupCredentials, LookupEnvironment } from '../live/lookup-credentials';
import { Known, known, notKnown } from '../upgrade/known';

/** How AWS is reached. */
export interface AwsOptions {
  /** @default - the profile of the environment */
  readonly profile?: string;
  /** How many calls may be under way at once in an account and Region. */
  readonly concurrency: number;
}

/** The connections to the accounts and Regions of an app, one each. */
export class AwsEnvironments {
  private readonly credentials: LookupCredentials;
  private readonly connections = new Map<string, Connection>();

  constructor(private readonly options: AwsOptions) {
    this.credentials = new LookupCredentials({ profile: options.profile });
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
    const key = `${environment.account}/${environment.region}/${environment.lookupRole?.arn}`;
    const connection = this.connections.get(key) ?? this.open(environment);
    this.connections.set(key, connection);
    return connection;
  }

  private open(environment: LookupEnvironment): Connection {
    const { profile, concurrency } = this.options;
    const credentials = this.credentials.for(environment);
    const clients = awsClients({ profile, region: environment.region, credentials, retryMode: 'adaptive', tryAgain: retriesOfThrottledCalls(sleep) });
    return { credentials, clients: limitCalls(clients, concurrency) };
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
