import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { CfnLaunchTemplate, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { LaunchTemplateSpec, NodegroupOptions } from 'aws-cdk-lib/aws-eks-v2';

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
  const data = launchTemplateData(spec);
  if (!data) {
    return LaunchTemplateAmi.UNKNOWN;
  }
  return data.imageId === undefined ? LaunchTemplateAmi.CHOSEN_BY_EKS : LaunchTemplateAmi.CUSTOM;
}

/** The instance types of a node group: its own, or the one of its launch template. EKS takes either, not both. */
export function instanceTypesOf({ instanceTypes, launchTemplateSpec }: NodegroupOptions): InstanceType[] {
  const ofTemplate = launchTemplateSpec && launchTemplateData(launchTemplateSpec)?.instanceType;
  return instanceTypes ?? (typeof ofTemplate === 'string' ? [new InstanceType(ofTemplate)] : []);
}

/** What a launch template of this app says, resolved; undefined for another. */
function launchTemplateData(spec: LaunchTemplateSpec): Partial<CfnLaunchTemplate.LaunchTemplateDataProperty> | undefined {
  const template = launchTemplateOf(spec.id);
  return template && Stack.of(template).resolve(template.launchTemplateData);
}

/** The launch template of this app behind an ID; undefined for another. */
export function launchTemplateOf(id = ''): CfnLaunchTemplate | undefined {
  const reference = Token.isUnresolved(id) ? Tokenization.reverseString(id).firstToken : undefined;
  const template = reference && Reference.isReference(reference) ? reference.target : undefined;
  return template instanceof CfnLaunchTemplate ? template : undefined;
}
