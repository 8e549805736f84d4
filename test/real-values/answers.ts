/**
 * Answers and words of AWS as people have shown them in public, with the names and the spelling that they have there. Account
 * numbers and ARNs are made up.
 *
 * Of these no public source was found (2026-11-29): a whole answer of DescribeInsight about add-ons, one of DescribeAddonVersions
 * with other platform versions than `*` (two reports quote theirs in words), the JSON that the parameters of Windows images hold,
 * which version of an add-on is the default of which minor in 2026, releases of Windows after 2024 but for two, and the builds of
 * Bottlerocket but for those that names of images show.
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

const TEXT = { type: 'string' };
const YES_OR_NO = { format: 'boolean', type: 'string' };
const NUMBER = { format: 'integer', type: 'string' };

/** An object that has these properties and no others. */
const only = (title: string, properties: object) => ({ additionalProperties: false, properties, title, type: 'object' });

const RULES = {
  Cri: only('Cri', { hostPath: { $ref: '#/definitions/HostPath' } }),
  Env: only('Env', {
    ADDITIONAL_ENI_TAGS: TEXT,
    AWS_VPC_CNI_NODE_PORT_SUPPORT: YES_OR_NO,
    AWS_VPC_ENI_MTU: NUMBER,
    AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER: YES_OR_NO,
    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: YES_OR_NO,
    AWS_VPC_K8S_CNI_EXTERNALSNAT: YES_OR_NO,
    AWS_VPC_K8S_CNI_LOGLEVEL: TEXT,
    AWS_VPC_K8S_CNI_LOG_FILE: TEXT,
    AWS_VPC_K8S_CNI_RANDOMIZESNAT: TEXT,
    AWS_VPC_K8S_CNI_VETHPREFIX: TEXT,
    AWS_VPC_K8S_PLUGIN_LOG_FILE: TEXT,
    AWS_VPC_K8S_PLUGIN_LOG_LEVEL: TEXT,
    DISABLE_INTROSPECTION: YES_OR_NO,
    DISABLE_METRICS: YES_OR_NO,
    DISABLE_NETWORK_RESOURCE_PROVISIONING: YES_OR_NO,
    ENABLE_POD_ENI: YES_OR_NO,
    ENABLE_PREFIX_DELEGATION: YES_OR_NO,
    WARM_ENI_TARGET: NUMBER,
    WARM_PREFIX_TARGET: NUMBER,
  }),
  HostPath: only('HostPath', { path: TEXT }),
  Limits: only('Limits', { cpu: TEXT, memory: TEXT }),
  Resources: only('Resources', { limits: { $ref: '#/definitions/Limits' }, requests: { $ref: '#/definitions/Limits' } }),
  VpcCni: only('VpcCni', {
    cri: { $ref: '#/definitions/Cri' }, env: { $ref: '#/definitions/Env' }, resources: { $ref: '#/definitions/Resources' },
  }),
};

/**
 * Of v1.12.0, and what the guide says works with it.
 *
 * @see https://github.com/awsdocs/amazon-eks-user-guide/blob/4d52b4d0/latest/ug/workloads/eks-add-ons.adoc
 */
export const ADDON_CONFIGURATION_OF_THE_GUIDE = {
  addonName: 'vpc-cni',
  addonVersion: 'v1.12.0-eksbuild.1',
  configurationSchema: JSON.stringify({
    $ref: '#/definitions/VpcCni', $schema: 'http://json-schema.org/draft-06/schema#', definitions: RULES,
  }),
};

export const CONFIGURATIONS_OF_THE_GUIDE = [
  '{\n  "resources": {\n    "limits": {\n      "cpu": "100m"\n    }\n  }\n}\n',
  '  resources: \n    limits: \n      cpu: 100m\n',
  '{"env":{"AWS_VPC_K8S_CNI_EXTERNALSNAT":"true"}}',
];

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

/**
 * Public parameters of SSM with the values that people were shown; undefined where there was none.
 *
 * @see https://github.com/aws/containers-roadmap/issues/1945
 * @see https://github.com/awslabs/amazon-eks-ami/issues/559
 * @see https://github.com/awslabs/amazon-eks-ami/issues/531
 */
export const SSM_PARAMETERS: Readonly<Record<string, string | undefined>> = {
  '/aws/service/bottlerocket/aws-k8s-1.22/x86_64/latest/image_version': '1.12.0-6ef1139f',
  '/aws/service/bottlerocket/aws-k8s-1.22/x86_64/latest/image_id': 'ami-0876c047d0b186fcb',
  '/aws/service/eks/optimized-ami/1.16/amazon-linux-2/recommended/release_version': '1.16.13-20201007',
  '/aws/service/eks/optimized-ami/1.16/amazon-linux-2/amazon-eks-node-1.16-v20200821/image_id': 'ami-0412dd0339679edc9',
  '/aws/service/eks/optimized-ami/1.16/amazon-linux-2/amazon-eks-node-1.16.13-20200821/image_id': undefined,
};

/**
 * Releases that EKS refused, and its words.
 *
 * @see https://github.com/cloudposse/terraform-aws-eks-node-group/issues/209
 * @see https://github.com/eksctl-io/eksctl/issues/4423
 * @see https://github.com/eksctl-io/eksctl/issues/7976
 */
export const REFUSED_RELEASES: ReadonlyArray<{
  readonly amiType: string;
  readonly kubernetesVersion: string;
  readonly releaseVersion: string;
  readonly said: string;
}> = [
  {
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: '1.32',
    releaseVersion: '1.34.0',
    said: 'Requested release version 1.34.0 is not valid for kubernetes version 1.32.',
  },
  {
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: '1.21',
    releaseVersion: '1.21.4-20211013',
    said: 'Requested release version 1.21.4-20211013 is not valid for kubernetes version 1.21',
  },
  {
    amiType: 'AL2_x86_64',
    kubernetesVersion: '1.30',
    releaseVersion: '1.31.3-20250103',
    said: 'Requested release version 1.31.3-20250103 is not valid for kubernetes version 1.30.',
  },
];

/**
 * A version of an add-on that wants a newer platform version than the cluster has, and what EKS said when it was asked for.
 *
 * @see https://github.com/aws/aws-sdk/issues/411
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/24149
 */
export const PLATFORM_VERSION = {
  addOnName: 'aws-ebs-csi-driver',
  addonVersion: 'v1.5.2-eksbuild.1',
  clusterVersion: '1.21',
  platformVersions: ['eks.5+'],
  ofCluster: 'eks.4',
  said: 'Addon version specified is not supported for the cluster platform version',
};

/**
 * The platform versions of Kubernetes 1.31 to 1.29, the newest first.
 *
 * @see https://github.com/awsdocs/amazon-eks-user-guide/blob/4d52b4d0/latest/ug/clusters/platform-versions.adoc
 */
export const PLATFORM_VERSIONS: ReadonlyArray<readonly [kubernetesVersion: string, ...platformVersions: string[]]> = [
  ['1.31', 'eks.12', 'eks.6', 'eks.4'],
  ['1.30', 'eks.20', 'eks.12', 'eks.8', 'eks.7', 'eks.6', 'eks.5', 'eks.2'],
  ['1.29', 'eks.23', 'eks.17', 'eks.13', 'eks.12', 'eks.11', 'eks.10', 'eks.7', 'eks.6', 'eks.5', 'eks.4', 'eks.3', 'eks.1'],
];

/**
 * The latest versions of add-ons by Kubernetes minor, as the user guide had them in December 2024.
 *
 * @see https://github.com/awsdocs/amazon-eks-user-guide/blob/4d52b4d0/latest/ug/networking/eks-networking-add-ons.adoc
 */
export const LATEST_OF_THE_GUIDE: ReadonlyArray<readonly [minor: string, vpcCni: string, coreDns: string, kubeProxy: string]> = [
  ['1.31', 'v1.19.0-eksbuild.1', 'v1.11.3-eksbuild.2', 'v1.31.2-eksbuild.3'],
  ['1.30', 'v1.19.0-eksbuild.1', 'v1.11.3-eksbuild.2', 'v1.30.6-eksbuild.3'],
  ['1.29', 'v1.19.0-eksbuild.1', 'v1.11.3-eksbuild.2', 'v1.29.10-eksbuild.3'],
  ['1.28', 'v1.19.0-eksbuild.1', 'v1.10.1-eksbuild.15', 'v1.28.15-eksbuild.4'],
  ['1.27', 'v1.19.0-eksbuild.1', 'v1.10.1-eksbuild.15', 'v1.27.16-eksbuild.14'],
  ['1.26', 'v1.19.0-eksbuild.1', 'v1.9.3-eksbuild.19', 'v1.26.15-eksbuild.19'],
  ['1.25', 'v1.19.0-eksbuild.1', 'v1.9.3-eksbuild.19', 'v1.25.16-eksbuild.22'],
  ['1.24', 'v1.19.0-eksbuild.1', 'v1.9.3-eksbuild.19', 'v1.24.17-eksbuild.19'],
  ['1.23', 'v1.18.5-eksbuild.1', 'v1.8.7-eksbuild.18', 'v1.23.17-eksbuild.20'],
];

/**
 * Tags of the images of kube-proxy, which are no versions of the add-on.
 *
 * @see https://github.com/awsdocs/amazon-eks-user-guide/blob/4d52b4d0/latest/ug/networking/eks-networking-add-ons.adoc
 */
export const KUBE_PROXY_IMAGES = [
  'v1.31.2-minimal-eksbuild.3', 'v1.30.6-minimal-eksbuild.3', 'v1.29.10-minimal-eksbuild.3', 'v1.28.15-minimal-eksbuild.4',
  'v1.27.16-minimal-eksbuild.14', 'v1.26.15-minimal-eksbuild.19', 'v1.25.16-minimal-eksbuild.22', 'v1.24.17-minimal-eksbuild.19',
  'v1.23.17-minimal-eksbuild.20',
];

/**
 * What EC2 Auto Scaling says of launches: the description of the activity, and its message.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/autoscaling/describe-scaling-activities.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html
 */
export const FAILED_LAUNCHES = [
  'Your Spot request price of 0.001 is lower than the minimum required Spot request fulfillment price of 0.0031. Launching EC2 instance failed.',
  "The image id 'ami-4edb0327' does not exist. Launching EC2 instance failed.",
  'You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs '
    + 'to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2 instance failed.',
  'Your requested instance type (c6i.2xlarge) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not '
    + 'specifying an Availability Zone or choosing us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f. Launching EC2 instance failed.',
  'Authentication Failure. Launching EC2 instance failed.',
];

/**
 * How IAM ends its sentence, and what of it is worth telling.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const DENIALS: ReadonlyArray<readonly [ending: string, told: string]> = [
  ['because no identity-based policy allows the eks:ListInsights action', 'no identity-based policy allows the eks:ListInsights action'],
  ['because no permissions boundary allows the eks:ListInsights action', 'no permissions boundary allows the eks:ListInsights action'],
  ['with an explicit deny in an identity-based policy', 'an explicit deny in an identity-based policy'],
  ['with an explicit deny in a permissions boundary', 'an explicit deny in a permissions boundary'],
  ['with an explicit deny in a service control policy', 'an explicit deny in a service control policy'],
  [
    'with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-example',
    'an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-example',
  ],
];

/**
 * A failed update of a node group.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export const FAILED_UPDATE = {
  id: '00000000-0000-4000-8000-000000000000',
  status: 'Failed',
  type: 'VersionUpdate',
  params: [{ type: 'Version', value: '1.26' }, { type: 'ReleaseVersion', value: '1.26.4-20230526' }],
  createdAt: Date.parse('2023-06-03T17:19:38.068Z') / 1000,
  errors: [{
    errorCode: 'PodEvictionFailure',
    errorMessage: 'Reached max retries while trying to evict pods from nodes in node group workers',
    resourceIds: ['ip-192-168-2-44.eu-west-1.compute.internal'],
  }],
};
