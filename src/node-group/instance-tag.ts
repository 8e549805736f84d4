import { isNoValue } from '../engine/change/conditional-value';

/** A tag, as a template has it. */
interface RenderedTag {
  readonly Key: string;
  readonly Value: string;
}

interface TagSpecification {
  readonly ResourceType?: unknown;
  readonly Tags?: unknown;
}

/** Adds a tag for instances to the data of a launch template, as a template has them: whatever a condition chooses there gets it. */
export function withInstanceTag(data: unknown, tag: RenderedTag): unknown {
  return inEachBranch<object>(data, (given = {}) => {
    const { TagSpecifications: specifications } = given as { readonly TagSpecifications?: unknown };
    return { ...given, TagSpecifications: inEachBranch<TagSpecification[]>(specifications, (all = []) => forInstances(all, tag)) };
  });
}

function forInstances(specifications: readonly TagSpecification[], tag: RenderedTag): TagSpecification[] {
  const instances = specifications.find(({ ResourceType: type }) => type === 'instance');
  return [
    ...specifications.filter((specification) => specification !== instances),
    { ResourceType: 'instance', Tags: inEachBranch<RenderedTag[]>(instances?.Tags, (tags = []) => [...tags, tag]) },
  ];
}

function inEachBranch<T>(value: unknown, change: (value: T | undefined) => T): unknown {
  const { 'Fn::If': choice } = (value ?? {}) as { readonly 'Fn::If'?: readonly [string, unknown, unknown] };
  if (!choice) return change(isNoValue(value) ? undefined : value as T);
  const [condition, ...branches] = choice;
  return { 'Fn::If': [condition, ...branches.map((branch) => inEachBranch(branch, change))] };
}
