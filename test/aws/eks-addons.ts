/**
 * Add-ons that EKS manages, in the stand-in.
 */
import { createHash } from 'node:crypto';
import type {
  Addon, AddonInfo, CreateAddonResponse, DeleteAddonResponse, DescribeAddonConfigurationResponse, DescribeAddonResponse,
  DescribeAddonVersionsResponse, ListAddonsResponse, Update, UpdateAddonResponse,
} from '@aws-sdk/client-eks';
import { ACCOUNT, REGION, type Input } from './aws-service';
import { refuseAddonConfiguration } from './eks-addon-configurations';
import type { CatalogAddonVersion } from './eks-catalog';
import { found, refuseIf, type AddonRecord, type EksRegion } from './eks-region';
import { isAddonCompatible, refuseAddonVersion, type Refusal } from './eks-rules';
import { startUpdate } from './eks-updates';
import { pageOf } from './pages';

export function addonActions(region: EksRegion) {
  return {
    ListAddons: (input: Input): ListAddonsResponse => {
      const { addons } = region.cluster(input.clusterName);
      const { items, nextToken } = pageOf([...addons.keys()], input, region.largestPage, 'InvalidParameterException');
      return { addons: [...items], nextToken };
    },

    DescribeAddon: (input: Input): DescribeAddonResponse => ({ addon: describe(input.clusterName, installed(region, input)) }),
    CreateAddon: (input: Input): CreateAddonResponse => ({ addon: create(region, input) }),
    UpdateAddon: (input: Input): UpdateAddonResponse => ({ update: update(region, input) }),
    DeleteAddon: (input: Input): DeleteAddonResponse => ({ addon: remove(region, input) }),
    DescribeAddonVersions: (input: Input): DescribeAddonVersionsResponse => describeVersions(region, input),
    DescribeAddonConfiguration: (input: Input): DescribeAddonConfigurationResponse => describeConfiguration(region, input),
  };
}

function installed(region: EksRegion, { clusterName, addonName }: Input): AddonRecord {
  const record = region.cluster(clusterName).addons.get(addonName);
  return found(record, `No addon: ${addonName} found in cluster: ${clusterName}`, { clusterName, addonName });
}

function create(region: EksRegion, input: Input): Addon {
  const { clusterName, addonName, addonVersion, configurationValues, serviceAccountRoleArn } = input;
  const { namespaceConfig = { namespace: 'kube-system' } } = input;
  const cluster = region.cluster(clusterName);
  const version = addonVersion ?? region.catalog.defaultAddonVersion(addonName, cluster.version);
  const refusal = (): Refusal | undefined => {
    if (cluster.addons.has(addonName)) return { code: 'ResourceInUseException', message: 'Addon already exists.' };
    return isAddonCompatible(region.catalog.forRules(region.clock.now()), addonName, version, cluster.version)
      ? refusePlatform(region, cluster.platformVersion, { addonName, addonVersion: version })
        ?? refuseAddonConfiguration(region.catalog.addonConfiguration(addonName, version), { ...input, addonVersion: version })
      : { code: 'InvalidParameterException', message: 'Addon version specified is not supported' };
  };
  refuseIf(refusal(), { clusterName, addonName });

  const addon: AddonRecord = {
    name: addonName, version, status: 'CREATING', issues: [], configurationValues, serviceAccountRoleArn, namespaceConfig,
  };
  cluster.addons.set(addonName, addon);
  region.clock.after(region.durations.addon, () => { addon.status = 'ACTIVE'; });
  return describe(clusterName, addon);
}

function update(region: EksRegion, input: Input): Update {
  const { clusterName, addonName, resolveConflicts = 'NONE' } = input;
  const cluster = region.cluster(clusterName);
  const addon = installed(region, input);
  const addonVersion = input.addonVersion ?? addon.version;
  const configurationValues = input.configurationValues ?? addon.configurationValues;
  refuseIf(
    refuseAddonVersion(region.catalog.forRules(region.clock.now()), region.forRules(cluster), { addonName, addonVersion })
      ?? refusePlatform(region, cluster.platformVersion, { addonName, addonVersion })
      ?? refuseAddonConfiguration(
        region.catalog.addonConfiguration(addonName, addonVersion), { ...input, addonVersion, configurationValues },
      ),
    { clusterName, addonName },
  );

  addon.status = 'UPDATING';
  return startUpdate(region, cluster, {
    addonName,
    type: 'AddonUpdate',
    params: { AddonVersion: addonVersion, ResolveConflicts: resolveConflicts },
    durationMillis: region.durations.addon,
    ended: (successful) => Object.assign(
      addon, successful ? { status: 'ACTIVE', version: addonVersion, configurationValues } : { status: 'UPDATE_FAILED' },
    ),
  });
}

function remove(region: EksRegion, input: Input): Addon {
  const addon = installed(region, input);
  addon.status = 'DELETING';
  region.clock.after(region.durations.addon, () => { region.cluster(input.clusterName).addons.delete(addon.name); });
  return describe(input.clusterName, addon);
}

function describe(clusterName: string, { name, version, issues, ...members }: AddonRecord): Addon {
  return {
    addonName: name,
    addonVersion: version,
    clusterName,
    addonArn: `arn:aws:eks:${REGION}:${ACCOUNT}:addon/${clusterName}/${name}/00000000-0000-4000-8000-000000000000`,
    ...members,
    health: { issues },
    tags: {},
  };
}

/** In the words of EKS: https://github.com/hashicorp/terraform-provider-aws/issues/24149 */
function refusePlatform(
  region: EksRegion, platformVersion: string | undefined, wanted: { readonly addonName: string; readonly addonVersion: string },
): Refusal | undefined {
  const { platformVersions = ['*'] } = region.catalog.addonVersions.find(({ addonName, addonVersion }) =>
    addonName === wanted.addonName && addonVersion === wanted.addonVersion) ?? {};
  const has = Number(platformVersion?.slice('eks.'.length));
  const isMet = platformVersion === undefined || platformVersions.some((entry) => entry === '*' || entry === platformVersion
    || entry.endsWith('+') && has >= Number(entry.slice('eks.'.length, -1)));
  return isMet ? undefined : {
    code: 'InvalidParameterException', message: 'Addon version specified is not supported for the cluster platform version',
  };
}

/** In no useful order, and with an add-on's versions on several pages if need be: EKS promises neither. */
function describeVersions(region: EksRegion, input: Input): DescribeAddonVersionsResponse {
  const wanted = region.catalog.addonVersions
    .filter(({ addonName, clusterVersions }) =>
      (input.addonName ?? addonName) === addonName && (!input.kubernetesVersion || clusterVersions.includes(input.kubernetesVersion)))
    .sort((a, b) => shuffleKey(a).localeCompare(shuffleKey(b)));
  const { items, nextToken } = pageOf(wanted, input, region.largestPage, 'InvalidParameterException');

  const addons = new Map<string, AddonInfo>();
  for (const { addonName, addonVersion, clusterVersions, defaultFor, platformVersions = ['*'], requiresConfiguration = false } of items) {
    const info = addons.get(addonName) ?? { addonName, type: 'networking', publisher: 'eks', owner: 'aws', addonVersions: [] };
    info.addonVersions!.push({
      addonVersion,
      architecture: ['amd64', 'arm64'],
      compatibilities: clusterVersions
        .filter((clusterVersion) => (input.kubernetesVersion ?? clusterVersion) === clusterVersion)
        .map((clusterVersion) => ({
          clusterVersion, platformVersions: [...platformVersions], defaultVersion: defaultFor.includes(clusterVersion),
        })),
      requiresConfiguration,
      requiresIamPermissions: addonName === 'vpc-cni' || addonName === 'aws-ebs-csi-driver',
    });
    addons.set(addonName, info);
  }
  return { addons: [...addons.values()], nextToken };
}

function describeConfiguration(region: EksRegion, { addonName, addonVersion }: Input): DescribeAddonConfigurationResponse {
  const isOffered = region.catalog.addonVersions.some(
    (offered) => offered.addonName === addonName && offered.addonVersion === addonVersion,
  );
  found(isOffered || undefined, `No addon version ${addonVersion} found for addon ${addonName}`, { addonName });
  const { schema, serviceAccounts } = region.catalog.addonConfiguration(addonName, addonVersion);
  return {
    addonName,
    addonVersion,
    configurationSchema: JSON.stringify(schema),
    podIdentityConfiguration: serviceAccounts.map((serviceAccount) => ({ serviceAccount, recommendedManagedPolicies: [] })),
  };
}

function shuffleKey({ addonName, addonVersion }: CatalogAddonVersion): string {
  return createHash('sha256').update(addonName + addonVersion).digest('hex');
}
