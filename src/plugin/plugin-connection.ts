import type { CredentialProviderSource } from '../live/credential-plugins';
import type { NetworkOptions } from '../live/network';

/** How the CLI reaches AWS in whose process the plugin runs. */
export interface PluginConnection extends NetworkOptions {
  /** Its plugins that give credentials. @default - none */
  readonly credentialPlugins?: readonly CredentialProviderSource[];
}
