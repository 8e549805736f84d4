import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { notes, warnings } from './messages';
import { missingEnvironment } from './missing-environment';
import { failureIn } from './plugin-look-up';
import { inform, warn } from '../diagnostics/annotations';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { configuredAddOnIn } from '../engine/change/add-on-configuration';
import {
  ADD_ON_CONFIGURATION_PROVIDER, addOnConfigurationEntryIn, addOnConfigurationKey, AddOnConfigurationLookUp,
} from '../engine/eks/add-on-configuration-look-up';
import { ADD_ON_VARIABLE } from '../engine/eks/add-on-look-up';
import { parseAddOnVersion } from '../engine/eks/add-on-version';
import { askPlugin } from '../preview/ask-plugin';
import { PREVIEW_VARIABLE } from '../preview/question';

/**
 * Holds the configuration of an add-on against the version that the app names: what EKS would refuse is a warning on the add-on.
 * Asks the plugin of the CDK's CLI, once for each configuration and version. Without the plugin, and where the preview looks at
 * the whole deployment anyway, it says nothing; nor of a version or of values that only the deployment knows.
 */
export function holdConfigurationAgainstVersion(resource: CfnAddon): void {
  const isAsked = process.env[ADD_ON_VARIABLE] !== undefined && process.env[PREVIEW_VARIABLE] === undefined;
  if (!isAsked || missingEnvironment(resource).length > 0) return;
  const { name, version, configuration } = configuredAddOnIn(renderedProperties(resource)) ?? {};
  if (name === undefined || version === undefined || !parseAddOnVersion(version)) return;
  const { account, region } = Stack.of(resource);
  const lookUp: AddOnConfigurationLookUp = { account, region, configured: { name, version, ...configuration } };
  const key = addOnConfigurationKey(lookUp, createHash('sha256').update(JSON.stringify(configuration)).digest('hex').slice(0, 12));
  const value: unknown = resource.node.tryGetContext(key);
  if (value === undefined) askPlugin(resource, key, ADD_ON_CONFIGURATION_PROVIDER, lookUp);
  else report(resource, lookUp, key, value);
}

function report(resource: CfnAddon, { configured: { name, version } }: AddOnConfigurationLookUp, key: string, value: unknown): void {
  const scope = resource.node.scope ?? resource;
  const entry = addOnConfigurationEntryIn(value);
  if (!entry) {
    const failure = failureIn(value);
    inform(scope, failure === undefined
      ? notes['addOnConfigurationUnread:malformed']({ name, version, value: JSON.stringify(value), key })
      : notes.addOnConfigurationUnread({ name, version, failure }));
  } else if (entry.objections.length > 0) {
    warn(scope, warnings.addOnConfiguration({ name, version, objections: entry.objections }));
  }
}
