import { matcherOf } from '../app/name-pattern';
import { NodeGroupPlace, TrackedLookUp } from '../app/tracked-look-up';
import { wrongUse } from '../command-error';

/**
 * The looked-up releases of the stacks, node groups or AMI types that patterns name. All without patterns.
 *
 * A release that several node groups share moves for all of them: the entry in the context is one.
 *
 * @throws CommandError if a pattern names nothing
 */
export function selectLookUps(lookUps: readonly TrackedLookUp[], patterns: readonly string[]): TrackedLookUp[] {
  const matchers = patterns.map((pattern) => ({ pattern, matches: matcherOf(pattern) }));
  const unknown = matchers.find(({ matches }) => !lookUps.some((lookUp) => namesOf(lookUp).some(matches)));
  if (unknown) {
    throw wrongUse(`--only '${unknown.pattern}' is neither a stack, a node group nor an AMI type with a looked-up release: there are `
      + (lookUps.flatMap(({ amiType, usedBy }) => usedBy.map(({ path }) => `${path} (${amiType})`)).join(', ') || 'none'));
  }
  return matchers.length === 0
    ? [...lookUps]
    : lookUps.filter((lookUp) => matchers.some(({ matches }) => namesOf(lookUp).some(matches)));
}

function namesOf({ amiType, usedBy }: TrackedLookUp): string[] {
  return [...amiType === undefined ? [] : [amiType], ...usedBy.flatMap(namesOfPlace)];
}

/** `Prod/Cluster/NodegroupWorkers` is also `NodegroupWorkers` and, as in `addManagedNodeGroup('Workers')`, `Workers`. */
function namesOfPlace({ stack: { hierarchicalId, stackName }, path }: NodeGroupPlace): string[] {
  const id = path.slice(path.lastIndexOf('/') + 1);
  return [hierarchicalId, stackName, path, id, id.replace(/^Nodegroup/, '')];
}
