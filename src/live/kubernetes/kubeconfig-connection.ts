import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js' with { 'resolution-mode': 'import' };
import { applyUser, isEmpty, KubeconfigUser, usersIn } from './kubeconfig-user';
import { KubernetesConnection } from './kubernetes-api';

/** Which entry of which kubeconfig to use. */
export interface KubeconfigOptions {
  /** @default - as kubectl has it: the files of KUBECONFIG, else `~/.kube/config` */
  readonly kubeconfig?: string;

  /** @default - the current context */
  readonly context?: string;
}

/** What the client names a context of `http://localhost:8080`, which it makes up where there is no kubeconfig. */
const MADE_UP_CONTEXT = 'loaded-context';

/**
 * The connection that kubectl would use.
 *
 * @throws if there is no such file or context, or it cannot be used
 */
export async function kubeconfigConnection({ kubeconfig, context }: KubeconfigOptions): Promise<KubernetesConnection> {
  // loaded only by those who use it: it takes a tenth of a second
  const client = await import('@kubernetes/client-node/dist/config.js');
  const config = new client.KubeConfig();
  const file = kubeconfig ?? (process.env.KUBECONFIG || '~/.kube/config');
  let users: KubeconfigUser[] = [];
  try {
    const files = kubeconfig === undefined ? filesOfKubectl(client.findHomeDir()) : [kubeconfig];
    if (files.length === 0) config.loadFromDefault();
    else users = load(config, files, () => new client.KubeConfig());
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new Error(`the kubeconfig ${file} could not be read: ${why}`);
  }
  if (kubeconfig === undefined && config.getCurrentContext() === MADE_UP_CONTEXT) {
    throw new Error(`there is no kubeconfig: KUBECONFIG names none, and ${file} does not exist; give --kubeconfig <file>`);
  }
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
  if (!cluster.server.startsWith('https:')) {
    throw new Error(`the kubeconfig ${file} names '${cluster.server}' as the server, and tokens are sent by https only: name one `
      + 'that begins with https:');
  }
  const apply = async () => {
    const options: RequestOptions = {};
    try {
      await config.applyToHTTPSOptions(options);
      if (!cluster.proxyUrl) delete options.agent; // one for each request, which would keep no connection and know no proxy of the environment
      keepEndless(config);
      const user = users.find(({ name }) => name === config.getCurrentUser()?.name);
      if (user) applyUser(user, options);
    } catch (error) {
      throw new Error(`the kubeconfig ${file} gives no credentials: ${(error as Error).message}`);
    }
    return options;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    server: cluster.server,
    called: `the context '${config.getCurrentContext()}' of the kubeconfig`,
    requestOptions: async () => {
      // one after the other: a credential plugin, which may ask somebody to log in, runs once, and its token is kept
      const options = last.then(apply);
      last = options.catch(() => undefined);
      return options;
    },
  };
}

/** Those of KUBECONFIG, else that of the home directory if it is there. */
function filesOfKubectl(home: string | null): string[] {
  const named = (process.env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  if (named.length > 0) return named;
  return [home].flatMap((folder) => folder ? [join(folder, '.kube', 'config')] : []).filter((file) => existsSync(file));
}

/**
 * Loads some files as kubectl does: those that are missing or empty are left out, and of what has one name, the first counts.
 *
 * @returns the users in them
 * @throws if none is there, or one cannot be read
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
function load(config: KubeConfig, files: readonly string[], makeConfig: () => KubeConfig): KubeconfigUser[] {
  const there = files.filter((file) => existsSync(file));
  const filled = (there.length > 0 ? there : files).filter((file) => !isEmpty(file));
  if (filled.length === 0) return [];
  const [first, ...others] = filled;
  config.loadFromFile(first);
  for (const file of others) {
    const other = makeConfig();
    other.loadFromFile(file);
    other.clusters = newIn(config.clusters, other.clusters);
    other.users = newIn(config.users, other.users);
    other.contexts = newIn(config.contexts, other.contexts);
    config.mergeConfig(other, Boolean(config.currentContext));
  }
  return filled.flatMap(usersIn);
}

function newIn<T extends { readonly name: string }>(before: readonly T[], entries: readonly T[]): T[] {
  return entries.filter(({ name }) => !before.some((entry) => entry.name === name));
}

/** Later than any reading ends. */
const NEVER = '9999-12-31T00:00:00Z';

/** The part of the client that runs credential plugins, as far as it keeps what they give. */
interface CredentialCache {
  readonly tokenCache?: Readonly<Record<string, { readonly status: { expirationTimestamp?: string } } | null>>;
}

/**
 * Keeps the credentials that name no end for as long as there is the connection, as kubectl does; the client would run their plugin for each
 * request.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
function keepEndless(config: object): void {
  const { authenticators } = config as { readonly authenticators: readonly CredentialCache[] };
  for (const credential of authenticators.flatMap(({ tokenCache = {} }) => Object.values(tokenCache))) {
    if (credential) credential.status.expirationTimestamp ??= NEVER;
  }
}
