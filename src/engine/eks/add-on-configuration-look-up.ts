import { ConfiguredAddOn } from '../state/add-on-configuration';

/*
 * What an app and the plugin of the CDK's CLI say to each other about the configuration of an add-on whose version the app names.
 * The CLI keeps the answer in `cdk.context.json`: what a version takes does not change.
 */

/** The name by which the CLI finds the plugin's context provider. */
export const ADD_ON_CONFIGURATION_PROVIDER = 'cdk-eks-upgrades-add-on-configuration';

/** What the app asks. */
export interface AddOnConfigurationLookUp {
  readonly account: string;
  readonly region: string;
  readonly configured: ConfiguredAddOn;
}

/** The entry in `cdk.context.json`. */
export interface AddOnConfigurationEntry {
  /** What EKS would refuse, each in a sentence that begins with the place of the value. */
  readonly objections: readonly string[];
}

/**
 * The key of the entry, in the form of the CDK's own keys.
 *
 * @param digest of the configuration
 */
export function addOnConfigurationKey({ account, region, configured }: AddOnConfigurationLookUp, digest: string): string {
  const { name, version } = configured;
  return `cdk-eks-upgrades:add-on-configuration:account=${account}:addOn=${name}:configuration=${digest}:region=${region}:version=${version}`;
}

/** The entry in a value of the context; undefined for anything else. */
export function addOnConfigurationEntryIn(value: unknown): AddOnConfigurationEntry | undefined {
  const objections = (value as Partial<AddOnConfigurationEntry> | null | undefined)?.objections;
  return Array.isArray(objections) && objections.every((objection) => typeof objection === 'string') ? { objections } : undefined;
}
