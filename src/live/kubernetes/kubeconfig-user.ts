import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { resolve } from 'node:path';
import type { User } from '@kubernetes/client-node/dist/config_types.js' with { 'resolution-mode': 'import' };

/** What a user of a kubeconfig has that kubectl knows, and the client does not. */
export interface KubeconfigUser {
  readonly name: string;
  /** Read for each request: whoever writes it replaces a token before it ends. */
  readonly tokenFile?: string;
  readonly asGroups?: readonly string[];
  readonly asUid?: string;
  /** Whether it has `as-user-extra`. */
  readonly hasExtra: boolean;
}

/** Whether a file says nothing, as one that was just made does: kubectl skips it. */
export function isEmpty(file: string): boolean {
  return readFileSync(file, 'utf8').split('\n').every((line) => /^\s*(#.*|---\s*)?$/.test(line));
}

/**
 * The users of a kubeconfig, as they stand there. Paths are relative to its folder.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo
 */
export function usersIn(users: readonly any[], folder: string): KubeconfigUser[] {
  return users.map(({ name, user }) => ({
    name,
    tokenFile: user?.tokenFile ? resolve(folder, user.tokenFile) : undefined,
    asGroups: user?.['as-groups'] ?? undefined,
    asUid: user?.['as-uid'] ?? undefined,
    hasExtra: Object.keys(user?.['as-user-extra'] ?? {}).length > 0,
  }));
}

/**
 * Whether a user has credentials for which kubectl does not run a credential plugin.
 *
 * @see https://github.com/kubernetes/client-go/blob/master/plugin/pkg/client/auth/exec/exec.go (UpdateTransportConfig)
 */
export function hasCredentials({ token, username, certData, certFile, keyData, keyFile }: User, more?: KubeconfigUser): boolean {
  return Boolean(token || more?.tokenFile || username || ((certData || certFile) && (keyData || keyFile)));
}

/**
 * Adds what kubectl would send for a user to the headers. The token of a file counts before the other, as there.
 *
 * @throws if its file cannot be read, or it has what is not supported
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function applyUser({ name, tokenFile, asGroups, asUid, hasExtra }: KubeconfigUser, options: RequestOptions): void {
  if (hasExtra) throw new Error(`user '${name}' has as-user-extra, which is not supported: leave it out, or name a context with another user`);
  options.headers = {
    ...options.headers as object,
    ...tokenFile !== undefined && { Authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` },
    ...asGroups && { 'Impersonate-Group': [...asGroups] },
    ...asUid !== undefined && { 'Impersonate-Uid': asUid },
  };
}
