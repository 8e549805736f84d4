import { AddonVersionInfo, Compatibility, EKSClient, paginateDescribeAddonVersions } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { AddOnOffer, AddOnVersionTraits } from '../engine/state/region-catalog';

/**
 * The versions of an add-on that EKS offers for a Kubernetes version.
 *
 * @throws AwsCallError
 */
export async function readAddOnOffer(eks: EKSClient, addOnName: string, kubernetesVersion: string): Promise<AddOnOffer> {
  const pages = paginateDescribeAddonVersions({ client: eks }, { addonName: addOnName, kubernetesVersion });
  const compatible = (await allPages(pages, ({ addons }) => addons))
    .flatMap(({ addonVersions = [] }) => addonVersions)
    .flatMap((info) => compatibleWith(info, kubernetesVersion));
  return {
    kubernetesVersion,
    versions: compatible.map(({ version }) => version),
    defaultVersion: compatible.find(({ isDefault }) => isDefault)?.version,
    ...traitsIn(compatible),
  };
}

/**
 * The versions of an add-on that EKS offers for any Kubernetes version, in no particular order.
 *
 * @throws AwsCallError
 */
export async function readAddOnVersions(eks: EKSClient, addOnName: string): Promise<string[]> {
  const pages = paginateDescribeAddonVersions({ client: eks }, { addonName: addOnName });
  return (await allPages(pages, ({ addons }) => addons))
    .flatMap(({ addonVersions = [] }) => addonVersions)
    .flatMap(({ addonVersion }) => addonVersion ?? []);
}

/**
 * The names of the add-ons that EKS offers for a Kubernetes version.
 *
 * @throws AwsCallError
 */
export async function readAddOnNames(eks: EKSClient, kubernetesVersion: string): Promise<string[]> {
  const pages = paginateDescribeAddonVersions({ client: eks }, { kubernetesVersion });
  return [...new Set((await allPages(pages, ({ addons }) => addons)).flatMap(({ addonName }) => addonName ?? []))];
}

interface Compatible {
  readonly version: string;
  readonly isDefault: boolean;
  readonly traits: AddOnVersionTraits;
}

function compatibleWith(info: AddonVersionInfo, kubernetesVersion: string): Compatible[] {
  const { addonVersion, compatibilities = [] } = info;
  const fitting = compatibilities.filter(({ clusterVersion }) => clusterVersion === kubernetesVersion);
  return addonVersion && fitting.length > 0
    ? [{ version: addonVersion, isDefault: fitting.some(({ defaultVersion }) => defaultVersion === true), traits: traitsOf(info, fitting) }]
    : [];
}

function traitsOf(
  { requiresConfiguration, requiresIamPermissions }: AddonVersionInfo, fitting: readonly Compatibility[],
): AddOnVersionTraits {
  const platformVersions = fitting.flatMap((compatibility) => compatibility.platformVersions ?? []);
  return {
    ...platformVersions.length > 0 && !platformVersions.includes('*') && { platformVersions },
    ...requiresConfiguration && { requiresConfiguration },
    ...requiresIamPermissions && { requiresIamPermissions },
  };
}

function traitsIn(compatible: readonly Compatible[]): Pick<AddOnOffer, 'traits'> {
  const told = compatible.filter(({ traits }) => Object.keys(traits).length > 0);
  return told.length > 0 ? { traits: Object.fromEntries(told.map(({ version, traits }) => [version, traits])) } : {};
}
