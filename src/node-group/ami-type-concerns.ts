import { AmiTypeChoice, AmiTypeOrigin } from './ami-type-choice';
import { needsOf } from './instance-needs';
import { amiOfLaunchTemplate, instanceTypesOf, LaunchTemplateAmi } from './launch-template';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { oldestKubeletFor } from '../engine/kubernetes/kubelet-skew';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';

const LAST_WITH_AMAZON_LINUX_2 = KubernetesMinor.parse(EksAmiType.AL2_X86_64.lastKubernetesVersion!);

/** Something about an AMI type that only the user can judge. */
export interface AmiTypeConcern {
  readonly id: string;
  readonly message: string;
}

/**
 * What a user should know about a choice that is allowed.
 */
export function concernsAbout(choice: AmiTypeChoice, props: ManagedNodeGroupWithAmiTrackingProps): AmiTypeConcern[] {
  const concerns: AmiTypeConcern[] = [];
  const { amiType } = choice;
  if (amiType?.family === AmiFamily.AMAZON_LINUX_2) {
    concerns.push({
      id: 'amazonLinux2Ended',
      message: `AMI type ${amiType} gets no more AMIs: Amazon Linux 2 for EKS ended on 2025-11-26 and does not exist after Kubernetes 1.32; `
        + 'add a node group with an AL2023 or Bottlerocket type, move the workload, and remove this one',
    });
  }
  const unserved = amiType && needsOf(instanceTypesOf(props)).find((need) => need.accelerator !== amiType.accelerator);
  if (unserved && amiType) {
    concerns.push({
      id: 'acceleratorMismatch',
      message: `AMI type ${amiType} carries drivers for ${amiType.accelerator}, instance type ${unserved.instanceType} has ${unserved.accelerator}: `
        + 'choose an AMI type with the drivers, or acknowledge this if you install them yourself',
    });
  }
  if (choice.origin === AmiTypeOrigin.LEFT_TO_EKS && props.launchTemplateSpec
    && amiOfLaunchTemplate(props.launchTemplateSpec) === LaunchTemplateAmi.UNKNOWN) {
    concerns.push({
      id: 'launchTemplateUnknown',
      message: 'the launch template is not part of this app: if it names an image of its own, EKS refuses the Kubernetes version and release version '
        + 'rendered here, so name that image with goldenImage; if it does not, acknowledge this',
    });
  }
  if (props.nodegroupName && isKnownAtSynth(props.nodegroupName)) {
    concerns.push({
      id: 'fixedNodeGroupName',
      message: `nodegroupName is fixed to '${props.nodegroupName}': a change that replaces the node group (AMI type, instance types, capacity type, `
        + 'disk size, subnets, node role, remote access) will fail because that name already exists; change the name together with it, or, '
        + 'for a new node group, leave the name out',
    });
  }
  return concerns;
}

/**
 * What is to be done when the derived type is not what the L2 would have rendered, which would replace an adopted node group: nothing
 * when no node group of the L2's type can be left, because the control plane is too new for nodes of its last Kubernetes version.
 *
 * @throws for Kubernetes 1.32 and older, where the L2's choice still exists and only the user knows which one is right
 */
export function concernAboutDerivedType(choice: AmiTypeChoice, l2Choice: string | undefined, kubernetesVersion: string): AmiTypeConcern[] {
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
    throw new Error(`the AMI type must be named for Kubernetes ${kubernetesVersion}: eks.Nodegroup would choose ${l2Choice} for these instance types. `
      + `Keep an adopted node group as it is with eksAmiType: EksAmiType.${l2Choice.toUpperCase()} (a changed type replaces it), `
      + `or give a new one EksAmiType.${derived?.toUpperCase()}`);
  }
  return [{
    id: 'amiTypeChosen',
    message: `AMI type ${derived} was chosen for these instance types, where eks.Nodegroup would render ${l2Choice}: right for a new node group, `
      + `but one that exists with another type would be REPLACED; name the type that the node group has, or shall have, as in eksAmiType: EksAmiType.${derived?.toUpperCase()}`,
  }];
}
