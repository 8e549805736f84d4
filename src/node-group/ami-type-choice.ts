import { Construct } from 'constructs';
import { InstanceNeeds, needsOf, refusesWindows } from './instance-needs';
import { amiOfLaunchTemplate, instanceTypesOf, LaunchTemplateAmi } from './launch-template';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { says } from './messages';
import { awaitsLookUp, isKnownAtSynth } from '../diagnostics/known-at-synth';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { refusal } from '../engine/messages/refusal';

/** Who decided on the AMI type of a node group. */
export enum AmiTypeOrigin {
  /** The user named it. */
  GIVEN,
  /** It follows from the instance types. */
  DERIVED,
  /** Nothing is rendered, EKS picks. */
  LEFT_TO_EKS,
  /** The launch template names the image. */
  CUSTOM,
}

/** The AMI type of a node group. */
export interface AmiTypeChoice {
  /** The type that is tracked; undefined when only a token is known of it. */
  readonly amiType?: EksAmiType;
  /** What the template's `AmiType` gets; undefined when EKS picks. */
  readonly rendered?: string;
  readonly origin: AmiTypeOrigin;
}

/**
 * Decides on the AMI type of a node group.
 *
 * Without an AMI type in the template, EKS picks Amazon Linux 2023 x86-64 standard. That is also what happens with a
 * launch template, for which the L2 renders no AMI type either: a type rendered now would replace an adopted node group.
 *
 * @param place where the node group is to be
 * @throws if the type does not exist for the Kubernetes version, does not fit the instance types, or cannot be tracked
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
export function chooseAmiType(
  props: ManagedNodeGroupWithAmiTrackingProps, kubernetesVersion: string, place: { readonly scope: Construct; readonly id: string },
): AmiTypeChoice {
  const needs = needsOf(instanceTypesOf(props));
  requireNoCustomAmi(props, place);
  requireOneArchitecture(needs);

  const given = givenAmiType(props);
  if (given) {
    if (given.amiType) requireFit(given.amiType, needs, kubernetesVersion);
    return given;
  }
  if (!props.instanceTypes?.length || props.launchTemplateSpec) {
    const amiType = EksAmiType.AL2023_X86_64_STANDARD;
    requireFit(amiType, needs, kubernetesVersion);
    return { amiType, origin: AmiTypeOrigin.LEFT_TO_EKS };
  }
  const amiType = needs.length === 0 && props.instanceTypes.some((type) => awaitsLookUp(type.toString()))
    ? EksAmiType.AL2023_X86_64_STANDARD
    : amazonLinux2023For(needs);
  requireFit(amiType, needs, kubernetesVersion);
  return { amiType, rendered: amiType.apiName, origin: AmiTypeOrigin.DERIVED };
}

function givenAmiType(props: ManagedNodeGroupWithAmiTrackingProps): AmiTypeChoice | undefined {
  if (props.amiType !== undefined && props.eksAmiType) {
    throw refusal(says.twoAmiTypes({ amiType: props.amiType, eksAmiType: props.eksAmiType }));
  }
  if (props.eksAmiType) {
    return { amiType: props.eksAmiType, rendered: props.eksAmiType.apiName, origin: AmiTypeOrigin.GIVEN };
  }
  if (props.amiType === undefined) {
    return undefined;
  }
  const amiType = isKnownAtSynth(props.amiType) ? EksAmiType.fromNodegroupAmiType(props.amiType) : undefined;
  return { amiType, rendered: props.amiType, origin: AmiTypeOrigin.GIVEN };
}

function requireNoCustomAmi(
  props: ManagedNodeGroupWithAmiTrackingProps, { scope, id }: { readonly scope: Construct; readonly id: string },
): void {
  if (props.launchTemplateSpec && amiOfLaunchTemplate(props.launchTemplateSpec) === LaunchTemplateAmi.CUSTOM) {
    throw refusal(says.imageInLaunchTemplate({ id, scope: scope.node.path }));
  }
}

/** Refuses instance types that no one image can run on. */
export function requireOneArchitecture(needs: InstanceNeeds[]): void {
  if (new Set(needs.map((need) => need.architecture)).size > 1) {
    const list = needs.map((need) => `${need.instanceType} (${need.architecture})`).join(', ');
    throw refusal(says.mixedArchitectures({ instanceTypes: list }));
  }
}

/**
 * Refuses an AMI type that does not exist for the Kubernetes version, or does not run on the instance types.
 */
export function requireFit(amiType: EksAmiType, needs: InstanceNeeds[], kubernetesVersion: string): void {
  if (isKnownAtSynth(kubernetesVersion) && !amiType.isAvailableFor(kubernetesVersion)) {
    const { firstKubernetesVersion: first, lastKubernetesVersion: last } = amiType;
    const bounds = [first && `from ${first}`, last && `up to ${last}`].filter(Boolean).join(' ');
    throw refusal(says.amiTypeNotForVersion({ amiType, kubernetesVersion, bounds }));
  }
  const misfit = needs.find((need) => need.architecture !== amiType.architecture);
  if (misfit) {
    throw refusal(says.otherArchitecture({
      amiType, architecture: amiType.architecture, instanceType: misfit.instanceType, architectureOfInstance: misfit.architecture,
    }));
  }
  const refused = amiType.family === AmiFamily.WINDOWS && needs.find((need) => refusesWindows(need.instanceType));
  if (refused) {
    throw refusal(says.noWindowsOnInstance({ instanceType: refused.instanceType }));
  }
}

function amazonLinux2023For(needs: InstanceNeeds[]): EksAmiType {
  if (needs.length === 0) {
    throw refusal(says.instanceTypesUnknown({}));
  }
  const accelerators = [...new Set(needs.map((need) => need.accelerator))];
  if (accelerators.length > 1) {
    const list = needs.map((need) => `${need.instanceType} (${need.accelerator})`).join(', ');
    throw refusal(says.mixedDrivers({ instanceTypes: list }));
  }
  const [{ architecture }] = needs;
  const fitting = EksAmiType.all().find((type) => type.family === AmiFamily.AMAZON_LINUX_2023
    && type.architecture === architecture && type.accelerator === accelerators[0]);
  if (!fitting) { // accelerated Arm instances other than NVIDIA: none exist today
    throw refusal(says.noAmiTypeFits({ instanceType: needs[0].instanceType }));
  }
  return fitting;
}
