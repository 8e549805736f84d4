import { Construct, IConstruct } from 'constructs';
import { Carried } from '../diagnostics/carried';
import { NodeGroupHosts } from '../node-group/node-group-host';

/** The `ClusterUpgrades` of clusters that have been given some. */
export const Upgrades = new Carried<Construct>('ClusterUpgrades');

/** Whether something moves the parts of a cluster already: `ClusterUpgrades`, or the cluster itself, which then is an `UpgradableCluster`. */
export function hasUpgrades(cluster: IConstruct): boolean {
  return (Upgrades.of(cluster) ?? NodeGroupHosts.of(cluster)) !== undefined;
}
