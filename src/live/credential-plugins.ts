import { type AwsCredentials, type CredentialProvider, renewed } from './aws-credentials';

/**
 * What a plugin of the CDK CLI registers that gives credentials for accounts, as far as it is needed here.
 *
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/@aws-cdk/cli-plugin-contract/lib/provider-source.ts
 */
export interface CredentialProviderSource {
  readonly name: string;
  isAvailable(): Promise<boolean>;
  canProvideCredentials(account: string): Promise<boolean>;
  getProvider(account: string, mode: number, options: { readonly supportsV3Providers: boolean }): Promise<unknown>;
}

/** By which the CLI asks for credentials that only read. */
const FOR_READING = 0;

/** The plugins of the CDK CLI that give credentials, asked as the CLI asks them. */
export class CredentialPlugins {
  private readonly failures = new Map<string, readonly string[]>();
  private readonly providers = new Map<string, Promise<CredentialProvider | undefined>>();

  constructor(private readonly sources: readonly CredentialProviderSource[]) {}

  get areNone(): boolean {
    return this.sources.length === 0;
  }

  /** The first that has credentials for an account gives them; undefined where none has any. One that cannot say so is left out. */
  async providerFor(account: string): Promise<CredentialProvider | undefined> {
    const provider = this.providers.get(account) ?? this.find(account);
    this.providers.set(account, provider);
    return provider;
  }

  /** Why some did not say whether they have credentials for an account. */
  failuresFor(account: string): readonly string[] {
    return this.failures.get(account) ?? [];
  }

  private async find(account: string): Promise<CredentialProvider | undefined> {
    for (const source of this.sources) {
      if (await this.has(source, account)) return renewed(async () => credentialsFrom(source, account));
    }
    return undefined;
  }

  private async has(source: CredentialProviderSource, account: string): Promise<boolean> {
    try {
      return await source.isAvailable() && await source.canProvideCredentials(account);
    } catch (error) {
      this.failures.set(account, [...this.failuresFor(account), `the plugin ${source.name} failed: ${whyOf(error)}`]);
      return false;
    }
  }
}

async function credentialsFrom(source: CredentialProviderSource, account: string): Promise<AwsCredentials> {
  try {
    const given: any = await source.getProvider(account, FOR_READING, { supportsV3Providers: true });
    const credentials = typeof given === 'function' ? await given() : await settled(given);
    if (credentials?.accessKeyId) return credentials;
  } catch (cause) {
    throw new Error(`the plugin ${source.name} gave no credentials for account ${account}: ${whyOf(cause)}`, { cause });
  }
  throw new Error(`the plugin ${source.name} gave no credentials for account ${account}, but something else`);
}

/** Plugins may throw anything. */
function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Those of version 2 of the SDK are objects that fetch what they hold. */
async function settled(given: any): Promise<any> {
  if (!given?.getPromise) return given;
  await given.getPromise();
  const { accessKeyId, secretAccessKey, sessionToken, expireTime } = given;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: expireTime ?? undefined };
}
