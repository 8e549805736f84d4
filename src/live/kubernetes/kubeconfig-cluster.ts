import { readFileSync } from 'node:fs';
import type { Cluster } from '@kubernetes/client-node/dist/config_types.js' with { 'resolution-mode': 'import' };

/** What a cluster of a kubeconfig has that kubectl tells credential plugins, and the client does not know. */
export interface KubeconfigCluster {
  readonly name: string;
  readonly disableCompression?: boolean;
  /** What a plugin needs to know of this cluster. */
  readonly pluginConfig?: unknown;
}

const PLUGIN_EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * The clusters of a kubeconfig, as they stand there.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#Cluster
 */
export function clustersIn(clusters: readonly any[]): KubeconfigCluster[] {
  return clusters.map(({ name, cluster }) => ({
    name,
    disableCompression: cluster?.['disable-compression'] ?? undefined,
    pluginConfig: cluster?.extensions?.find((extension: any) => extension?.name === PLUGIN_EXTENSION)?.extension,
  }));
}

/**
 * What kubectl tells a credential plugin of a cluster.
 *
 * @see https://kubernetes.io/docs/reference/config-api/client-authentication.v1/#client-authentication-k8s-io-v1-Cluster
 */
export function toldToPlugins(cluster: Cluster, { disableCompression, pluginConfig }: Partial<KubeconfigCluster> = {}): object {
  const { server, tlsServerName, skipTLSVerify, caData, caFile, proxyUrl } = cluster;
  return {
    server,
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': skipTLSVerify || undefined,
    'certificate-authority-data': caData ?? (caFile ? readFileSync(caFile).toString('base64') : undefined),
    'proxy-url': proxyUrl,
    'disable-compression': disableCompression,
    'config': pluginConfig ?? null,
  };
}
