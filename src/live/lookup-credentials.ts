import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, STSClientConfig } from '@aws-sdk/client-sts';
import { partition } from '@aws-sdk/core/client';
import { AwsCallError } from './aws-call-error';

/** An account and Region of an app, and the role that its CDK bootstrap keeps for look-ups. */
export interface LookupEnvironment {
  readonly account?: string;
  readonly region?: string;
  readonly lookupRole?: LookupRole;
}

/** A role for reading; its ARN as the cloud assembly has it, with placeholders such as `${AWS::Partition}`. */
export interface LookupRole {
  readonly arn: string;
  readonly externalId?: string;
}

type Provider = Exclude<NonNullable<STSClientConfig['credentials']>, { accessKeyId: string }>;
type Credentials = Awaited<ReturnType<Provider>>;

/** Credentials are renewed this long before they end. */
const RENEW_BEFORE_MILLIS = 5 * 60_000;

/**
 * The credentials for reading the environments of an app, as the CDK CLI chooses them: the bootstrap's lookup role where it can be assumed,
 * else those that the caller has, provided that they belong to the account.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export class LookupCredentials {
  private identity?: Promise<Identity>;

  /** @param config how the caller reaches AWS; a profile, for instance */
  constructor(private readonly config: STSClientConfig = {}) {}

  /** For one environment; asked for when the first call is made, and kept for all clients that share it. */
  for(environment: LookupEnvironment): Provider {
    let kept: Promise<Credentials> | undefined;
    return async () => {
      const { expiration } = await kept ?? {};
      if (!kept || (expiration && expiration.getTime() - Date.now() < RENEW_BEFORE_MILLIS)) {
        kept = this.choose(environment);
        kept.catch(() => kept = undefined);
      }
      return kept;
    };
  }

  private async choose(environment: LookupEnvironment): Promise<Credentials> {
    const sts = new STSClient({ ...this.config, region: environment.region ?? this.config.region });
    const { lookupRole } = environment;
    if (!lookupRole) return this.ofCaller(sts, environment);
    try {
      return await assume(sts, lookupRole, environment); // first of all: who calls matters only where that fails
    } catch (denied) {
      return this.ofCaller(sts, environment, denied as AwsCallError);
    }
  }

  private async ofCaller(sts: STSClient, environment: LookupEnvironment, denied?: AwsCallError): Promise<Credentials> {
    const caller = await this.identityBy(sts);
    requireAccount(environment, caller, denied);
    return caller.credentials();
  }

  /** Asked once; where that fails in the Region of another environment, such as one that is not enabled, each asks in its own. */
  private async identityBy(sts: STSClient): Promise<Identity> {
    const ofOther = this.identity && await this.identity.catch(() => undefined); // why it fails is told of the environment that has asked
    if (ofOther) return ofOther;
    const own = this.identify(sts);
    this.identity ??= own;
    own.then(() => this.identity = own, () => undefined);
    return own;
  }

  private async identify(sts: STSClient): Promise<Identity> {
    const { profile } = this.config;
    try {
      return await identify(sts);
    } catch (cause) {
      throw profile === undefined ? cause : new Error(`with profile ${profile}, ${(cause as Error).message}`, { cause });
    }
  }
}

/** The credentials that the caller has, by Region: whoever assumes a role for them asks STS there, and each partition has its own. */
export function callerCredentials(config: STSClientConfig = {}): (region: string) => Provider {
  const kept = new Map<string, Provider>();
  return (region) => {
    const provider = kept.get(region) ?? new STSClient({ ...config, region }).config.credentials;
    kept.set(region, provider);
    return provider;
  };
}

interface Identity {
  readonly account: string;
  readonly credentials: () => Promise<Credentials>;
}

async function identify(sts: STSClient): Promise<Identity> {
  const { Account } = await call('sts:GetCallerIdentity', async () => sts.send(new GetCallerIdentityCommand({})));
  return { account: Account!, credentials: sts.config.credentials };
}

async function assume(sts: STSClient, { arn, externalId }: LookupRole, { account, region }: LookupEnvironment): Promise<Credentials> {
  const RoleArn = arn
    .replaceAll('${AWS::Partition}', partition(await sts.config.region()).name)
    .replaceAll('${AWS::AccountId}', account ?? '')
    .replaceAll('${AWS::Region}', region ?? '');
  const { Credentials: assumed } = await call('sts:AssumeRole', async () =>
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'cdk-eks-upgrades', ExternalId: externalId })));
  return {
    accessKeyId: assumed!.AccessKeyId!,
    secretAccessKey: assumed!.SecretAccessKey!,
    sessionToken: assumed!.SessionToken,
    expiration: assumed!.Expiration,
  };
}

/** What is read in the wrong account would be taken for the truth about another one. */
function requireAccount({ account, lookupRole }: LookupEnvironment, caller: Identity, denied?: AwsCallError): void {
  if (account === undefined || account === caller.account) return;
  throw new Error(`the credentials are those of account ${caller.account}, not of ${account}`
    + (denied ? `, and its lookup role ${lookupRole?.arn} could not be assumed: ${denied.message}` : ''));
}

async function call<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (cause) {
    throw new AwsCallError(action, cause as Error);
  }
}
