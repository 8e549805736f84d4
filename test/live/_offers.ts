/**
 * What EKS may offer of add-ons, at random.
 */
import * as fc from 'fast-check';
import type { CatalogAddonVersion } from '../aws/eks-catalog';

const FROM = 33;
/** From the oldest on. */
export const MINORS = [FROM, FROM + 1, FROM + 2, FROM + 3].map((minor) => `1.${minor}`);

/** Of each version, from which to which Kubernetes minor EKS offers it; like in EKS's own catalogue, newer versions begin and end later. */
const span = fc.record({ first: fc.nat(3), length: fc.nat(3) });

/** What EKS offers of an add-on. */
export function offersOf(addonName: string, versions: readonly string[]): fc.Arbitrary<CatalogAddonVersion[]> {
  return fc.tuple(
    fc.array(span, { minLength: versions.length, maxLength: versions.length }), fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }),
  )
    .map(([spans, defaults]) => {
      const offered = versions.map((addonVersion, index) => ({
        addonVersion, clusterVersions: MINORS.slice(spans[index].first, spans[index].first + spans[index].length + 1),
      }));
      return offered.map(({ addonVersion, clusterVersions }) => ({
        addonName,
        addonVersion,
        clusterVersions,
        defaultFor: clusterVersions.filter((minor, index) => {
          const candidates = offered.filter((candidate) => candidate.clusterVersions.includes(minor));
          return candidates[defaults[index] % candidates.length].addonVersion === addonVersion;
        }),
      }));
    });
}

/** Of each add-on, all versions that EKS may offer, in order. */
export const VERSIONS: Record<string, string[]> = {
  'vpc-cni': [
    'v1.17.1-eksbuild.1', 'v1.18.5-eksbuild.1', 'v1.18.6-eksbuild.2', 'v1.19.2-eksbuild.1', 'v1.20.4-eksbuild.1',
    'v1.20.4-eksbuild.2', 'v1.21.0-eksbuild.1',
  ],
  'coredns': ['v1.11.4-eksbuild.2', 'v1.12.0-eksbuild.1', 'v1.13.0-eksbuild.0', 'v1.13.0-eksbuild.10'],
  'kube-proxy': ['v1.30.9-eksbuild.1', 'v1.33.0-eksbuild.2', 'v1.34.0-eksbuild.2', 'v1.35.3-eksbuild.2', 'v1.36.0-eksbuild.1'],
};
