import { Token } from 'aws-cdk-lib';
import { requireOneArchitecture } from './ami-type-choice';
import { InstanceNeeds, needsOf, refusesWindows } from './instance-needs';
import { instanceTypesOf } from './launch-template';
import { requireSettableImage } from './launch-template-image';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { says } from './messages';
import { NodeLaunchOptions } from './node-launch-options';
import { awaitsLookUp, isKnownAtSynth } from '../diagnostics/known-at-synth';
import { requireInteger } from '../diagnostics/require-integer';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { refusal } from '../engine/messages/refusal';
import { GoldenImage } from '../tracking/golden-image';

/** Which launch options are for which operating system only. */
const FAMILIES_OF_OPTIONS: { readonly [Option in keyof NodeLaunchOptions]?: readonly AmiFamily[] } = {
  kubeletFlags: [AmiFamily.AMAZON_LINUX_2023, AmiFamily.WINDOWS],
  nodeConfig: [AmiFamily.AMAZON_LINUX_2023],
  userDataParts: [AmiFamily.AMAZON_LINUX_2023],
  bottlerocketSettings: [AmiFamily.BOTTLEROCKET],
  powerShellBefore: [AmiFamily.WINDOWS],
  powerShellAfter: [AmiFamily.WINDOWS],
};

const JOINING_FAMILIES: readonly AmiFamily[] = [AmiFamily.AMAZON_LINUX_2023, AmiFamily.BOTTLEROCKET, AmiFamily.WINDOWS];

/**
 * Refuses what EKS or the operating system would refuse of a node group with an image of one's own.
 *
 * @throws if options are for the AMIs of EKS, for another operating system, or not for launch templates
 */
export function checkGoldenProps(image: GoldenImage, props: ManagedNodeGroupWithAmiTrackingProps): void {
  refuseOptionsOfEksAmis(props);
  const isOwn = props.launchTemplateSpec !== undefined;
  if (props.diskSize !== undefined) {
    throw refusal(says.diskSize({ diskSize: props.diskSize, isOwn }));
  }
  if (props.remoteAccess) {
    throw refusal(says.remoteAccess({ isOwn }));
  }
  refuseWarmPool(props);
  requireArchitecture(image, needsOf(instanceTypesOf(props)));
  if (props.launchTemplateSpec) {
    if (props.nodeLaunch) {
      throw refusal(says.twoLaunchTemplates({}));
    }
    requireSettableImage(props.launchTemplateSpec);
  } else {
    checkLaunch(image, props.nodeLaunch ?? {});
  }
}

/**
 * The Kubernetes minor of the image, as image and props say it; undefined where they do not.
 *
 * @throws if they say different things
 */
export function minorOfImage(
  { kubernetesVersion: ofImage }: GoldenImage, { kubernetesVersion }: ManagedNodeGroupWithAmiTrackingProps,
): string | undefined {
  const wanted = kubernetesVersion?.version;
  if (wanted === undefined || !isKnownAtSynth(wanted)) return ofImage;
  KubernetesMinor.ofEks(wanted);
  if (ofImage !== undefined && ofImage !== wanted) {
    throw refusal(says.versionOfImage({ wanted, ofImage }));
  }
  return wanted;
}

function refuseOptionsOfEksAmis({ amiType, eksAmiType, amiTracking, releaseVersion }: ManagedNodeGroupWithAmiTrackingProps): void {
  const given = Object.entries({
    amiType, eksAmiType, amiTracking: amiTracking?.mode, releaseVersion,
  }).find(([, value]) => value !== undefined);
  if (given) {
    const [prop, value] = given;
    throw refusal(says.besideGoldenImage({ prop, value: value! }));
  }
}

/**
 * Refuses a warm pool; one that is switched off says what EKS does anyway.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/warm-pools-managed-node-groups.html
 */
function refuseWarmPool({ warmPool }: ManagedNodeGroupWithAmiTrackingProps): void {
  if (warmPool && warmPool.enabled !== false) {
    throw refusal(says.noWarmPoolOfImage({}));
  }
}

/** Refuses instance types on which an image does not run. */
export function requireArchitecture({ architecture, family }: GoldenImage, needs: InstanceNeeds[]): void {
  requireOneArchitecture(needs);
  const misfit = architecture && needs.find((need) => need.architecture !== architecture);
  if (misfit) {
    throw refusal(says.imageOfOtherArchitecture({
      architecture, instanceType: misfit.instanceType, architectureOfInstance: misfit.architecture,
    }));
  }
  const refused = family === AmiFamily.WINDOWS && needs.find((need) => refusesWindows(need.instanceType));
  if (refused) {
    throw refusal(says.noWindowsImageOnInstance({ instanceType: refused.instanceType }));
  }
}

function checkLaunch({ family }: GoldenImage, options: NodeLaunchOptions): void {
  if (!JOINING_FAMILIES.includes(family)) {
    throw refusal(says.unknownFamily({ family }));
  }
  for (const [option, families] of Object.entries(FAMILIES_OF_OPTIONS)) {
    if (options[option as keyof NodeLaunchOptions] !== undefined && !families.includes(family)) {
      throw refusal(says.optionOfOtherFamily({ option, families, family, instead: insteadFor(family) }));
    }
  }
  requireInteger('nodeLaunch.metadataHopLimit', options.metadataHopLimit, { min: 1, max: 64 });
  const { serviceCidr } = options;
  const isKnown = serviceCidr !== undefined && !Token.isUnresolved(serviceCidr) && !awaitsLookUp(serviceCidr);
  if (isKnown && !/^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]+:[\da-f:]*)\/\d{1,3}$/i.test(serviceCidr)) {
    throw refusal(says.notARange({ serviceCidr }));
  }
}

function insteadFor(family: AmiFamily): string {
  switch (family) {
    case AmiFamily.BOTTLEROCKET: return 'give bottlerocketSettings, as in { kubernetes: { \'max-pods\': 58 } }';
    case AmiFamily.WINDOWS: return 'give kubeletFlags, powerShellBefore or powerShellAfter';
    default: return 'give kubeletFlags, nodeConfig or userDataParts';
  }
}
