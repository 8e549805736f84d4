import type { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { amazonLinux2, amazonLinux2023, bottlerocket, VERSION_PLACEHOLDER, windows } from './ami-families';
import { EksAmiRelease } from './eks-ami-release';
import { AmiAccelerator, AmiArchitecture, AmiFamily, EksAmiTypeOptions } from './eks-ami-type-options';
import { says } from './messages';
import { formOf, isAmazonLinuxReleaseOnBottlerocket, ReleaseVersionScheme, readReleaseVersion } from './release-version-scheme';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { refusal } from '../messages/refusal';

/**
 * An AMI type of EKS managed node groups, with all that is known about its AMIs.
 *
 * Holds every EKS-optimized AMI type of the EKS API, those that the enum `eks.NodegroupAmiType` lacks included.
 * A type that is newer than this library is described with `EksAmiType.of()`.
 *
 * @example
 * const amiType = EksAmiType.BOTTLEROCKET_ARM_64;
 * amiType.releaseVersionParameter('1.36'); // '/aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_version'
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType
 */
export class EksAmiType {
  /** Amazon Linux 2023, x86-64. */
  public static readonly AL2023_X86_64_STANDARD = new EksAmiType(amazonLinux2023('AL2023_x86_64_STANDARD', AmiArchitecture.X86_64));
  /** Amazon Linux 2023, Arm. */
  public static readonly AL2023_ARM_64_STANDARD = new EksAmiType(amazonLinux2023('AL2023_ARM_64_STANDARD', AmiArchitecture.ARM_64));
  /** Amazon Linux 2023 with NVIDIA drivers, x86-64. */
  public static readonly AL2023_X86_64_NVIDIA = new EksAmiType(
    amazonLinux2023('AL2023_x86_64_NVIDIA', AmiArchitecture.X86_64, AmiAccelerator.NVIDIA),
  );
  /** Amazon Linux 2023 with NVIDIA drivers, Arm. */
  public static readonly AL2023_ARM_64_NVIDIA = new EksAmiType(
    amazonLinux2023('AL2023_ARM_64_NVIDIA', AmiArchitecture.ARM_64, AmiAccelerator.NVIDIA),
  );
  /** Amazon Linux 2023 with AWS Neuron drivers (Inferentia, Trainium), x86-64. */
  public static readonly AL2023_X86_64_NEURON = new EksAmiType(
    amazonLinux2023('AL2023_x86_64_NEURON', AmiArchitecture.X86_64, AmiAccelerator.NEURON),
  );

  /** Amazon Linux 2, x86-64. Ended 2025-11-26; no AMI after Kubernetes 1.32. */
  public static readonly AL2_X86_64 = new EksAmiType(amazonLinux2('AL2_x86_64', AmiArchitecture.X86_64, 'amazon-linux-2'));
  /** Amazon Linux 2 with GPU support, x86-64. Ended 2025-11-26; no AMI after Kubernetes 1.32. */
  public static readonly AL2_X86_64_GPU = new EksAmiType(
    amazonLinux2('AL2_x86_64_GPU', AmiArchitecture.X86_64, 'amazon-linux-2-gpu', AmiAccelerator.NVIDIA),
  );
  /** Amazon Linux 2, Arm. Ended 2025-11-26; no AMI after Kubernetes 1.32. */
  public static readonly AL2_ARM_64 = new EksAmiType(amazonLinux2('AL2_ARM_64', AmiArchitecture.ARM_64, 'amazon-linux-2-arm64'));

  /** Bottlerocket, x86-64. */
  public static readonly BOTTLEROCKET_X86_64 = new EksAmiType(bottlerocket('BOTTLEROCKET_x86_64'));
  /** Bottlerocket, Arm. */
  public static readonly BOTTLEROCKET_ARM_64 = new EksAmiType(bottlerocket('BOTTLEROCKET_ARM_64'));
  /** Bottlerocket with NVIDIA drivers, x86-64. */
  public static readonly BOTTLEROCKET_X86_64_NVIDIA = new EksAmiType(bottlerocket('BOTTLEROCKET_x86_64_NVIDIA'));
  /** Bottlerocket with NVIDIA drivers, Arm. */
  public static readonly BOTTLEROCKET_ARM_64_NVIDIA = new EksAmiType(bottlerocket('BOTTLEROCKET_ARM_64_NVIDIA'));
  /** Bottlerocket with FIPS enabled, x86-64. Since Kubernetes 1.29. */
  public static readonly BOTTLEROCKET_X86_64_FIPS = new EksAmiType(bottlerocket('BOTTLEROCKET_x86_64_FIPS'));
  /** Bottlerocket with FIPS enabled, Arm. Since Kubernetes 1.29. */
  public static readonly BOTTLEROCKET_ARM_64_FIPS = new EksAmiType(bottlerocket('BOTTLEROCKET_ARM_64_FIPS'));
  /** Bottlerocket with NVIDIA drivers and FIPS enabled, x86-64. Since Kubernetes 1.29. */
  public static readonly BOTTLEROCKET_X86_64_NVIDIA_FIPS = new EksAmiType(bottlerocket('BOTTLEROCKET_x86_64_NVIDIA_FIPS'));
  /** Bottlerocket with NVIDIA drivers and FIPS enabled, Arm. Since Kubernetes 1.29. */
  public static readonly BOTTLEROCKET_ARM_64_NVIDIA_FIPS = new EksAmiType(bottlerocket('BOTTLEROCKET_ARM_64_NVIDIA_FIPS'));

  /** Windows Server 2019 Core. */
  public static readonly WINDOWS_CORE_2019_X86_64 = new EksAmiType(windows('WINDOWS_CORE_2019_x86_64'));
  /** Windows Server 2019 Full. */
  public static readonly WINDOWS_FULL_2019_X86_64 = new EksAmiType(windows('WINDOWS_FULL_2019_x86_64'));
  /** Windows Server 2022 Core. */
  public static readonly WINDOWS_CORE_2022_X86_64 = new EksAmiType(windows('WINDOWS_CORE_2022_x86_64'));
  /** Windows Server 2022 Full. */
  public static readonly WINDOWS_FULL_2022_X86_64 = new EksAmiType(windows('WINDOWS_FULL_2022_x86_64'));
  /** Windows Server 2025 Core. Since Kubernetes 1.35. */
  public static readonly WINDOWS_CORE_2025_X86_64 = new EksAmiType(windows('WINDOWS_CORE_2025_x86_64', '1.35'));
  /** Windows Server 2025 Full. Since Kubernetes 1.35. */
  public static readonly WINDOWS_FULL_2025_X86_64 = new EksAmiType(windows('WINDOWS_FULL_2025_x86_64', '1.35'));

  /**
   * Every AMI type that this library knows.
   */
  public static all(): EksAmiType[] {
    return Object.values(EksAmiType).filter((value) => value instanceof EksAmiType);
  }

  /**
   * The AMI type with this name in the EKS API, such as `AL2023_x86_64_STANDARD`.
   *
   * @throws if no such type is known; `EksAmiType.of()` describes one that is newer than this library. Also for the dummy value of a
   * look-up: a node group takes a type that is looked up as `amiType`
   */
  public static fromApiName(apiName: string): EksAmiType {
    if (apiName === 'CUSTOM') {
      throw refusal(says.customAmi({}));
    }
    const found = EksAmiType._find(apiName);
    if (!found) {
      throw refusal(says.unknownAmiType({ apiName, known: EksAmiType.all().map(String) }));
    }
    return found;
  }

  /**
   * The AMI type for a value of the L2's enum.
   *
   * @throws if the value is not a known AMI type
   */
  public static fromNodegroupAmiType(amiType: NodegroupAmiType): EksAmiType {
    return EksAmiType.fromApiName(amiType);
  }

  /**
   * Describes an AMI type that this library does not know yet.
   *
   * @throws if a parameter name lacks the placeholder `{kubernetesVersion}`, or a Kubernetes version is malformed
   *
   * @example
   * const amiType = EksAmiType.of({
   *   apiName: 'AL2027_x86_64_STANDARD',
   *   architecture: AmiArchitecture.X86_64,
   *   releaseVersionScheme: ReleaseVersionScheme.AMAZON_LINUX,
   *   releaseVersionParameter:
   * '/aws/service/eks/optimized-ami/{kubernetesVersion}/amazon-linux-2027/x86_64/standard/recommended/release_version', });
   */
  public static of(options: EksAmiTypeOptions): EksAmiType {
    const required = ['apiName', 'architecture', 'releaseVersionScheme', 'releaseVersionParameter'] as const;
    const missing = required.find((option) => options?.[option] === undefined);
    if (missing) throw refusal(says.optionMissing({ missing, required }));
    return new EksAmiType(options);
  }

  /**
   * The AMI type with this name, if this library knows it.
   *
   * @internal
   */
  public static _find(apiName: string): EksAmiType | undefined {
    EksAmiType.byApiName ??= new Map(EksAmiType.all().map((type) => [type.apiName, type]));
    return EksAmiType.byApiName.get(apiName);
  }

  private static byApiName?: Map<string, EksAmiType>;

  /** Name of the type in the EKS API, such as `AL2023_x86_64_STANDARD`. */
  public readonly apiName: string;
  /** Processor architecture of the AMI. */
  public readonly architecture: AmiArchitecture;
  /** Operating system of the AMI. */
  public readonly family: AmiFamily;
  /** Accelerator whose drivers the AMI carries. */
  public readonly accelerator: AmiAccelerator;
  /** How the release versions of this type are written. */
  public readonly releaseVersionScheme: ReleaseVersionScheme;
  /** The first Kubernetes version with an AMI of this type, such as `1.35`; undefined when there is no known bound. */
  public readonly firstKubernetesVersion?: string;
  /** The last Kubernetes version with an AMI of this type, such as `1.32`; undefined when there is no known bound. */
  public readonly lastKubernetesVersion?: string;
  /**
   * Field of the parameter's JSON value that holds the release version; undefined when the value is the release version.
   *
   * Windows AMIs publish JSON. That their release version has no parameter of its own could not be verified against AWS
   * when this was written, so a plain release version in its place is accepted as well.
   */
  public readonly releaseVersionField?: string;

  private readonly releaseVersionParameterTemplate: string;
  private readonly imageIdParameterTemplate?: string;
  /** Releases that were read before: the node groups of an app run few, and each is read several times. */
  private readonly releases = new Map<string, EksAmiRelease>();

  private constructor(options: EksAmiTypeOptions) {
    this.apiName = options.apiName;
    this.architecture = options.architecture;
    this.family = options.family ?? AmiFamily.OTHER;
    this.accelerator = options.accelerator ?? AmiAccelerator.NONE;
    this.releaseVersionScheme = options.releaseVersionScheme;
    this.releaseVersionField = options.releaseVersionField;
    this.firstKubernetesVersion = options.firstKubernetesVersion && KubernetesMinor.parse(options.firstKubernetesVersion).toString();
    this.lastKubernetesVersion = options.lastKubernetesVersion && KubernetesMinor.parse(options.lastKubernetesVersion).toString();
    this.releaseVersionParameterTemplate = parameterTemplate(options.releaseVersionParameter);
    this.imageIdParameterTemplate = options.imageIdParameter && parameterTemplate(options.imageIdParameter);
  }

  /**
   * Name of the SSM public parameter that holds the recommended release version.
   *
   * @param kubernetesVersion the Kubernetes minor, such as `1.36`
   * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
   */
  public releaseVersionParameter(kubernetesVersion: string): string {
    return this.releaseVersionParameterTemplate.replaceAll(VERSION_PLACEHOLDER, kubernetesVersion);
  }

  /**
   * Name of the SSM public parameter that holds the id of the recommended image (`ami-…`).
   *
   * @param kubernetesVersion the Kubernetes minor, such as `1.36`
   * @returns undefined for a type made with `EksAmiType.of()` without `imageIdParameter`
   */
  public imageIdParameter(kubernetesVersion: string): string | undefined {
    return this.imageIdParameterTemplate?.replaceAll(VERSION_PLACEHOLDER, kubernetesVersion);
  }

  /**
   * Whether AMIs of this type are published for a Kubernetes version, as far as is known.
   *
   * A version beyond the known ones counts as available: only AWS can tell, and the look-up of its parameter asks.
   *
   * @param kubernetesVersion the Kubernetes minor, such as `1.36`
   */
  public isAvailableFor(kubernetesVersion: string): boolean {
    const wanted = KubernetesMinor.parse(kubernetesVersion);
    const tooOld = this.firstKubernetesVersion && wanted.isOlderThan(KubernetesMinor.parse(this.firstKubernetesVersion));
    const tooNew = this.lastKubernetesVersion && wanted.isNewerThan(KubernetesMinor.parse(this.lastKubernetesVersion));
    return !tooOld && !tooNew;
  }

  /** Whether a text has the form of this type's release versions. */
  public isRelease(releaseVersion: string): boolean {
    return this.releases.has(releaseVersion) || readReleaseVersion(this.releaseVersionScheme, releaseVersion) !== undefined;
  }

  /**
   * Reads a release version of this type.
   *
   * @throws if the text does not have the form of this type's release versions
   */
  public parseRelease(releaseVersion: string): EksAmiRelease {
    const release = this.releases.get(releaseVersion) ?? EksAmiRelease._parse(this.apiName, this.releaseVersionScheme, releaseVersion);
    this.releases.set(releaseVersion, release);
    return release;
  }

  /**
   * Reads a release version that a person chose, rather than AWS.
   *
   * @throws also if it is one of Amazon Linux for a type of Bottlerocket, whose release versions can look the same
   * @internal
   */
  public _parseChosenRelease(releaseVersion: string): EksAmiRelease {
    if (isAmazonLinuxReleaseOnBottlerocket(this.releaseVersionScheme, releaseVersion)) {
      throw refusal(says.amazonLinuxRelease({ releaseVersion, amiType: this, form: formOf(this.releaseVersionScheme) }));
    }
    return this.parseRelease(releaseVersion);
  }

  /**
   * Takes the release version out of the value of its SSM parameter.
   *
   * @param parameterValue the parameter's value: a release version, or JSON that has it in `releaseVersionField`
   * @throws if the value holds no release version of this type
   */
  public releaseFromParameterValue(parameterValue: string): EksAmiRelease {
    return this.parseRelease(this.fieldOf(parameterValue) ?? parameterValue);
  }

  /**
   * Where AWS describes a release.
   *
   * Amazon Linux and Bottlerocket have a page for each release, Windows has one for all.
   *
   * @returns undefined for families that this library does not know
   */
  public releaseNotesUrl(releaseVersion: string): string | undefined {
    const release = this.parseRelease(releaseVersion);
    switch (this.family) {
      case AmiFamily.AMAZON_LINUX_2:
      case AmiFamily.AMAZON_LINUX_2023:
        return `https://github.com/awslabs/amazon-eks-ami/releases/tag/v${release.date?.replace(/-/g, '')}`;
      case AmiFamily.BOTTLEROCKET:
        return `https://github.com/bottlerocket-os/bottlerocket/releases/tag/v${release.osVersion}`;
      case AmiFamily.WINDOWS:
        return 'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html';
      default:
        return undefined;
    }
  }

  /** The name in the EKS API. */
  public toString(): string {
    return this.apiName;
  }

  private fieldOf(parameterValue: string): string | undefined {
    if (!this.releaseVersionField) {
      return undefined;
    }
    try {
      return String(JSON.parse(parameterValue)[this.releaseVersionField] ?? '') || undefined;
    } catch {
      return undefined; // not JSON: judged as it stands
    }
  }
}

function parameterTemplate(name: string): string {
  if (!name.startsWith('/') || !name.includes(VERSION_PLACEHOLDER)) {
    throw refusal(says.parameterOfOneVersion({ name, placeholder: VERSION_PLACEHOLDER }));
  }
  return name;
}
