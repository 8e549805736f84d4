import { says } from './messages';
import { formOf, ReleaseVersionParts, ReleaseVersionScheme, readReleaseVersion } from './release-version-scheme';
import { refusal } from '../messages/refusal';

/**
 * One release of an EKS AMI: what its release version says, and how it compares to another of the same kind.
 *
 * Obtained from `EksAmiType.parseRelease()`.
 *
 * @example
 * const release = EksAmiType.AL2023_X86_64_STANDARD.parseRelease('1.36.2-20260714');
 * release.date;              // '2026-07-14'
 * release.kubernetesVersion; // '1.36'
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html
 */
export class EksAmiRelease {
  /**
   * Reads a release version.
   *
   * @internal
   */
  static _parse(amiType: string, scheme: ReleaseVersionScheme, releaseVersion: string): EksAmiRelease {
    const parts = readReleaseVersion(scheme, releaseVersion);
    if (!parts) {
      throw refusal(says.notARelease({ releaseVersion, amiType, form: formOf(scheme) }));
    }
    return new EksAmiRelease(releaseVersion, scheme, parts);
  }

  /** The Kubernetes minor that the AMI carries, such as `1.36`; undefined for Bottlerocket, whose version does not tell. */
  public readonly kubernetesVersion?: string;

  /** The Kubernetes patch version that the AMI carries, such as `1.36.2`; Amazon Linux only. */
  public readonly kubernetesPatchVersion?: string;

  /** The day of the release as `YYYY-MM-DD`; undefined for Bottlerocket. */
  public readonly date?: string;

  /** The version of the operating system, such as `1.34.0`; Bottlerocket only. */
  public readonly osVersion?: string;

  private readonly rank: readonly number[];

  private constructor(
    /** The release version as EKS spells it, such as `1.36.2-20260714`. */
    public readonly releaseVersion: string,
    private readonly scheme: ReleaseVersionScheme,
    parts: ReleaseVersionParts,
  ) {
    this.kubernetesVersion = parts.kubernetesVersion;
    this.kubernetesPatchVersion = parts.kubernetesPatchVersion;
    this.date = parts.date;
    this.osVersion = parts.osVersion;
    this.rank = parts.rank;
  }

  /**
   * Negative when this release is older than `other`, zero when neither is newer, positive when it is newer.
   *
   * Two builds of the same Bottlerocket version differ in a hash only, which has no order: they compare as zero.
   *
   * @throws if the two releases are of different kinds of AMI, which have no common order
   */
  public compareTo(other: EksAmiRelease): number {
    if (this.scheme !== other.scheme) {
      throw refusal(says.differentKinds({ one: this.releaseVersion, other: other.releaseVersion }));
    }
    const difference = this.rank.findIndex((value, i) => value !== other.rank[i]);
    return difference < 0 ? 0 : this.rank[difference] - other.rank[difference];
  }

  /** A reading for people, such as `release of 2026-07-14 with Kubernetes 1.36.2`. */
  public toString(): string {
    const kubernetes = this.kubernetesPatchVersion ?? this.kubernetesVersion;
    return this.osVersion
      ? `Bottlerocket ${this.osVersion}`
      : `release of ${this.date} with Kubernetes ${kubernetes}`;
  }
}
