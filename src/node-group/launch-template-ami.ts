import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { LaunchTemplateSpec } from 'aws-cdk-lib/aws-eks-v2';

/** Whether a launch template brings an AMI of its own, which EKS calls `CUSTOM` and does not track. */
export enum LaunchTemplateAmi {
  /** It names an image. */
  CUSTOM,
  /** It names none: EKS chooses the image by AMI type and release version. */
  CHOSEN_BY_EKS,
  /** The template is not part of this app. */
  UNKNOWN,
}

/**
 * Looks into a launch template of this app.
 */
export function amiOfLaunchTemplate(spec: LaunchTemplateSpec): LaunchTemplateAmi {
  const reference = Token.isUnresolved(spec.id) ? Tokenization.reverseString(spec.id).firstToken : undefined;
  const template = reference && Reference.isReference(reference) ? reference.target : undefined;
  if (!(template instanceof CfnLaunchTemplate)) {
    return LaunchTemplateAmi.UNKNOWN;
  }
  const data = Stack.of(template).resolve(template.launchTemplateData);
  return data.imageId === undefined ? LaunchTemplateAmi.CHOSEN_BY_EKS : LaunchTemplateAmi.CUSTOM;
}
