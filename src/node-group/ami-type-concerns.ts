import { CapacityType } from 'aws-cdk-lib/aws-eks-v2';
import { AmiTypeChoice, AmiTypeOrigin } from './ami-type-choice';
import { InstanceNeeds, needsOf } from './instance-needs';
import { amiOfLaunchTemplate, instanceTypesOf, LaunchTemplateAmi } from './launch-template';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { says, warnings } from './messages';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiAccelerator, AmiFamily } from '../engine/ami/eks-ami-type-options';
import { oldestKubeletFor } from '../engine/kubernetes/kubelet-skew';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { Said } from '../engine/messages/message';
import { refusal } from '../engine/messages/refusal';

const LAST_WITH_AMAZON_LINUX_2 = KubernetesMinor.parse(EksAmiType.AL2_X86_64.lastKubernetesVersion!);

/**
 * The AMI types without a variant for Neuron, by the accelerator that they are named for: they carry its drivers all the same.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html of Bottlerocket
 * @see https://github.com/awslabs/amazon-eks-ami/pull/2526 of Amazon Linux 2: "contained both Nvidia and Neuron drivers"
 */
const NEURON_BESIDE: Partial<Record<AmiFamily, AmiAccelerator>> = {
  [AmiFamily.BOTTLEROCKET]: AmiAccelerator.NONE,
  [AmiFamily.AMAZON_LINUX_2]: AmiAccelerator.NVIDIA,
};

/**
 * Spot Instances, which EKS launches by mixed instances policies, and capacity blocks.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html Limitations
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/capacity-reservation-create-asg-procedure.html Considerations
 */
const WITHOUT_WARM_POOLS = [CapacityType.SPOT, CapacityType.CAPACITY_BLOCK];

/**
 * What a user should know about a choice that is allowed.
 */
export function concernsAbout(choice: AmiTypeChoice, props: ManagedNodeGroupWithAmiTrackingProps): Said[] {
  const concerns: Said[] = [];
  const { amiType } = choice;
  if (amiType?.family === AmiFamily.AMAZON_LINUX_2) {
    concerns.push(warnings.amazonLinux2Ended({ amiType }));
  }
  if (amiType) concerns.push(...driversMissing(amiType, needsOf(instanceTypesOf(props))));
  if (choice.origin === AmiTypeOrigin.LEFT_TO_EKS && props.launchTemplateSpec
    && amiOfLaunchTemplate(props.launchTemplateSpec) === LaunchTemplateAmi.UNKNOWN) {
    concerns.push(warnings.launchTemplateUnknown({}));
  }
  if (props.warmPool && props.warmPool.enabled !== false && WITHOUT_WARM_POOLS.includes(props.capacityType!)) {
    concerns.push(warnings.warmPoolOfCapacity({ capacityType: props.capacityType! }));
  }
  if (props.nodegroupName && isKnownAtSynth(props.nodegroupName)) {
    concerns.push(warnings.fixedNodeGroupName({ name: props.nodegroupName }));
  }
  return concerns;
}

/** What a user should know of instance types whose accelerators an AMI type does not serve. */
export function driversMissing(amiType: EksAmiType, needs: InstanceNeeds[]): Said[] {
  const unserved = needs.find((need) => !serves(amiType, need.accelerator));
  if (!unserved) return [];
  const { instanceType, accelerator } = unserved;
  return [warnings.acceleratorMismatch({
    amiType,
    drivers: amiType.accelerator === AmiAccelerator.NONE ? `no drivers for ${accelerator}` : `drivers for ${amiType.accelerator}`,
    instanceType,
    accelerator: accelerator === AmiAccelerator.NONE ? 'no accelerator' : accelerator,
  })];
}

/** Whether an AMI type is for instances with an accelerator. */
function serves({ family, accelerator: own }: EksAmiType, accelerator: AmiAccelerator): boolean {
  return accelerator === own || (accelerator === AmiAccelerator.NEURON && NEURON_BESIDE[family] === own);
}

/**
 * What is to be done when the derived type is not what the L2 would have rendered, which would replace an adopted node group: nothing
 * when no node group of the L2's type can be left, because the control plane is too new for nodes of its last Kubernetes version.
 *
 * @throws for Kubernetes 1.32 and older, where the L2's choice still exists and only the user knows which one is right
 */
export function concernAboutDerivedType(choice: AmiTypeChoice, l2Choice: string | undefined, kubernetesVersion: string): Said[] {
  const derived = choice.rendered;
  if (l2Choice === undefined || l2Choice === derived) { // undefined: the L2 knows none of the instance types
    return [];
  }
  const version = isKnownAtSynth(kubernetesVersion) ? KubernetesMinor.parse(kubernetesVersion) : undefined;
  const lastOfL2Choice = EksAmiType._find(l2Choice)?.lastKubernetesVersion;
  if (version && lastOfL2Choice && oldestKubeletFor(version).isNewerThan(KubernetesMinor.parse(lastOfL2Choice))) {
    return [];
  }
  if (version && !version.isNewerThan(LAST_WITH_AMAZON_LINUX_2)) {
    throw refusal(says.amiTypeToBeNamed({
      kubernetesVersion, other: l2Choice, constantOfOther: l2Choice.toUpperCase(), constant: derived?.toUpperCase() ?? '…',
    }));
  }
  return [warnings.amiTypeChosen({ amiType: derived ?? '…', other: l2Choice, constant: derived?.toUpperCase() ?? '…' })];
}
