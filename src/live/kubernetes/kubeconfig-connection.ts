import { existsSync, readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { delimiter, dirname, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js' with { 'resolution-mode': 'import' };
import { parse } from 'yaml';
import { CredentialPlugin, withCommandIn } from './credential-plugin';
import { clustersIn, KubeconfigCluster, toldToPlugins } from './kubeconfig-cluster';
import { applyUser, hasCredentials, isEmpty, KubeconfigUser, usersIn } from './kubeconfig-user';
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
  let known: Known = { users: [], clusters: [] };
  try {
    const files = kubeconfig === undefined ? filesOfKubectl(client.findHomeDir()) : [kubeconfig];
    if (files.length === 0) config.loadFromDefault();
    else known = load(config, files, () => new client.KubeConfig());
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
  const login = config.getCurrentUser();
  usePlugin(config, known);
  const apply = async () => {
    const options: RequestOptions = {};
    try {
      if (login?.exec && login.authProvider) throw new Error(`user '${login.name}' has both exec and auth-provider: leave one of them out`);
      await config.applyToHTTPSOptions(options);
      if (!cluster.proxyUrl) delete options.agent; // one for each request, which would keep no connection and know no proxy of the environment
      const user = currentUser(config, known);
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

/** What is known of the entries of a kubeconfig beside what the client knows. */
interface Known {
  readonly users: readonly KubeconfigUser[];
  readonly clusters: readonly KubeconfigCluster[];
}

/**
 * Loads some files as kubectl does: those that are missing or empty are left out, and of what has one name, the first counts.
 *
 * @returns what else is in them
 * @throws if none is there, or one cannot be read
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
function load(config: KubeConfig, files: readonly string[], makeConfig: () => KubeConfig): Known {
  const there = files.filter((file) => existsSync(file));
  const filled = (there.length > 0 ? there : files).filter((file) => !isEmpty(file));
  if (filled.length === 0) return { users: [], clusters: [] };
  const [first, ...others] = filled;
  loadFile(config, first);
  for (const file of others) {
    const other = makeConfig();
    loadFile(other, file);
    other.clusters = newIn(config.clusters, other.clusters);
    other.users = newIn(config.users, other.users);
    other.contexts = newIn(config.contexts, other.contexts);
    config.mergeConfig(other, Boolean(config.currentContext));
  }
  const known = filled.map(knownIn);
  return { users: known.flatMap(({ users }) => users), clusters: known.flatMap(({ clusters }) => clusters) };
}

function knownIn(file: string): Known {
  const { users, clusters } = parse(readFileSync(file, 'utf8')) ?? {};
  return { users: usersIn(users ?? [], dirname(file)), clusters: clustersIn(clusters ?? []) };
}

function newIn<T extends { readonly name: string }>(before: readonly T[], entries: readonly T[]): T[] {
  return entries.filter(({ name }) => !before.some((entry) => entry.name === name));
}

/** Loads a file, in which paths are relative to its folder: the client does not know that of the commands of credential plugins. */
function loadFile(config: KubeConfig, file: string): void {
  config.loadFromFile(file);
  config.users = config.users.map((user) => user.exec ? { ...user, exec: withCommandIn(dirname(file), user.exec) } : user);
}

function currentUser(config: KubeConfig, { users }: Known): KubeconfigUser | undefined {
  return users.find(({ name }) => name === config.getCurrentUser()?.name);
}

/** Runs the credential plugin of the current user as kubectl does, instead of as the client does: only if the user has nothing else. */
function usePlugin(config: KubeConfig, known: Known): void {
  const [user, cluster] = [config.getCurrentUser(), config.getCurrentCluster()!];
  if (user?.exec && !hasCredentials(user, currentUser(config, known))) {
    const more = known.clusters.find(({ name }) => name === cluster.name);
    config.addAuthenticator(new CredentialPlugin(user.exec, () => toldToPlugins(cluster, more)));
  }
  config.users = config.users.map((each) => ({ ...each, exec: undefined }));
}
