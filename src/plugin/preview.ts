import { CliSettings } from './cli-settings';
import { previewModeFor } from './preview-mode';
import { PREVIEW_PROVIDER, PREVIEW_VARIABLE, PreviewQuestion } from '../preview/question';

/** What the CDK's CLI gives its plugins, as far as it is needed here. */
interface PluginHost {
  registerContextProviderAlpha(name: string, provider: { getValue(question: PreviewQuestion): Promise<object> }): void;
}

/** The version of the CLI's interface for plugins. */
export const version = '1';

/**
 * The plugin of the CDK's CLI that shows in `cdk diff` what is live: named in `cdk.json` as `"plugin": ["cdk-eks-upgrades/preview"]`.
 *
 * It runs in the CLI's process. An app learns by an environment variable that there is somebody to ask, and asks by a context look-up. What
 * reads AWS is loaded with the first question only: this file is loaded with every command of the CLI.
 *
 * @throws if `CDK_EKS_UPGRADES_PREVIEW` has an unknown value
 */
export function init(host: PluginHost): void {
  const settings = CliSettings.ofThisProcess();
  const mode = previewModeFor(settings);
  if (mode === undefined) {
    delete process.env[PREVIEW_VARIABLE]; // a CLI that runs inside of another one's app inherits it
    return;
  }
  process.env[PREVIEW_VARIABLE] = mode;
  host.registerContextProviderAlpha(PREVIEW_PROVIDER, {
    getValue: async (question) => {
      const { answer } = await import('./answer.js');
      return answer(question, { profile: settings.valueOf('profile') });
    },
  });
}
