/**
 * The node groups that are measured, as plain data: group number i is of kind i modulo 5.
 */

export const ENVIRONMENT = { account: '111122223333', region: 'us-west-2' };

export const KUBERNETES_VERSION = '1.36';

/** CloudFormation takes 500 resources in a stack: as many groups as fit with a role each, though here all share one. */
export const GROUPS_PER_STACK = 250;

export interface NodeGroupKind {
  readonly amiType: string;
  readonly instanceType: string;
  readonly releaseVersion: string;
  /** The SSM parameter in which AWS publishes the release version. */
  readonly parameterName: string;
}

const AMAZON_LINUX = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023';
const BOTTLEROCKET = '/aws/service/bottlerocket/aws-k8s-1.36';

export const KINDS: readonly NodeGroupKind[] = [
  {
    amiType: 'AL2023_x86_64_STANDARD',
    instanceType: 'm7i.large',
    releaseVersion: '1.36.2-20260714',
    parameterName: `${AMAZON_LINUX}/x86_64/standard/recommended/release_version`,
  },
  {
    amiType: 'AL2023_ARM_64_STANDARD',
    instanceType: 'm7g.large',
    releaseVersion: '1.36.2-20260714',
    parameterName: `${AMAZON_LINUX}/arm64/standard/recommended/release_version`,
  },
  {
    amiType: 'AL2023_x86_64_NVIDIA',
    instanceType: 'g5.xlarge',
    releaseVersion: '1.36.2-20260714',
    parameterName: `${AMAZON_LINUX}/x86_64/nvidia/recommended/release_version`,
  },
  {
    amiType: 'BOTTLEROCKET_x86_64',
    instanceType: 'm7i.xlarge',
    releaseVersion: '1.50.0-18d04e52',
    parameterName: `${BOTTLEROCKET}/x86_64/latest/image_version`,
  },
  {
    amiType: 'BOTTLEROCKET_ARM_64',
    instanceType: 'm7g.xlarge',
    releaseVersion: '1.50.0-18d04e52',
    parameterName: `${BOTTLEROCKET}/arm64/latest/image_version`,
  },
];

export const CLUSTER = {
  name: 'production',
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  availabilityZones: ['us-west-2a', 'us-west-2b'],
  subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b2c3d4e5f6071829'],
  nodeRoleArn: 'arn:aws:iam::111122223333:role/nodes',
};

/** What `cdk.context.json` holds once the releases were looked up. */
export function lookedUpReleases(): Record<string, string> {
  const { account, region } = ENVIRONMENT;
  return Object.fromEntries(KINDS.map(({ parameterName, releaseVersion }) => [
    `ssm:account=${account}:parameterName=${parameterName}:region=${region}`, releaseVersion,
  ]));
}
