/**
 * What EKS offers in the stand-in's region: Kubernetes versions, versions of add-ons, AMI releases.
 *
 * Dates are those that AWS announced where it did (1.37 is invented). Add-on versions have the form of real ones, and their
 * pitfalls: the default is not the newest, and no vpc-cni exists for all Kubernetes versions.
 */
import { ADDON_CONFIGURATIONS, NOT_CONFIGURABLE, type AddonConfiguration } from './eks-addon-configurations';
import type { EksService, OfferedAddonVersion, OfferedVersion, PublishedRelease, UncertainBehaviour } from './eks-rules';
import { minorOf } from './minor-of';

/** A Kubernetes version; dates as `YYYY-MM-DD`. */
export interface CatalogVersion {
  readonly version: string;
  readonly patch: number;
  readonly released: string;
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** A version of an add-on. */
export interface CatalogAddonVersion extends OfferedAddonVersion {
  /** The Kubernetes versions for which EKS installs this one when none is asked for. */
  readonly defaultFor: readonly string[];
  /** The platform versions of the control plane that it needs. @default - any */
  readonly platformVersions?: readonly string[];
  /** @default false */
  readonly requiresConfiguration?: boolean;
}

/** Mutable, so that tests can take away what a case must not have. */
export class EksCatalog {
  versions: CatalogVersion[] = [
    { version: '1.30', patch: 14, released: '2024-05-23', endOfStandardSupport: '2025-07-23', endOfExtendedSupport: '2026-07-23' },
    { version: '1.31', patch: 13, released: '2024-09-26', endOfStandardSupport: '2025-11-26', endOfExtendedSupport: '2026-11-26' },
    { version: '1.32', patch: 9, released: '2025-01-23', endOfStandardSupport: '2026-03-23', endOfExtendedSupport: '2027-03-23' },
    { version: '1.33', patch: 7, released: '2025-05-29', endOfStandardSupport: '2026-07-29', endOfExtendedSupport: '2027-07-29' },
    { version: '1.34', patch: 5, released: '2025-10-02', endOfStandardSupport: '2026-12-02', endOfExtendedSupport: '2027-12-02' },
    { version: '1.35', patch: 3, released: '2026-01-27', endOfStandardSupport: '2027-03-27', endOfExtendedSupport: '2028-03-27' },
    { version: '1.36', patch: 2, released: '2026-06-02', endOfStandardSupport: '2027-08-02', endOfExtendedSupport: '2028-08-02' },
    { version: '1.37', patch: 1, released: '2026-10-01', endOfStandardSupport: '2027-12-01', endOfExtendedSupport: '2028-12-01' },
  ];

  addonVersions: CatalogAddonVersion[] = [
    ...this.versions.flatMap(({ version, patch }) => [
      offer('kube-proxy', `v${version}.${patch}-eksbuild.2`, [version], [version]),
      offer('kube-proxy', `v${version}.${patch}-eksbuild.5`, [version]),
    ]),
    offer('vpc-cni', 'v1.19.6-eksbuild.7', range(30, 34), range(30, 32)),
    offer('vpc-cni', 'v1.20.1-eksbuild.3', range(30, 36), range(33, 35)),
    offer('vpc-cni', 'v1.20.4-eksbuild.2', range(31, 36)),
    offer('vpc-cni', 'v1.21.1-eksbuild.1', range(32, 37), ['1.36']),
    offer('vpc-cni', 'v1.22.0-eksbuild.1', range(34, 37), ['1.37']),
    offer('coredns', 'v1.11.4-eksbuild.22', range(30, 33), range(30, 33)),
    offer('coredns', 'v1.12.4-eksbuild.1', range(32, 36), range(34, 36)),
    offer('coredns', 'v1.13.2-eksbuild.3', range(34, 37), ['1.37']),
    offer('eks-pod-identity-agent', 'v1.3.8-eksbuild.2', range(30, 37), range(30, 37)),
    offer('eks-pod-identity-agent', 'v1.3.10-eksbuild.1', range(30, 37)),
    offer('aws-ebs-csi-driver', 'v1.48.0-eksbuild.2', range(30, 36), range(30, 35)),
    offer('aws-ebs-csi-driver', 'v1.54.0-eksbuild.1', range(31, 37), range(36, 37)),
  ];

  /** With what add-ons can be configured, by name; an entry for one version, `vpc-cni v1.20.4-eksbuild.2`, comes before. */
  addonConfigurations: Record<string, AddonConfiguration> = { ...ADDON_CONFIGURATIONS };

  releases: PublishedRelease[] = [];

  /** What EKS does where that is not certain. */
  behaviour: UncertainBehaviour = { errorInsightsBlockUpgrades: false, nodeGroupsMustMatch: false };

  /** Offers kube-proxy up to three minors older than the control plane: so it was once; of the own minor only, else. */
  offerOlderKubeProxy(): void {
    const following = (version: string) => this.versions.map((offered) => offered.version)
      .filter((candidate) => minorOf(candidate) >= minorOf(version) && minorOf(candidate) <= minorOf(version) + 3);
    this.addonVersions = this.addonVersions.map((offered) => offered.addonName === 'kube-proxy'
      ? { ...offered, clusterVersions: following(offered.clusterVersions[0]) }
      : offered);
  }

  /** The versions that are out, with their status on that day. */
  versionsAt(now: Date): (CatalogVersion & OfferedVersion)[] {
    const today = now.toISOString();
    const statusOf = ({ endOfStandardSupport, endOfExtendedSupport }: CatalogVersion) => {
      if (today < endOfStandardSupport) return 'STANDARD_SUPPORT';
      return today < endOfExtendedSupport ? 'EXTENDED_SUPPORT' : 'UNSUPPORTED';
    };
    return this.versions.filter(({ released }) => released <= today).map((offered) => ({ ...offered, status: statusOf(offered) }));
  }

  /** With what a version of an add-on can be configured. */
  addonConfiguration(addonName: string, addonVersion: string): AddonConfiguration {
    return this.addonConfigurations[`${addonName} ${addonVersion}`] ?? this.addonConfigurations[addonName] ?? NOT_CONFIGURABLE;
  }

  /** What EKS installs of an add-on when no version is asked for. */
  defaultAddonVersion(addonName: string, clusterVersion: string): string | undefined {
    return this.addonVersions.find(
      (offered) => offered.addonName === addonName && offered.defaultFor.includes(clusterVersion),
    )?.addonVersion;
  }

  /** The release that was published last. */
  newestRelease(amiType: string, version: string): string | undefined {
    return this.releases.filter((release) => release.amiType === amiType && release.version === version).at(-1)?.releaseVersion;
  }

  /** What the rules of EKS need to know of it. */
  forRules(now: Date): EksService {
    const { addonVersions, releases, behaviour } = this;
    return { versions: this.versionsAt(now), addonVersions, releases, behaviour };
  }
}

function offer(addonName: string, addonVersion: string, clusterVersions: string[], defaultFor: string[] = []): CatalogAddonVersion {
  return { addonName, addonVersion, clusterVersions, defaultFor };
}

/** Kubernetes 1.first to 1.last. */
function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `1.${first + index}`);
}
