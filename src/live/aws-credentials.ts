import type { STSClientConfig } from '@aws-sdk/client-sts';

/** What gives credentials to the SDK. */
export type CredentialProvider = Exclude<NonNullable<STSClientConfig['credentials']>, { accessKeyId: string }>;

/** The credentials themselves. */
export type AwsCredentials = Awaited<ReturnType<CredentialProvider>>;

/** Credentials are renewed this long before they end. */
const RENEW_BEFORE_MILLIS = 5 * 60_000;

/** Fetches credentials when the first call is made, keeps them for all clients that share them, and renews them. */
export function renewed(fetch: () => Promise<AwsCredentials>): CredentialProvider {
  let kept: Promise<AwsCredentials> | undefined;
  return async () => {
    const last = kept;
    const { expiration } = await last ?? {};
    if (kept === last && (!last || (expiration && expiration.getTime() - Date.now() < RENEW_BEFORE_MILLIS))) { // else somebody renews them
      kept = fetch();
      kept.catch(() => kept = undefined);
    }
    return kept!;
  };
}
