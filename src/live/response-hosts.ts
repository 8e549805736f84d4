import { partition } from '@aws-sdk/core/client';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a URL is one to which CloudFormation wants the answers of custom resources in a Region: its own bucket there, by HTTPS.
 *
 * The bucket is called `cloudformation-custom-resource-response-` and the Region without dashes, such as `uswest2`, and belongs to AWS;
 * S3 serves it at the hosts of the Region, of whatever partition. A local stand-in is accepted where all of AWS is one: when the
 * environment sends every call of AWS to this machine (`AWS_ENDPOINT_URL`). Whoever can set that can replace the function as well.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function isResponseUrl(url: string, region: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && bucketHost(region).test(hostname) || isLoopback(url) && isLoopback(environment.AWS_ENDPOINT_URL ?? '');
}

/** S3's older forms, with a dash or without the Region, are what CloudFormation signs in some Regions. */
function bucketHost(region: string): RegExp {
  const { dnsSuffix, dualStackDnsSuffix } = partition(region);
  const suffixes = [dnsSuffix, dualStackDnsSuffix].map((suffix) => suffix.replaceAll('.', '\\.')).join('|');
  return new RegExp(
    `^cloudformation-custom-resource-response-${region.replaceAll('-', '')}\\.s3(-fips)?([.-](dualstack\\.)?${region})?\\.(${suffixes})$`,
  );
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.includes(new URL(url).hostname);
}
