/** The configuration of a cluster of the older `aws-eks`, as its custom resource has it: properties of the EKS API. */
export interface AwsEksConfig {
  readonly version?: unknown;
  readonly logging?: unknown;
  readonly encryptionConfig?: unknown;
  readonly resourcesVpcConfig?: Readonly<Record<string, unknown>>;
  readonly accessConfig?: { readonly authenticationMode?: unknown };
  readonly deletionProtection?: unknown;
  readonly bootstrapSelfManagedAddons?: unknown;
  readonly controlPlaneScalingConfig?: unknown;
}

/**
 * What the custom resource of such a cluster updates beside its version, by kind: it does one kind in a deployment, and fails for two.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/custom-resource-handlers/lib/aws-eks/cluster-resource-handler/cluster.ts
 */
export function awsEksUpdates({
  logging, encryptionConfig, resourcesVpcConfig: vpc = {}, accessConfig = {}, deletionProtection, controlPlaneScalingConfig,
}: AwsEksConfig): Record<string, unknown> {
  return {
    Logging: logging,
    // is told always, so that a template of an older version of this library is not taken for one without
    Encryption: encryptionConfig ?? {},
    EndpointAccess: [vpc.endpointPrivateAccess, vpc.endpointPublicAccess, vpc.publicAccessCidrs],
    SubnetsAndSecurityGroups: [vpc.subnetIds, vpc.securityGroupIds],
    AuthenticationMode: accessConfig.authenticationMode,
    DeletionProtection: deletionProtection,
    ControlPlaneScaling: controlPlaneScalingConfig,
  };
}
