/**
 * The codes of issues and errors that EKS tells.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Issue.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonIssue.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html
 */
export const NODE_GROUP_ISSUES = [
  'AccessDenied', 'AmiIdNotFound', 'AsgInstanceLaunchFailures', 'AutoScalingGroupInstanceRefreshActive', 'AutoScalingGroupInvalidConfiguration',
  'AutoScalingGroupNotFound', 'AutoScalingGroupOptInRequired', 'AutoScalingGroupRateLimitExceeded', 'ClusterUnreachable',
  'Ec2InstanceTypeDoesNotExist', 'Ec2LaunchTemplateDeletionFailure', 'Ec2LaunchTemplateInvalidConfiguration', 'Ec2LaunchTemplateMaxLimitExceeded',
  'Ec2LaunchTemplateNotFound', 'Ec2LaunchTemplateVersionMaxLimitExceeded', 'Ec2LaunchTemplateVersionMismatch', 'Ec2SecurityGroupDeletionFailure',
  'Ec2SecurityGroupNotFound', 'Ec2SubnetInvalidConfiguration', 'Ec2SubnetListTooLong', 'Ec2SubnetMissingIpv6Assignment', 'Ec2SubnetNotFound',
  'IamInstanceProfileNotFound', 'IamLimitExceeded', 'IamNodeRoleNotFound', 'IamThrottling', 'InstanceLimitExceeded', 'InsufficientFreeAddresses',
  'InternalFailure', 'KubernetesLabelInvalid', 'LimitExceeded', 'NodeCreationFailure', 'NodeTerminationFailure', 'PodEvictionFailure',
  'SourceEc2LaunchTemplateNotFound', 'Unknown',
] as const;

/** Those with which EKS updates a node group all the same: re:Post, "Resolve cluster health errors". */
export const TOLERATED_NODE_GROUP_ISSUES = [
  'AsgInstanceLaunchFailures', 'InstanceLimitExceeded', 'InsufficientFreeAddresses', 'ClusterUnreachable',
];

/** Those that a new release may end. No release brings back a role, a template or a group. */
export const CURABLE_NODE_GROUP_ISSUES = [
  ...TOLERATED_NODE_GROUP_ISSUES, 'AmiIdNotFound', 'NodeCreationFailure', 'NodeTerminationFailure', 'PodEvictionFailure', 'InternalFailure', 'Unknown',
];

export const ADDON_ISSUES = [
  'AccessDenied', 'AddonPermissionFailure', 'AddonSubscriptionNeeded', 'AdmissionRequestDenied', 'ClusterUnreachable', 'ConfigurationConflict',
  'InsufficientNumberOfReplicas', 'InternalFailure', 'K8sResourceNotFound', 'UnsupportedAddonModification',
];

export const UPDATE_ERRORS = [
  'AccessDenied', 'AdmissionRequestDenied', 'ClusterUnreachable', 'ConfigurationConflict', 'EniLimitReached', 'InsufficientFreeAddresses',
  'InsufficientNumberOfReplicas', 'IpNotAvailable', 'K8sResourceNotFound', 'NodeCreationFailure', 'OperationNotPermitted', 'PodEvictionFailure',
  'SecurityGroupNotFound', 'SubnetNotFound', 'Unknown', 'UnsupportedAddonModification', 'VpcIdNotFound',
];
