import { fromEnv } from '@aws-sdk/credential-provider-env';
import type { AwsConnectionOptions } from './aws-connection';

/**
 * The credentials of a Lambda function: those of its environment, or of the endpoint that the environment names instead.
 *
 * The SDK's own search goes on to files, SSO and EC2, of which a function has none.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export const functionCredentials: AwsConnectionOptions['credentials'] = async () => {
  const { AWS_ACCESS_KEY_ID, AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI } = process.env;
  if (AWS_ACCESS_KEY_ID || !(AWS_CONTAINER_CREDENTIALS_FULL_URI || AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)) return fromEnv()();
  const { fromHttp } = await import('@aws-sdk/credential-provider-http');
  return fromHttp()();
};
