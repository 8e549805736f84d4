import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { AmiAccelerator, AmiArchitecture } from '../engine/ami/eks-ami-type-options';

/** What an instance type needs of an AMI. */
export interface InstanceNeeds {
  readonly instanceType: string;
  readonly architecture: AmiArchitecture;
  readonly accelerator: AmiAccelerator;
}

/**
 * What these instance types need of an AMI; those of which nothing is known yet are left out.
 */
export function needsOf(instanceTypes: InstanceType[] = []): InstanceNeeds[] {
  return instanceTypes
    .map((type) => type.toString())
    .filter((instanceType) => isKnownAtSynth(instanceType))
    .map((instanceType) => ({ instanceType, architecture: architectureOf(instanceType), accelerator: acceleratorOf(instanceType) }));
}

/**
 * Whether the CDK can tell the architecture of an instance type. It throws for tokens and for names with a dash, such as
 * `p6-b200.48xlarge`.
 */
export function isKnownToTheCdk(type: InstanceType): boolean {
  try {
    return type.architecture !== undefined;
  } catch {
    return false;
  }
}

/**
 * A `g` behind the generation tells Graviton, as in `m7g`, `c7gn` and `x2gd`; `a1` and NVIDIA Grace (`p6e-gb200`) are Arm, too.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
function architectureOf(instanceType: string): AmiArchitecture {
  return /^(a\d|[a-z]+\d+[a-z]*(g|-gb))/.test(instanceType) ? AmiArchitecture.ARM_64 : AmiArchitecture.X86_64;
}

/**
 * All `p…` and `g…` families carry NVIDIA GPUs but `g4ad`, which has AMD ones; `inf…` and `trn…` carry AWS Neuron devices.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
function acceleratorOf(instanceType: string): AmiAccelerator {
  if (/^(inf|trn)\d/.test(instanceType)) {
    return AmiAccelerator.NEURON;
  }
  return /^(p|g|gr)\d/.test(instanceType) && !instanceType.startsWith('g4ad.') ? AmiAccelerator.NVIDIA : AmiAccelerator.NONE;
}

/**
 * Whether Windows nodes cannot run on an instance type.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
export function refusesWindows(instanceType: string): boolean {
  return /^(c3|c4|d2|i2|m4|m6a|r3)\./.test(instanceType) && instanceType !== 'm4.16xlarge';
}
