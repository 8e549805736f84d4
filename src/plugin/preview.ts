import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CliSettings } from './cli-settings';
import type { PluginConnection } from './plugin-connection';
import { previewModeFor } from './preview-mode';
import { ADD_ON_CONFIGURATION_PROVIDER, AddOnConfigurationLookUp } from '../engine/eks/add-on-configuration-look-up';
import { ADD_ON_PROVIDER, ADD_ON_VARIABLE, AddOnLookUp } from '../engine/eks/add-on-look-up';
import type { CredentialProviderSource } from '../live/credential-plugins';
import { PREVIEW_PROVIDER, PREVIEW_VARIABLE, PreviewQuestion } from '../preview/question';

/** What the CDK's CLI gives its plugins, as far as it is needed here. */
interface PluginHost {
  /** The other plugins that give credentials: those that have registered so far. */
  readonly credentialProviderSources?: readonly CredentialProviderSource[];
  registerContextProviderAlpha<Question>(name: string, provider: { getValue(question: Question): Promise<object> }): void;
}

/**
 * The channel on which Node.js tells of each process that is started.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#child-process
 */
const CHILD_PROCESSES = 'child_process';

/** The version of the CLI's interface for plugins. */
export const version = '1';

/**
 * The plugin of the CDK's CLI that shows in `cdk diff` what is live, looks up versions of add-ons that are tracked and not in
 * `cdk.context.json` yet, and holds configurations of add-ons against the versions that an app names: named in `cdk.json` as
 * `"plugin": ["cdk-eks-upgrades/preview"]`.
 *
 * It runs in the CLI's process. An app learns by an environment variable that there is somebody to ask, and asks by a context look-up. What
 * reads AWS is loaded when a question is to come, and not with this file, which is loaded with every command of the CLI.
 *
 * @throws if `CDK_EKS_UPGRADES_PREVIEW` has an unknown value
 */
export function init(host: PluginHost): void {
  const settings = CliSettings.ofThisProcess();
  offerAddOnLookUps(host, settings);
  const mode = previewModeFor(settings);
  if (mode === undefined) {
    delete process.env[PREVIEW_VARIABLE]; // a CLI that runs inside of another one's app inherits it
    return;
  }
  process.env[PREVIEW_VARIABLE] = mode;
  loadBesideApp();
  host.registerContextProviderAlpha<PreviewQuestion>(PREVIEW_PROVIDER, {
    getValue: async (question) => {
      const { answer } = await import('./answer.js');
      return answer(question, connectionOf(host, settings));
    },
  });
}

/** As it is when a question comes: by then, all plugins have registered. */
function connectionOf({ credentialProviderSources: credentialPlugins }: PluginHost, { network }: CliSettings): PluginConnection {
  return { ...network, credentialPlugins };
}

/** Loads what reads AWS once the CLI has started the app: until that has ended, the CLI has nothing else to do. */
function loadBesideApp(): void {
  const onStart = () => {
    unsubscribe(CHILD_PROCESSES, onStart);
    setImmediate(() => void import('./answer.js').catch(() => undefined)); // whoever asks is told why it fails
  };
  subscribe(CHILD_PROCESSES, onStart);
}

/** With every command, but where the CLI refuses look-ups. */
function offerAddOnLookUps(host: PluginHost, settings: CliSettings): void {
  if (settings.valueOf('lookups') === 'false') {
    delete process.env[ADD_ON_VARIABLE];
    return;
  }
  process.env[ADD_ON_VARIABLE] = 'on';
  host.registerContextProviderAlpha<AddOnLookUp>(ADD_ON_PROVIDER, {
    getValue: async (lookUp) => {
      const { lookUpAddOn } = await import('./answer.js');
      return lookUpAddOn(lookUp, connectionOf(host, settings));
    },
  });
  host.registerContextProviderAlpha<AddOnConfigurationLookUp>(ADD_ON_CONFIGURATION_PROVIDER, {
    getValue: async (lookUp) => {
      const { lookUpAddOnConfiguration } = await import('./answer.js');
      return lookUpAddOnConfiguration(lookUp, connectionOf(host, settings));
    },
  });
}
