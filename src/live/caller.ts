import type { STSClientConfig } from '@aws-sdk/client-sts';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { NetworkOptions, requestHandlerFor } from './network';
import { profileOf } from './profile';

/** How whoever calls reaches AWS. */
export type CallerConfig = Pick<STSClientConfig, 'profile' | 'credentials' | 'region' | 'requestHandler'>;

/**
 * How whoever calls reaches AWS, as the CDK CLI takes it: a profile that an option names and no other credentials, else variables of
 * credentials before `AWS_PROFILE`; the Region of one of four variables. The SDK takes fewer, and another order.
 *
 * Where the CLI falls back on `us-east-1`, there is no Region here: what is read in the wrong one would be taken for the truth.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/configure-access.html
 */
export function callerConfig(options: NetworkOptions): CallerConfig {
  const requestHandler = requestHandlerFor(options);
  return { ...identityOf(options.profile, requestHandler), region: async () => regionOf(options.profile), requestHandler };
}

/**
 * A profile that an option names is the only one that counts: without it, a misspelt one would be read with whatever else is there. What is
 * asked for credentials, such as the portal of IAM Identity Center, is reached as AWS is.
 */
function identityOf(
  named: string | undefined, requestHandler: CallerConfig['requestHandler'],
): Pick<CallerConfig, 'profile' | 'credentials'> {
  const profile = profileOf(named);
  const given = { profile, clientConfig: { requestHandler } };
  if (named) return { profile, credentials: fromIni(given) };
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  return AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY ? { credentials: fromEnv() } : { profile, credentials: defaultProvider(given) };
}

/** The Region that the environment names, else the profile; undefined where neither does. */
export async function regionOfCaller(named: string | undefined): Promise<string | undefined> {
  const { AWS_REGION, AMAZON_REGION, AWS_DEFAULT_REGION, AMAZON_DEFAULT_REGION } = process.env;
  return AWS_REGION || AMAZON_REGION || AWS_DEFAULT_REGION || AMAZON_DEFAULT_REGION || await regionOfProfile(nameOfProfile(named))
    || undefined;
}

function nameOfProfile(named: string | undefined): string {
  return profileOf(named) ?? 'default';
}

async function regionOf(named: string | undefined): Promise<string> {
  const region = await regionOfCaller(named);
  if (region === undefined) {
    throw new Error(`neither the stack nor the environment nor the profile '${nameOfProfile(named)}' names a Region; set AWS_REGION, or give the stack an env`);
  }
  return region;
}

async function regionOfProfile(profile: string): Promise<string | undefined> {
  const { credentialsFile, configFile } = await loadSharedConfigFiles();
  const of = (name: string) => credentialsFile[name]?.region ?? configFile[name]?.region;
  return of(profile) ?? of('default');
}
