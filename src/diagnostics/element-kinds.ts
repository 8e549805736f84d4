import { CfnCondition, CfnElement, CfnMapping, CfnParameter, CfnResource } from 'aws-cdk-lib';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/*
 * Kinds of elements of templates, known by a member: an app may have made them with another copy of the CDK, as one of a linked package,
 * which `instanceof` does not know.
 */

export function isCfnCondition(construct: IConstruct): construct is CfnCondition {
  return CfnElement.isCfnElement(construct) && 'expression' in construct;
}

export function isCfnMapping(construct: IConstruct): construct is CfnMapping {
  return CfnElement.isCfnElement(construct) && 'findInMap' in construct;
}

export function isCfnParameter(construct: IConstruct): construct is CfnParameter {
  return CfnElement.isCfnElement(construct) && 'valueAsString' in construct;
}

export function isCfnRole(construct: IConstruct): construct is CfnRole {
  return CfnResource.isCfnResource(construct) && 'assumeRolePolicyDocument' in construct;
}

export function isCfnLaunchTemplate(construct: IConstruct): construct is CfnLaunchTemplate {
  return CfnResource.isCfnResource(construct) && 'launchTemplateData' in construct;
}
