/**
 * Answers and words of AWS as people have shown them in public, with the names and the spelling that they have there. Account
 * numbers and ARNs are made up.
 */

/** @see https://docs.aws.amazon.com/eks/latest/userguide/retreive-iam-policy.html */
export const ADDON_VERSIONS = {
  addons: [{
    addonName: 'aws-ebs-csi-driver',
    type: 'storage',
    addonVersions: [{
      addonVersion: 'v1.31.0-eksbuild.1',
      architecture: ['amd64', 'arm64'],
      compatibilities: [{ clusterVersion: '1.30', platformVersions: ['*'], defaultVersion: true }],
      requiresConfiguration: false,
      requiresIamPermissions: true,
    }],
  }],
};

/** @see https://github.com/DataDog/documentation/issues/29899 */
export const ADDON_CONFIGURATION_OF_NOTHING = {
  addonName: 'datadog_operator',
  addonVersion: 'v0.1.13-eksbuild.1',
  configurationSchema: '{"$schema":"https://json-schema.org/draft/2019-09/schema","additionalProperties":false,'
    + '"description":"No configuration support for datadog_operator","type":"object"}',
  podIdentityConfiguration: [],
};

/**
 * As far as it is quoted there.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s/issues/3059
 */
export const ADDON_CONFIGURATION_OF_VPC_CNI = {
  addonName: 'vpc-cni',
  addonVersion: 'v1.18.6-eksbuild.1',
  configurationSchema: JSON.stringify({
    $ref: '#/definitions/VpcCni',
    $schema: 'http://json-schema.org/draft-06/schema#',
    definitions: {
      Affinity: { type: ['object', 'null'] },
      EniConfig: {
        additionalProperties: false,
        properties: {
          create: { type: 'boolean' },
          region: { type: 'string' },
          subnets: {
            additionalProperties: {
              additionalProperties: false,
              properties: { id: { type: 'string' }, securityGroups: { items: { type: 'string' }, type: 'array' } },
              required: ['id'],
              type: 'object',
            },
            minProperties: 1,
            type: 'object',
          },
        },
        required: ['create', 'region', 'subnets'],
        type: 'object',
      },
      Env: {
        additionalProperties: false,
        properties: {
          ADDITIONAL_ENI_TAGS: { type: 'string' },
          ANNOTATE_POD_IP: { format: 'boolean', type: 'string' },
          AWS_VPC_ENI_MTU: { format: 'integer', type: 'string' },
        },
        type: 'object',
      },
      VpcCni: {
        additionalProperties: false,
        properties: {
          affinity: { $ref: '#/definitions/Affinity' }, eniConfig: { $ref: '#/definitions/EniConfig' }, env: { $ref: '#/definitions/Env' },
        },
        type: 'object',
      },
    },
  }),
  podIdentityConfiguration: [{ serviceAccount: 'aws-node', recommendedManagedPolicies: ['arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy'] }],
};

/**
 * What EKS said of configurations, and the configuration that it said it of.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s/issues/2173
 * @see https://github.com/cookpad/terraform-aws-eks/pull/331
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3520
 */
export const REFUSED_CONFIGURATIONS: ReadonlyArray<{
  readonly values?: string;
  readonly serviceAccount?: string;
  readonly said: string;
  readonly at: string;
}> = [
  {
    values: '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"standard"}}',
    said: '$.env.POD_SECURITY_GROUP_ENFORCING_MODE: is not defined in the schema and the schema does not allow additional properties',
    at: 'env.POD_SECURITY_GROUP_ENFORCING_MODE',
  },
  { values: 'null', said: '$: null found, object expected', at: 'the whole' },
  {
    serviceAccount: 'amazon-cloudwatch',
    said: 'Service account amazon-cloudwatch in pod identity configuration is not supported for addon amazon-cloudwatch-observability',
    at: 'the service account amazon-cloudwatch',
  },
];

/** Releases of Bottlerocket and Windows, out of the names of their images. */
export const OTHER_RELEASES: ReadonlyArray<{
  readonly amiType: string;
  readonly kubernetesVersion: string;
  readonly releaseVersion: string;
  readonly image: string;
}> = [
  {
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: '1.32',
    releaseVersion: '1.49.0-713f44ce',
    image: 'bottlerocket-aws-k8s-1.32-x86_64-v1.49.0-713f44ce',
  },
  {
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: '1.33',
    releaseVersion: '1.46.0-431fe75a',
    image: 'bottlerocket-aws-k8s-1.33-x86_64-v1.46.0-431fe75a',
  },
  {
    amiType: 'BOTTLEROCKET_ARM_64_NVIDIA',
    kubernetesVersion: '1.33',
    releaseVersion: '1.54.0-5043decc',
    image: 'bottlerocket-aws-k8s-1.33-nvidia-aarch64-v1.54.0-5043decc',
  },
  {
    amiType: 'BOTTLEROCKET_x86_64_NVIDIA',
    kubernetesVersion: '1.30',
    releaseVersion: '1.20.4-b6163b2a',
    image: 'bottlerocket-aws-k8s-1.30-nvidia-x86_64-v1.20.4-b6163b2a',
  },
  {
    amiType: 'BOTTLEROCKET_ARM_64',
    kubernetesVersion: '1.29',
    releaseVersion: '1.20.5-a3e8bda1',
    image: 'bottlerocket-aws-k8s-1.29-aarch64-v1.20.5-a3e8bda1',
  },
  {
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: '1.24',
    releaseVersion: '1.14.0-9cd59298',
    image: 'bottlerocket-aws-k8s-1.24-x86_64-v1.14.0-9cd59298',
  },
  {
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: '1.21',
    releaseVersion: '1.7.1-5025d720',
    image: 'bottlerocket-aws-k8s-1.21-x86_64-v1.7.1-5025d720',
  },
  {
    amiType: 'WINDOWS_CORE_2025_x86_64',
    kubernetesVersion: '1.35',
    releaseVersion: '1.35-2026.04.18',
    image: 'Windows_Server-2025-English-Core-EKS_Optimized-1.35-2026.04.18',
  },
  {
    amiType: 'WINDOWS_FULL_2025_x86_64',
    kubernetesVersion: '1.35',
    releaseVersion: '1.35-2026.01.22',
    image: 'Windows_Server-2025-English-Full-EKS_Optimized-1.35-2026.01.22',
  },
];
