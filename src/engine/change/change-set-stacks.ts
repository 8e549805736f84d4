import { isDeepStrictEqual } from 'node:util';
import { referencesIn } from './template-references';
import { ChangedAttribute, ChangeSetState, isKnownAfterApply, ResourceChange } from '../state/change-set-state';
import { DeployedStack, TemplateResource, TemplateResources, UPGRADE_TYPES } from '../state/deployed-stack';

/** What a stack is to hold, and what it holds. */
export interface StackPair {
  readonly wanted: TemplateResources;
  readonly deployed: DeployedStack;
}

/**
 * What a change set makes of a stack: the wanted template with the values that CloudFormation knows, and what was there before.
 *
 * CloudFormation compares values where a template has parameters and references. What it shows as known after other resources have been
 * deployed counts as changed only where it refers to something that comes or is replaced: for anything else CloudFormation announces
 * changes that do not happen. Whether a launch template gets a new version shows in its own properties.
 */
export function stacksOfChangeSet(
  template: TemplateResources, changeSet: ChangeSetState, stack: Omit<DeployedStack, 'resources'>,
): StackPair {
  const [wanted, deployed]: Record<string, TemplateResource>[] = [{ ...template }, { ...template }];
  const physicalIds: Record<string, string> = { ...stack.physicalIds };
  for (const [logicalId, change] of Object.entries(changeSet.resources)) {
    if (!UPGRADE_TYPES.includes(change.type)) continue;
    switch (change.action) {
      case 'Add':
        wanted[logicalId] = wantedOf(template[logicalId], change, changeSet);
        delete deployed[logicalId];
        break;
      case 'SyncWithActual': // somebody made the resource what the template now says
      case 'Import': // CloudFormation adopts the resource as it is
        wanted[logicalId] = wantedOf(template[logicalId], change, changeSet);
        deployed[logicalId] = wanted[logicalId];
        if (change.physicalId !== undefined) physicalIds[logicalId] = change.physicalId;
        break;
      case 'Remove':
        delete wanted[logicalId];
        deployed[logicalId] = {
          type: change.type,
          properties: change.before.known ? change.before.value : {},
          ...change.isRetained && { isRetained: true },
        };
        if (change.physicalId !== undefined) physicalIds[logicalId] = change.physicalId;
        break;
      default:
        Object.assign(wanted, { [logicalId]: wantedOf(template[logicalId], change, changeSet) });
        Object.assign(deployed, { [logicalId]: deployedOf(template[logicalId], change, changeSet) });
    }
  }
  return { wanted, deployed: { ...stack, resources: deployed, physicalIds } };
}

const NO_RESOURCE: TemplateResource = { type: '', properties: {} };

function wantedOf(resource = NO_RESOURCE, change: ResourceChange, changeSet: ChangeSetState): TemplateResource {
  const after = change.after.known ? Object.entries(change.after.value) : [];
  const properties: Readonly<Record<string, unknown>> = {
    ...resource.properties,
    ...Object.fromEntries(after.map(([name, value]) => [name, asFarAsKnown(value, resource.properties[name])])),
  };
  const recreating = change.details.filter((detail) => detail.requiresRecreation === 'Always' && detail.evaluation === 'Static'
    && detail.name !== undefined && changes(detail.name, resource, change, changeSet));
  return {
    type: change.type,
    properties,
    path: resource.path,
    replacedBy: change.replacement === 'True' ? [...new Set(recreating.map(({ name }) => name!))] : [],
    changedBesides: change.details.some(({ attribute }) => attribute === 'Tags') ? ['Tags'] : [],
  };
}

function deployedOf(resource = NO_RESOURCE, change: ResourceChange, changeSet: ChangeSetState): TemplateResource {
  const properties: Record<string, unknown> = { ...wantedOf(resource, change, changeSet).properties };
  for (const name of changedNames(change)) {
    if (!changes(name, resource, change, changeSet)) continue;
    const before = valueBefore(name, resource, change, changeSet);
    if (before === undefined) delete properties[name];
    else properties[name] = isDeepStrictEqual(before, properties[name]) ? ANOTHER_VALUE : before;
  }
  return { type: change.type, properties, path: resource.path };
}

/** The value after, with those parts as the template writes them that CloudFormation does not know yet. */
function asFarAsKnown(after: unknown, written: unknown): unknown {
  if (!isKnownAfterApply(after)) return after;
  return isParts(after) && writesPartsOf(after, written) ? mapParts(after, (part, key) => asFarAsKnown(part, written[key])) : written;
}

/**
 * The value before, but with those parts as the template writes them that refer to what stays: CloudFormation shows them as known
 * only after other resources have been deployed, though it is the same launch template, of which only the version moves.
 */
function asWrittenWhereSame(before: unknown, after: unknown, written: unknown, changeSet: ChangeSetState): unknown {
  if (before === undefined || !isKnownAfterApply(after)) return before;
  if (!isParts(after) || !writesPartsOf(after, written)) return comesAnew(written, changeSet) ? before : written;
  return isParts(before) ? mapParts(before, (part, key) => asWrittenWhereSame(part, after[key], written[key], changeSet)) : before;
}

type Parts = Readonly<Record<string, unknown>>;

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null;
}

/** Whether a template writes the parts of a value one by one, and not all of them as one expression. */
function writesPartsOf(value: Parts, written: unknown): written is Parts {
  if (!isParts(written)) return false;
  if (Array.isArray(value)) return Array.isArray(written) && written.length === value.length;
  return Object.keys(value).every((key) => key in written);
}

function mapParts(parts: Parts, map: (part: unknown, key: string) => unknown): unknown {
  if (Array.isArray(parts)) return parts.map((part, index) => map(part, String(index)));
  return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, map(part, key)]));
}

/** Whether a value refers to a resource that a deployment makes anew. */
function comesAnew(value: unknown, { resources }: ChangeSetState): boolean {
  return referencesIn(value).some((id) => resources[id]?.action === 'Add' || resources[id]?.replacement === 'True');
}

/** Stands for a value that CloudFormation does not tell, and that differs from the wanted one. */
const ANOTHER_VALUE = { 'cdk-eks-upgrades': 'another value' };

function changedNames({ before, after, details }: ResourceChange): string[] {
  const known = before.known && after.known ? [...Object.keys(before.value), ...Object.keys(after.value)] : [];
  return [...new Set([...known, ...details.flatMap(({ attribute, name }) => attribute === 'Properties' && name ? name : [])])];
}

/** Whether a property really changes. */
function changes(name: string, resource: TemplateResource, change: ResourceChange, changeSet: ChangeSetState): boolean {
  const { before, after } = change;
  if (before.known && after.known) {
    const wanted = asFarAsKnown(after.value[name], resource.properties[name]);
    return !isDeepStrictEqual(valueBefore(name, resource, change, changeSet), wanted);
  }
  const details = change.details.filter((detail) => detail.attribute === 'Properties' && detail.name === name);
  return details.some(
    (detail) => detail.evaluation === 'Static' || comesAnew(resource.properties[name], changeSet) || changesValue(detail),
  );
}

function changesValue({ before, after }: ChangedAttribute): boolean {
  return before?.known === true && after?.known === true && before.value !== after.value;
}

function valueBefore(
  name: string, resource: TemplateResource, { before, after, details }: ResourceChange, changeSet: ChangeSetState,
): unknown {
  if (before.known && after.known) {
    return asWrittenWhereSame(before.value[name], after.value[name], resource.properties[name], changeSet);
  }
  const whole = details.find((detail) => detail.attribute === 'Properties' && detail.name === name && (
    detail.path ?? `/Properties/${name}`
  ) === `/Properties/${name}`);
  if (whole === undefined || !whole.before?.known) return ANOTHER_VALUE;
  return typeof resource.properties[name] === 'string' ? whole.before.value : parsed(whole.before.value);
}

/** Objects and lists are told as JSON, of which CloudFormation may cut the end. */
function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return ANOTHER_VALUE;
  }
}
