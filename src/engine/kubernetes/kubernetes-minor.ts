import { says } from './messages';
import { refusal } from '../messages/refusal';

const MINOR_PATTERN = /^(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * A Kubernetes minor version such as `1.36`: what EKS calls the version of a cluster or a node group.
 *
 * A value object without CDK or SDK, so that every face of the library counts versions alike.
 */
export class KubernetesMinor {
  /** Whether a text has the form of a minor version, such as `1.36`. */
  static isValid(text: string): boolean {
    return MINOR_PATTERN.test(text);
  }

  /**
   * Reads `1.36`.
   *
   * @throws if the text is anything else; patch versions are refused because EKS chooses them itself
   */
  static parse(text: string): KubernetesMinor {
    const match = MINOR_PATTERN.exec(text);
    if (!match) {
      throw refusal(says.notAMinor({ text }));
    }
    return new KubernetesMinor(Number(match[1]), Number(match[2]));
  }

  /**
   * Reads the version that somebody wants of a cluster or a node group.
   *
   * @throws if it is no minor version, or older than any that EKS ever had: YAML turns an unquoted `1.30` into `1.3`
   */
  static ofEks(text: string): KubernetesMinor {
    const version = KubernetesMinor.parse(text);
    if (version.isOlderThan(FIRST_OF_EKS)) {
      const { minor } = version;
      throw refusal(minor > 0 ? says.numberOfYaml({ text, first: FIRST_OF_EKS, minor }) : says.olderThanEks({ text, first: FIRST_OF_EKS }));
    }
    return version;
  }

  private constructor(readonly major: number, readonly minor: number) {}

  /** Negative when older than `other`, zero when equal, positive when newer. */
  compareTo(other: KubernetesMinor): number {
    return this.major - other.major || this.minor - other.minor;
  }

  equals(other: KubernetesMinor): boolean {
    return this.compareTo(other) === 0;
  }

  isOlderThan(other: KubernetesMinor): boolean {
    return this.compareTo(other) < 0;
  }

  isNewerThan(other: KubernetesMinor): boolean {
    return this.compareTo(other) > 0;
  }

  /**
   * How many minors this version is ahead of `other`; negative when behind, infinite across majors.
   */
  minorsAheadOf(other: KubernetesMinor): number {
    return this.major === other.major ? this.minor - other.minor : (this.major - other.major) * Infinity;
  }

  /** The version so many minors away: `1.36` plus 1 is `1.37`. */
  plus(minors: number): KubernetesMinor {
    return new KubernetesMinor(this.major, Math.max(0, this.minor + minors));
  }

  toString(): string {
    return `${this.major}.${this.minor}`;
  }
}

/** @see https://aws.amazon.com/blogs/aws/amazon-eks-now-generally-available/ */
const FIRST_OF_EKS = KubernetesMinor.parse('1.10');
