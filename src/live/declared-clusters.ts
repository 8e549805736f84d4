import { LiveEnvironmentReader, LiveReadingOptions } from './live-environment-reader';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { environmentKey, LiveView } from '../engine/state/live-view';

/**
 * Reads what is live of the clusters that an app declares: all side by side, the catalog of each account and Region once. Of its tracked
 * releases without a node group, the catalog is all that there is to read.
 *
 * What cannot be read is an entry that says why; the rest is read all the same.
 */
export async function readDeclaredClusters(declarations: readonly ClusterDeclaration[], options: LiveReadingOptions): Promise<LiveView> {
  const keys = [...new Set([...declarations, ...options.releases ?? []].map(environmentKey))];
  const read = await Promise.all(keys.map(async (key) =>
    new LiveEnvironmentReader(key, declarations.filter((declaration) => environmentKey(declaration) === key), options).read()));
  const clusters = read.flatMap((environment) => environment.clusters);
  return {
    observedAt: options.now.toISOString(),
    clusters: declarations.map(({ path }) => clusters.find((cluster) => cluster.path === path)!),
    environments: Object.fromEntries(read.map(({ key, environment }) => [key, environment])),
  };
}
