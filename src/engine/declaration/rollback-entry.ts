import { says } from './messages';
import { refusal } from '../messages/refusal';
import { contextKey } from '../state/context-key';

/**
 * How a cluster of an app is rolled back one minor: an entry of `cdk.context.json` that the command `rollback` writes and the
 * constructs obey, without an edit of the app.
 */
export interface RollbackEntry {
  /** The Kubernetes minor to go back to. */
  readonly to: string;
  /** What goes back in the next deployment: `nodes` and add-ons while the control plane stays, then the `control plane`. */
  readonly stage: 'nodes' | 'control plane';
  /** The releases of the node groups that go back, by construct path. */
  readonly releases: Readonly<Record<string, string>>;
  /** The versions of the add-ons that go back, by name. */
  readonly addOns: Readonly<Record<string, string>>;
}

/** Of which cluster an entry is, and for which version in its app: once the app names another one, the entry says nothing any more. */
export interface RollbackPlace {
  readonly account: string;
  readonly region: string;
  /** Construct path of the cluster. */
  readonly path: string;
}

/** The key of an entry. */
export function rollbackKey(place: RollbackPlace, version: string): string {
  return `${rollbackKeyPrefix(place)}${version}`;
}

/** What the keys of all entries of a cluster begin with; the version ends them. */
export function rollbackKeyPrefix({ account, region, path }: RollbackPlace): string {
  return `${contextKey('rollback', { account, cluster: path, region })}:version=`;
}

/** Stands for the path of a cluster where all are looked for. */
const ANY_PATH = '*';

/** The construct paths of the clusters that the keys of a context roll back from a version. */
export function pathsRolledBack(keys: readonly string[], place: Omit<RollbackPlace, 'path'>, version: string): string[] {
  const [before, after] = rollbackKey({ ...place, path: ANY_PATH }, version).split(ANY_PATH);
  return keys.filter((key) => key.startsWith(before) && key.endsWith(after)).map((key) => key.slice(before.length, -after.length));
}

/**
 * Reads an entry.
 *
 * @throws if it is none, as after an edit by hand
 */
export function rollbackEntryIn(key: string, value: unknown): RollbackEntry {
  const { to, stage, releases = {}, addOns = {} } = (value ?? {}) as Partial<RollbackEntry>;
  if (typeof to !== 'string' || (stage !== 'nodes' && stage !== 'control plane')) {
    throw refusal(says.noRollback({ key }));
  }
  return { to, stage, releases, addOns };
}
