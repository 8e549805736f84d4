import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Whether a construct is a resource of a CloudFormation type.
 *
 * Told by the type's name, not by the class: older versions of the CDK have the generated resources of EKS in `aws-eks` only, newer ones
 * in `aws-eks-v2` as well.
 */
export function isResourceOfType(construct: IConstruct | undefined, type: string): construct is CfnResource {
  return construct !== undefined && CfnResource.isCfnResource(construct) && construct.cfnResourceType === type;
}
