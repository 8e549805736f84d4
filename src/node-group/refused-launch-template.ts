import { says } from './messages';
import { userDataText } from './user-data-text';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { Said } from '../engine/messages/message';

/** A node group and its launch template, as they are rendered. */
export interface LaunchedGroup {
  readonly properties: Record<string, any>;
  /** The data of a launch template of this app; empty for any other. */
  readonly data: Record<string, any>;
  /** The operating system of an AMI that EKS chooses. */
  readonly family?: AmiFamily;
}

/** What has no place in the launch template of a managed node group. */
const PROHIBITED: { readonly setting: string; readonly instead: string; isIn(data: Record<string, any>): boolean }[] = [
  {
    setting: 'IamInstanceProfile',
    instead: 'leave role and instanceProfile out of it, and give the role to the node group as nodeRole',
    isIn: ({ IamInstanceProfile: profile }) => isGiven(profile),
  },
  {
    setting: 'NetworkInterfaces.SubnetId',
    instead: 'leave it out, and give the node group subnets',
    isIn: ({ NetworkInterfaces: interfaces }) => Array.isArray(interfaces) && interfaces.some(({ SubnetId }) => isGiven(SubnetId)),
  },
  {
    setting: 'InstanceMarketOptions (spot)',
    instead: 'leave spotOptions out of it, and give the node group capacityType: CapacityType.SPOT',
    isIn: ({ InstanceMarketOptions: options }) => options?.MarketType === 'spot',
  },
  {
    setting: 'HibernationOptions',
    instead: 'leave it out, because EKS starts and ends the instances; with an AMI of EKS, warmPool can keep hibernated ones',
    isIn: ({ HibernationOptions: options }) => options?.Configured === true,
  },
  {
    setting: 'InstanceInitiatedShutdownBehavior',
    instead: 'leave it out, because EKS starts and ends the instances',
    isIn: ({ InstanceInitiatedShutdownBehavior: behavior }) => typeof behavior === 'string',
  },
];

/** Stands for a part of user data that only the deployment knows: neither a comment nor the beginning of anything. */
const UNKNOWN = '…';

/**
 * What EKS refuses of a launch template, and of a node group beside one: as far as it shows when the app is synthesised.
 *
 * Nothing is said of what a condition or the deployment decides, nor of a version that the node group names by its number.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_LaunchTemplateSpecification.html
 */
export function refusedByEks({ properties, data, family }: LaunchedGroup): Said[] {
  if (!isGiven(properties.LaunchTemplate)) return [];
  const seen = typeof properties.LaunchTemplate.Version === 'string' ? {} : data;
  return [
    ...besideTemplate(properties),
    ...PROHIBITED.filter(({ isIn }) => isIn(seen)).map(({ setting, instead }) => says.prohibitedInTemplate({ setting, instead })),
    ...twoInstanceTypes(properties, seen),
    ...otherUserData(seen, family),
  ];
}

function besideTemplate({ DiskSize: diskSize, RemoteAccess: remoteAccess }: Record<string, any>): Said[] {
  return [
    ...isGiven(diskSize) ? [says.diskSize({ diskSize: JSON.stringify(diskSize), isOwn: true })] : [],
    ...isGiven(remoteAccess) ? [says.remoteAccess({ isOwn: true })] : [],
  ];
}

function twoInstanceTypes({ InstanceTypes: types }: Record<string, any>, { InstanceType: instanceType }: Record<string, any>): Said[] {
  const instanceTypes = [types].flat().filter((type) => typeof type === 'string');
  return instanceTypes.length > 0 && typeof instanceType === 'string' ? [says.twoInstanceTypes({ instanceTypes, instanceType })] : [];
}

/**
 * EKS merges user data with its own where it chooses the image, and takes it in the form of the operating system only.
 *
 * A `NodeConfig` by itself is let through: for Amazon Linux 2023, the user guide says both. So is what begins with a part that only the
 * deployment knows.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
function otherUserData({ UserData: userData, ImageId: imageId }: Record<string, any>, family: AmiFamily | undefined): Said[] {
  const text = imageId === undefined ? userDataText(userData, UNKNOWN) : '';
  switch (family) {
    case AmiFamily.AMAZON_LINUX_2:
    case AmiFamily.AMAZON_LINUX_2023:
      return isScriptOrCloudConfig(text) ? [says.userDataNotMultipart({ firstLine: firstLineOf(text) })] : [];
    case AmiFamily.BOTTLEROCKET:
      return isMultipart(text) ? [says.userDataNotToml({ firstLine: firstLineOf(text) })] : [];
    default:
      return [];
  }
}

function isMultipart(text: string): boolean {
  return /^\s*(mime-version|content-type):/i.test(text);
}

/** What cloud-init takes by itself begins with a `#`, as does a comment in a `NodeConfig`. */
function isScriptOrCloudConfig(text: string): boolean {
  return /^\s*#/.test(text) && !mayBeNodeConfig(text);
}

/** The rest of what begins with a mere comment decides, where it is known. */
function mayBeNodeConfig(text: string): boolean {
  return /(^|…)apiVersion:\s*node\.eks\.aws\//m.test(text) || (/^\s*#\s/.test(text) && text.includes(UNKNOWN));
}

function firstLineOf(text: string): string {
  return text.trim().split('\n')[0].trim().slice(0, 60);
}

/** Whether a property surely stands in the template. */
function isGiven(value: unknown): boolean {
  return value !== undefined && !/"Fn::If"|"AWS::NoValue"/.test(JSON.stringify(value));
}
