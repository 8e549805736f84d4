import { AddonVersionInfo, EKSClient, paginateDescribeAddonVersions } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { AddOnOffer } from '../engine/state/region-catalog';

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

interface Compatible {
  readonly version: string;
  readonly isDefault: boolean;
}

function compatibleWith({ addonVersion, compatibilities = [] }: AddonVersionInfo, kubernetesVersion: string): Compatible[] {
  const fitting = compatibilities.filter(({ clusterVersion }) => clusterVersion === kubernetesVersion);
  return addonVersion && fitting.length > 0
    ? [{ version: addonVersion, isDefault: fitting.some(({ defaultVersion }) => defaultVersion === true) }]
    : [];
}
