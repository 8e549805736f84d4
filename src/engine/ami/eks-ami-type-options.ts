import { ReleaseVersionScheme } from './release-version-scheme';

/** Processor architecture of an EKS AMI. */
export enum AmiArchitecture {
  /** Intel and AMD. */
  X86_64 = 'x86_64',
  /** AWS Graviton. */
  ARM_64 = 'arm64',
}

/** Operating system of an EKS AMI. */
export enum AmiFamily {
  /** Amazon Linux 2: ended 2025-11-26. */
  AMAZON_LINUX_2 = 'AMAZON_LINUX_2',
  /** Amazon Linux 2023. */
  AMAZON_LINUX_2023 = 'AMAZON_LINUX_2023',
  /** Bottlerocket. */
  BOTTLEROCKET = 'BOTTLEROCKET',
  /** Windows Server. */
  WINDOWS = 'WINDOWS',
  /** One that this library does not know. */
  OTHER = 'OTHER',
}

/** Accelerator whose drivers an EKS AMI carries. */
export enum AmiAccelerator {
  /** None. */
  NONE = 'NONE',
  /** NVIDIA GPUs. */
  NVIDIA = 'NVIDIA',
  /** AWS Inferentia and Trainium. */
  NEURON = 'NEURON',
}

/**
 * Describes an EKS AMI type for `EksAmiType.of()`.
 */
export interface EksAmiTypeOptions {
  /** Name of the type in the EKS API, such as `AL2023_x86_64_STANDARD`. */
  readonly apiName: string;

  /** Processor architecture of the AMI; instance types of a node group must have the same. */
  readonly architecture: AmiArchitecture;

  /** How the release versions of this type are written. */
  readonly releaseVersionScheme: ReleaseVersionScheme;

  /**
   * Name of the SSM parameter that holds the recommended release version, with `{kubernetesVersion}` where the
   * Kubernetes minor (`1.36`) stands.
   */
  readonly releaseVersionParameter: string;

  /**
   * Name of the SSM parameter that holds the id of the recommended image, with `{kubernetesVersion}` where the
   * Kubernetes minor (`1.36`) stands.
   *
   * @default - unknown
   */
  readonly imageIdParameter?: string;

  /**
   * Field that holds the release version, where the parameter's value is JSON.
   *
   * @default - the parameter's value is the release version
   */
  readonly releaseVersionField?: string;

  /**
   * Operating system of the AMI; decides where its release notes are.
   *
   * @default AmiFamily.OTHER
   */
  readonly family?: AmiFamily;

  /**
   * Accelerator whose drivers the AMI carries.
   *
   * @default AmiAccelerator.NONE
   */
  readonly accelerator?: AmiAccelerator;

  /**
   * The first Kubernetes minor with an AMI of this type, such as `1.35`.
   *
   * @default - no known bound
   */
  readonly firstKubernetesVersion?: string;

  /**
   * The last Kubernetes minor with an AMI of this type, such as `1.32`.
   *
   * @default - no known bound
   */
  readonly lastKubernetesVersion?: string;
}
