import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand, STSClient, STSClientConfig } from '@aws-sdk/client-sts';
import { partition } from '@aws-sdk/core/client';
import { AwsCallError } from './aws-call-error';
import { type AwsCredentials, type CredentialProvider, renewed } from './aws-credentials';
import { CredentialPlugins, type CredentialProviderSource } from './credential-plugins';
import type { LookupRole } from '../engine/declaration/lookup-role';

/** An account and Region of an app, and the role that its CDK bootstrap keeps for look-ups. */
export interface LookupEnvironment {
  readonly account?: string;
  readonly region?: string;
  readonly lookupRole?: LookupRole;
}

/**
 * The credentials for reading the environments of an app, as the CDK CLI chooses them: the bootstrap's lookup role where it can be assumed,
 * else those that the caller has, provided that they belong to the account. Where the caller's do not, those that a plugin of the CLI gives
 * for the account stand in their place.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export class LookupCredentials {
  private identity?: Promise<Identity>;
  private readonly plugins: CredentialPlugins;

  /**
   * @param config how the caller reaches AWS; a profile, for instance
   * @param sources the plugins of the CLI that give credentials
   */
  constructor(private readonly config: STSClientConfig = {}, sources: readonly CredentialProviderSource[] = []) {
    this.plugins = new CredentialPlugins(sources);
  }

  /** For one environment; asked for when the first call is made, and kept for all clients that share it. */
  for(environment: LookupEnvironment): CredentialProvider {
    return renewed(async () => this.choose(environment));
  }

  private async choose(environment: LookupEnvironment): Promise<AwsCredentials> {
    const config = { ...this.config, region: environment.region ?? this.config.region };
    const sts = new STSClient(config);
    const { lookupRole } = environment;
    const credentials = await this.ofPlugin(sts, environment);
    const own = async (denied?: AwsCallError) => credentials ?? this.ofCaller(sts, environment, denied);
    if (!lookupRole) return own();
    try {
      return await assume(credentials ? new STSClient({ ...config, credentials }) : sts, lookupRole, environment);
    } catch (denied) {
      return own(denied as AwsCallError);
    }
  }

  /** Those of a plugin, if the caller's are of another account. Where there are plugins, who calls matters first of all, else only at the end. */
  private async ofPlugin(sts: STSClient, { account }: LookupEnvironment): Promise<AwsCredentials | undefined> {
    if (account === undefined || this.plugins.areNone) return undefined;
    const caller = await this.identityBy(sts).catch(() => undefined); // told once nobody else has credentials either
    if (caller?.account === account) return undefined;
    const provider = await this.plugins.providerFor(account);
    return provider?.();
  }

  private async ofCaller(sts: STSClient, environment: LookupEnvironment, denied?: AwsCallError): Promise<AwsCredentials> {
    const { account } = environment;
    const failuresOfPlugins = account === undefined ? [] : this.plugins.failuresFor(account);
    const caller = await this.identityBy(sts).catch((cause: Error) => {
      throw failuresOfPlugins.length === 0 ? cause : new Error([cause.message, ...failuresOfPlugins].join(', '), { cause });
    });
    requireAccount(environment, caller, denied, failuresOfPlugins);
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
export function callerCredentials(config: STSClientConfig = {}): (region: string) => CredentialProvider {
  const kept = new Map<string, CredentialProvider>();
  return (region) => {
    const provider = kept.get(region) ?? new STSClient({ ...config, region }).config.credentials;
    kept.set(region, provider);
    return provider;
  };
}

interface Identity {
  readonly account: string;
  readonly credentials: () => Promise<AwsCredentials>;
}

async function identify(sts: STSClient): Promise<Identity> {
  const { Account } = await call('sts:GetCallerIdentity', async () => sts.send(new GetCallerIdentityCommand({})));
  return { account: Account!, credentials: sts.config.credentials };
}

/** Assumes a role with what the CLI gives beside it: its name of the session, if there is one, and the synthesizer's options before all. */
async function assume(
  sts: STSClient, { arn, externalId, additionalOptions = {} }: LookupRole, { account, region }: LookupEnvironment,
): Promise<AwsCredentials> {
  const RoleArn = arn
    .replaceAll('${AWS::Partition}', partition(await sts.config.region()).name)
    .replaceAll('${AWS::AccountId}', account ?? '')
    .replaceAll('${AWS::Region}', region ?? '');
  const { Tags: tags } = additionalOptions as Pick<AssumeRoleCommandInput, 'Tags'>;
  const { Credentials: assumed } = await call('sts:AssumeRole', async () => sts.send(new AssumeRoleCommand({
    RoleArn,
    RoleSessionName: process.env.CDK_ROLE_SESSION_NAME || 'cdk-eks-upgrades',
    ExternalId: externalId,
    ...additionalOptions,
    ...tags && { TransitiveTagKeys: tags.flatMap(({ Key }) => Key ?? []) },
  })));
  return {
    accessKeyId: assumed!.AccessKeyId!,
    secretAccessKey: assumed!.SecretAccessKey!,
    sessionToken: assumed!.SessionToken,
    expiration: assumed!.Expiration,
  };
}

/** What is read in the wrong account would be taken for the truth about another one. */
function requireAccount(
  { account, lookupRole }: LookupEnvironment, caller: Identity, denied: AwsCallError | undefined, failuresOfPlugins: readonly string[],
): void {
  if (account === undefined || account === caller.account) return;
  throw new Error([
    `the credentials are those of account ${caller.account}, not of ${account}`,
    ...denied ? [`and its lookup role ${lookupRole?.arn} could not be assumed: ${denied.message}`] : [],
    ...failuresOfPlugins,
  ].join(', '));
}

async function call<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (cause) {
    throw new AwsCallError(action, cause as Error);
  }
}
