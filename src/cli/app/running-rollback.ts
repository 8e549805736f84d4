import { ClusterDeclaration } from '../../engine/declaration/cluster-declaration';
import { RollbackEntry, rollbackEntryIn, rollbackKeyPrefix } from '../../engine/declaration/rollback-entry';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';

/** The version to which a cluster goes back as far as the app tells: that of the entry in the context, else the minor below its own. */
export function targetOf(cluster: ClusterDeclaration, context: Readonly<Record<string, unknown>>): string | undefined {
  const running = runningTo(cluster, context);
  if (running !== undefined) return running;
  return cluster.version === undefined ? undefined : KubernetesMinor.parse(cluster.version).plus(-1).toString();
}

/** The version to which the context takes a cluster back; undefined where it does not. */
export function runningTo(cluster: ClusterDeclaration, context: Readonly<Record<string, unknown>>): string | undefined {
  const key = runningKey(cluster, context);
  return key === undefined ? undefined : rollbackEntryIn(key, context[key]).to;
}

/**
 * The entry that the constructs obey; once the app names another version than the one that was to be left, an entry says nothing
 * any more.
 */
export function runningKey(
  { account = '', region = '', path, version }: ClusterDeclaration, context: Readonly<Record<string, unknown>>,
): string | undefined {
  const prefix = rollbackKeyPrefix({ account, region, path });
  return Object.keys(context).find((key) => key.startsWith(prefix)
    && (
      key.slice(prefix.length) === version || (context[key] as Partial<RollbackEntry> | null)?.to === version
    )); // which it makes of the app's own
}
