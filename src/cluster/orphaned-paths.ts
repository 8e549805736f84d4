import { IConstruct } from 'constructs';
import { NodeGroupHosts } from '../node-group/node-group-host';

/**
 * Those of some construct paths at which an app has no cluster of this library: it has been moved or renamed, or is of another app that
 * shares the file. To be asked when the tree is finished.
 */
export function orphanedOf(paths: readonly string[], { node: { root } }: IConstruct): string[] {
  return paths.filter((path) => !isCluster(constructAt(root, path)));
}

function constructAt(root: IConstruct, path: string): IConstruct | undefined {
  return path.split('/').reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), root);
}

function isCluster(construct: IConstruct | undefined): boolean {
  return construct !== undefined && NodeGroupHosts.of(construct) !== undefined;
}
