import { isDeepStrictEqual } from 'node:util';
import { addOnChoiceOf, Change, changeOf, offersOfAddOn } from './change';
import { literal, literalName } from './cluster-in-templates';
import { distinct } from './distinct';
import { AddOnIntent, UpgradeIntent } from './upgrade-intent';
import { ClusterDeclaration, policyOf } from '../declaration/cluster-declaration';
import { AddOnConfiguration, AddOnConfigurationAnswer, ConfiguredAddOn } from '../state/add-on-configuration';
import { installedVersions } from '../state/add-on-state';
import { ClusterState } from '../state/cluster-state';
import { ADD_ON_TYPE, TemplateResource, TemplateResources } from '../state/deployed-stack';
import { RegionCatalog } from '../state/region-catalog';

type Properties = TemplateResource['properties'];

/** How a template configures an add-on; undefined where it says nothing of it, or where only the deployment knows. */
export function configurationIn({ ConfigurationValues, PodIdentityAssociations }: Properties): AddOnConfiguration | undefined {
  const values = literal(ConfigurationValues);
  const serviceAccounts = serviceAccountsIn(PodIdentityAssociations).flatMap((serviceAccount) => literal(serviceAccount) ?? []);
  if (values === undefined && serviceAccounts.length === 0) return undefined;
  return { ...values !== undefined && { values }, ...serviceAccounts.length > 0 && { serviceAccounts } };
}

/** What a template gives an add-on, whatever it is: its values and roles may be known to the deployment only. */
export function givenTo({
  ConfigurationValues, PodIdentityAssociations, ServiceAccountRoleArn,
}: Properties): NonNullable<AddOnIntent['given']> {
  const hasRole = PodIdentityAssociations !== undefined || ServiceAccountRoleArn !== undefined;
  return [...ConfigurationValues === undefined ? [] : ['configuration' as const], ...hasRole ? ['role' as const] : []];
}

/** Whether two templates configure an add-on in different ways; which roles its pods get is no matter of its version. */
export function isReconfigured(before: Properties | undefined, after: Properties): boolean {
  const settingsOf = (properties: Properties = {}) => [
    properties.ConfigurationValues, serviceAccountsIn(properties.PodIdentityAssociations),
  ];
  return !isDeepStrictEqual(settingsOf(before), settingsOf(after));
}

function serviceAccountsIn(associations: unknown): unknown[] {
  return Array.isArray(associations) ? associations.map(
    (association: { readonly ServiceAccount?: unknown }) => association?.ServiceAccount,
  ) : [];
}

/** The add-ons that a change moves, creates or configures, with the configuration and the version that they are to have then. */
export function configuredAddOns(change: Change): ConfiguredAddOn[] {
  const installed = installedVersions(change.state.addOns);
  return Object.entries(change.intent.addOns ?? {}).flatMap(([name, { configuration, isReconfigured: isChanged, removed }]) => {
    const version = versionOfAddOnAfter(change, name, installed.get(name));
    return configuration && !removed && version !== undefined && (isChanged || version !== installed.get(name))
      ? [{ name, version, ...configuration }] : [];
  });
}

/** The same of what is wanted of a cluster. */
export function configuredAddOnsOf(state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent): ConfiguredAddOn[] {
  return configuredAddOns(changeOf(state, catalog, intent, { maxInsightAgeHours: 0 }));
}

/** The version that an add-on is to have: of a new one for which nobody chooses, EKS installs its default. */
export function versionOfAddOnAfter(change: Change, name: string, installed: string | undefined): string | undefined {
  const choice = addOnChoiceOf(change, name, installed);
  if (choice) return choice.version;
  if (installed !== undefined) return installed;
  const offer = offersOfAddOn(change, name, change.target);
  return offer.known ? offer.value.defaultVersion : undefined;
}

/** The answer to a configuration; undefined where nobody has asked. */
export function answerTo(asked: ConfiguredAddOn, { addOnConfigurations = [] }: RegionCatalog): AddOnConfigurationAnswer | undefined {
  return addOnConfigurations.find((answer) => isDeepStrictEqual(answer.asked, asked));
}

/** An add-on in a template, with the configuration that it has there. */
export interface TemplateAddOn {
  readonly name: string;
  /** Absent where the deployment chooses. */
  readonly version?: string;
  readonly configuration: AddOnConfiguration;
}

/** The configured add-ons of templates, each once. */
export function configuredAddOnsIn(stacks: Readonly<Record<string, TemplateResources>>): TemplateAddOn[] {
  const addOns = Object.values(stacks).flatMap((resources) => Object.values(resources)).filter(({ type }) => type === ADD_ON_TYPE);
  return distinct(addOns.flatMap(({ properties }) => configuredAddOnIn(properties) ?? []));
}

/** An add-on as the properties of its resource configure it; undefined where they say nothing of that, or not of which. */
export function configuredAddOnIn(properties: TemplateResource['properties']): TemplateAddOn | undefined {
  const [name, configuration] = [literalName(properties), configurationIn(properties)];
  return name !== undefined && configuration ? { name, version: literal(properties.AddonVersion), configuration } : undefined;
}

/** The version that a template or the app names for an add-on, else how the app chooses it. */
export function wantedVersionOf(
  name: string, written: string | undefined, addOns: ClusterDeclaration['addOns'],
): Pick<AddOnIntent, 'version' | 'policy'> {
  const declared = addOns.find((addOn) => addOn.name === name);
  const named = written ?? declared?.version;
  return named === undefined ? { policy: declared && policyOf(declared) } : { version: named };
}

/**
 * What to ask about add-ons of a cluster before it is known what its deployment changes: each configuration with the version that
 * the add-on has, and with the one that it would get.
 */
export function configurationsToAsk(
  { version, addOns }: ClusterDeclaration, state: ClusterState, catalog: RegionCatalog, configured: readonly TemplateAddOn[],
): ConfiguredAddOn[] {
  return configured.flatMap(({ name, version: written, configuration }) => {
    const staying: AddOnIntent = { configuration, isReconfigured: true };
    const moving: AddOnIntent = { ...staying, ...wantedVersionOf(name, written, addOns) };
    return [staying, moving].flatMap((intent) =>
      configuredAddOnsOf(state, catalog, { version, addOns: { [name]: intent } }));
  });
}
