import { matcherOf } from '../app/name-pattern';
import { TrackedAddOnLookUp } from '../app/tracked-add-on-look-up';
import { ConstructPlace, TrackedLookUp } from '../app/tracked-look-up';
import { wrongUse } from '../command-error';
import { orNone, says } from '../messages';

/** What an app has looked up. */
export interface LookUps {
  readonly releases: readonly TrackedLookUp[];
  readonly addOns: readonly TrackedAddOnLookUp[];
}

/**
 * What of the looked-up releases and add-ons the patterns name: by stack, node group, AMI type, add-on or cluster. All without patterns.
 *
 * A release that several node groups share moves for all of them: the entry in the context is one.
 *
 * @throws CommandError if a pattern names nothing
 */
export function selectLookUps({ releases, addOns }: LookUps, patterns: readonly string[]): LookUps {
  if (patterns.length === 0) return { releases, addOns };
  const matchers = patterns.map((pattern) => ({ pattern, matches: matcherOf(pattern) }));
  const named = [...releases.map(namesOfRelease), ...addOns.map(namesOfAddOn)].flat();
  const unknown = matchers.find(({ matches }) => !named.some(matches));
  if (unknown) {
    const lookUps = [
      ...releases.flatMap(({ amiType, usedBy }) => usedBy.map(({ path }) => amiType === undefined ? path : `${path} (${amiType})`)),
      ...addOns.flatMap(({ name, usedBy }) => usedBy.map(({ path }) => `${path} (${name})`)),
    ];
    throw wrongUse(says.nothingLookedUp({ pattern: unknown.pattern, lookUps: orNone(lookUps) }));
  }
  const isNamed = (names: readonly string[]) => matchers.some(({ matches }) => names.some(matches));
  return {
    releases: releases.filter((lookUp) => isNamed(namesOfRelease(lookUp))),
    addOns: addOns.filter((lookUp) => isNamed(namesOfAddOn(lookUp))),
  };
}

function namesOfRelease({ amiType, parameterName, usedBy }: TrackedLookUp): string[] {
  return [parameterName, ...amiType === undefined ? [] : [amiType], ...usedBy.flatMap(namesOfPlace)];
}

function namesOfAddOn({ name, cluster, usedBy }: TrackedAddOnLookUp): string[] {
  return [name, cluster, ...usedBy.flatMap(namesOfPlace)];
}

/** `Prod/Cluster/NodegroupWorkers` is also `NodegroupWorkers` and, as in `addManagedNodeGroup('Workers')`, `Workers`. */
function namesOfPlace({ stack: { hierarchicalId, stackName }, path }: ConstructPlace): string[] {
  const id = path.slice(path.lastIndexOf('/') + 1);
  return [hierarchicalId, stackName, path, id, id.replace(/^Nodegroup/, '')];
}
