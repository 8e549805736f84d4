import { isDeepStrictEqual } from 'node:util';
import { tagsOnNodeGroup, TemplateResource } from '../state/deployed-stack';
import { NodeGroupState } from '../state/node-group-state';
import { holdsExpression } from '../state/placeholder';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Those settings of a node group that a template gives, and that EKS shows with other values than it wants, as EKS shows them.
 *
 * What a template leaves to EKS, what only the deployment knows, the size of the moment, and tags that something else has put on are no difference.
 */
export function settingsThatDiffer(resource: TemplateResource, live: NodeGroupState): Properties {
  const { labels, tags, taints = [], scaling, update } = live;
  const [wanted, wantedTags] = [resource.properties, tagsOnNodeGroup(resource)];
  const liveTaints = taints.map(({ key, value, effect }) => ({ Key: key, Value: value, Effect: effect }));
  const shown: Properties = {
    ...labels && { Labels: differing(wanted.Labels ?? {}, labels) },
    ...tags && { Tags: differing(wantedTags, asNamed(wantedTags, tags)) },
    ...live.taints && { Taints: differing(sorted(wanted.Taints ?? []), sorted(liveTaints)) },
    ...scaling && { ScalingConfig: differingParts(wanted.ScalingConfig, { MinSize: scaling.minSize, MaxSize: scaling.maxSize }) },
    ...update && {
      UpdateConfig: differingParts(wanted.UpdateConfig, {
        MaxUnavailable: update.maxUnavailable, MaxUnavailablePercentage: update.maxUnavailablePercentage, UpdateStrategy: update.strategy,
      }),
    },
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
}

/** What is live, where it differs from what is wanted and both are known. */
function differing(wanted: unknown, live: unknown): unknown {
  return !holdsExpression(wanted) && !isDeepStrictEqual(inTexts(wanted), inTexts(live)) ? live : undefined;
}

/** The same of those members that a template gives and EKS may show. */
function differingParts(wanted: unknown, live: Properties): unknown {
  if (typeof wanted !== 'object' || wanted === null) return undefined;
  const given = Object.fromEntries(Object.entries(wanted).filter(([name]) => name in live));
  return differing(given, asNamed(given, live)) && { ...wanted, ...asNamed(given, live) };
}

/** The values of what another object names; undefined for what it lacks, so that it is another object. */
function asNamed(names: Properties, values: Properties): Properties {
  return Object.fromEntries(Object.keys(names).map((name) => [name, values[name]]));
}

function sorted(taints: unknown): unknown {
  return Array.isArray(taints) ? [...taints].sort((one, other) => JSON.stringify(inTexts(one)) < JSON.stringify(inTexts(other)) ? -1 : 1) : taints;
}

/** CloudFormation and EKS spell the same number once as a text; an absent member is no member. */
function inTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inTexts);
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== '');
  return Object.fromEntries(members.sort(([one], [other]) => one < other ? -1 : 1).map(([key, inner]) => [key, inTexts(inner)]));
}
