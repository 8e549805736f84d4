import { isDeepStrictEqual } from 'node:util';
import type { ResourceChange } from '@aws-sdk/client-cloudformation';

/** A template as far as its resources go. */
export interface TemplateOfResources {
  readonly Resources: Readonly<Record<string, {
    readonly Type: string;
    readonly Properties?: Readonly<Record<string, unknown>>;
    readonly Metadata?: Readonly<Record<string, string>>;
    readonly DependsOn?: readonly string[];
    readonly Condition?: string;
  }>>;
  readonly Metadata?: Readonly<Record<string, object>>;
}

/**
 * What a change set of CloudFormation tells of the way from one template to another: text against text, of literal values. In the
 * properties of whole resources, references to what is there are resolved.
 */
export function changesBetween(
  before: TemplateOfResources, after: TemplateOfResources, physicalIds: Readonly<Record<string, string>>,
): ResourceChange[] {
  return [
    ...new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)]),
  ].flatMap((LogicalResourceId): ResourceChange[] => {
    const [old, wanted] = [before.Resources[LogicalResourceId], after.Resources[LogicalResourceId]];
    const ResourceType = (wanted ?? old).Type;
    const context = (resource: typeof old) => resource && JSON.stringify({ Properties: resolved(resource.Properties ?? {}, physicalIds) });
    const change = {
      LogicalResourceId,
      ResourceType,
      PhysicalResourceId: old && physicalIds[LogicalResourceId],
      BeforeContext: context(old),
      AfterContext: context(wanted),
    };
    if (!old) return [{ ...change, Action: 'Add' }];
    if (!wanted) return [{ ...change, Action: 'Remove' }];
    const { Properties: from = {} } = old;
    const { Properties: to = {} } = wanted;
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => !isDeepStrictEqual(from[name], to[name]));
    return names.length === 0 ? [] : [{
      ...change,
      Action: 'Modify',
      Replacement: 'False',
      Details: names.map((Name) => ({
        Target: {
          Attribute: 'Properties',
          Name,
          Path: `/Properties/${Name}`,
          RequiresRecreation: 'Never',
          BeforeValue: text(from[Name]),
          AfterValue: text(to[Name]),
        },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      })),
    }];
  });
}

function resolved(value: unknown, physicalIds: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, physicalIds));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: id } = value as { readonly Ref?: string };
  if (id !== undefined) return physicalIds[id] ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, physicalIds)]));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
