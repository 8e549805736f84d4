import { UpgradeIntent } from './upgrade-intent';

/** Construct paths of node groups, by the names in EKS that CloudFormation has made up for them. */
export type ConstructNames = ReadonlyMap<string, string>;

/** How the constructs of node groups are called whose names nobody has given. */
export function constructNamesOf({ nodeGroups = {} }: UpgradeIntent): ConstructNames {
  return new Map(
    Object.entries(nodeGroups).flatMap(([name, { constructPath }]) => constructPath === undefined ? [] : [[name, constructPath]]),
  );
}

/**
 * A node group as its reader knows it: `Cluster/NodegroupWorkers (Prod-ClusterNodegroupWorkersA3EA85B0-257895A2D6BD)`; by a
 * given name where it has one.
 */
export function nodeGroupInWords(name: string, constructPath: string | undefined): string {
  return constructPath === undefined ? name : `${constructPath} (${name})`;
}

/** The text with constructs in place of the names that CloudFormation has made up; commands of the AWS CLI in it need these. */
export function byConstruct(text: string, names: ConstructNames): string {
  return text.split(/('aws [^']*')/).map((part, index) => index % 2 === 1 ? part : withPaths(part, names)).join('');
}

function withPaths(text: string, names: ConstructNames): string {
  return [...names].reduce((changed, [name, path]) => changed.split(new RegExp(`(?<![\\w-])${name}(?![\\w-])`)).join(path), text);
}

/** The path of a construct as `cdk diff` shows it: within its stack, and without the resource in it. */
export function pathInDiff(constructPath: string): string {
  const [, ...path] = constructPath.split('/');
  return (path.length > 1 && ['Resource', 'Default'].includes(path.at(-1)!) ? path.slice(0, -1) : path).join('/');
}
