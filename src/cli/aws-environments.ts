import { awsClients, AwsClients } from '../live/aws-clients';
import { LookupCredentials, LookupEnvironment } from '../live/lookup-credentials';

/** How AWS is reached. */
export interface AwsOptions {
  /** @default - the profile of the environment */
  readonly profile?: string;
}

/** The connections to the accounts and Regions of an app, one each. */
export class AwsEnvironments {
  private readonly credentials: LookupCredentials;
  private readonly connections = new Map<string, AwsClients>();

  constructor(private readonly options: AwsOptions) {
    this.credentials = new LookupCredentials(options);
  }

  /** The connection to an environment. */
  connect(environment: LookupEnvironment): AwsClients {
    const key = `${environment.account}/${environment.region}/${environment.lookupRole?.arn}`;
    const connection = this.connections.get(key)
      ?? awsClients({ ...this.options, region: environment.region, credentials: this.credentials.for(environment) });
    this.connections.set(key, connection);
    return connection;
  }
}

/** An environment as people read it: `111122223333/us-west-2`. */
export function describeEnvironment({ account, region }: LookupEnvironment): string {
  return [account, region].filter(Boolean).join('/') || 'the current account and Region';
}
