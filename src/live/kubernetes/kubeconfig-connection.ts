import { KubernetesConnection } from './kubernetes-api';

/** Which entry of which kubeconfig to use. */
export interface KubeconfigOptions {
  /** @default - as kubectl has it: the files of KUBECONFIG, else `~/.kube/config` */
  readonly kubeconfig?: string;

  /** @default - the current context */
  readonly context?: string;
}

/**
 * The connection that kubectl would use.
 *
 * @throws if there is no such file or context
 */
export async function kubeconfigConnection({ kubeconfig, context }: KubeconfigOptions): Promise<KubernetesConnection> {
  // loaded only by those who use it: it takes a tenth of a second
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  const names = config.getContexts().map(({ name }) => name);
  if (context !== undefined) {
    if (!names.includes(context)) throw new Error(`the kubeconfig has no context '${context}': it has ${names.join(', ') || 'none'}`);
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new Error(
      `the kubeconfig has no current context: give --context with one of ${names.join(', ') || 'its contexts, of which it has none'}`,
    );
  }
  return {
    server: cluster.server,
    requestOptions: async () => {
      const options = {};
      await config.applyToHTTPSOptions(options);
      return options;
    },
  };
}
