import { ADD_ON_TYPE, AWS_EKS_CLUSTER_TYPE, CLUSTER_TYPE, LAUNCH_TEMPLATE_TYPE, NODE_GROUP_TYPE } from '../state/deployed-stack';

/**
 * The properties that CloudFormation can only set when it creates a resource of EKS, or a launch template: it replaces one of which they
 * change.
 *
 * Of a cluster of the older `aws-eks`, those for which the custom resource creates another cluster. Nested ones are written with dots.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
 * @see https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/custom-resource-handlers/lib/aws-eks/cluster-resource-handler/cluster.ts
 */
export const CREATE_ONLY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  [CLUSTER_TYPE]: [
    'Name', 'RoleArn', 'EncryptionConfig', 'KubernetesNetworkConfig.IpFamily', 'KubernetesNetworkConfig.ServiceIpv4Cidr', 'OutpostConfig',
    'BootstrapSelfManagedAddons', 'AccessConfig.BootstrapClusterCreatorAdminPermissions',
  ],
  [NODE_GROUP_TYPE]: [
    'AmiType', 'CapacityType', 'ClusterName', 'DiskSize', 'InstanceTypes', 'NodegroupName', 'NodeRole', 'RemoteAccess', 'Subnets',
  ],
  [LAUNCH_TEMPLATE_TYPE]: ['LaunchTemplateName'],
  [ADD_ON_TYPE]: ['ClusterName', 'AddonName', 'NamespaceConfig'],
  [AWS_EKS_CLUSTER_TYPE]: [
    'Config.name', 'Config.roleArn', 'Config.bootstrapSelfManagedAddons', 'Config.accessConfig.bootstrapClusterCreatorAdminPermissions',
  ],
};
