import { Reference, Token, Tokenization } from 'aws-cdk-lib';
import { CfnLaunchTemplate, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { LaunchTemplateSpec, NodegroupOptions } from 'aws-cdk-lib/aws-eks-v2';
import { isCfnLaunchTemplate } from '../diagnostics/element-kinds';

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
 * Looks into a launch template of this app, as far as the app has got. What comes later is seen when the app is synthesised.
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

/**
 * What a launch template of this app says, undefined for another. Nothing is resolved: user data, security groups and tags keep
 * the first value that somebody has asked for, and would lose what the app adds later.
 */
function launchTemplateData(spec: LaunchTemplateSpec): Partial<CfnLaunchTemplate.LaunchTemplateDataProperty> | undefined {
  const template = launchTemplateOf(spec.id);
  if (!template) return undefined;
  const { launchTemplateData: given } = template;
  return Token.isUnresolved(given) ? {} : given as CfnLaunchTemplate.LaunchTemplateDataProperty;
}

/** The launch template of this app behind an ID; undefined for another. */
export function launchTemplateOf(id = ''): CfnLaunchTemplate | undefined {
  const reference = Token.isUnresolved(id) ? Tokenization.reverseString(id).firstToken : undefined;
  const template = reference && Reference.isReference(reference) ? reference.target : undefined;
  return template && isCfnLaunchTemplate(template) ? template : undefined;
}
