import { isDeepStrictEqual } from 'node:util';
import { objectsInProperties } from './guarded-objects';
import { GuardedAddOn, GuardedImage, GuardedNodeGroup, UpgradeGuardProperties } from './resource-properties';
import { AddOnIntent, ImageIntent, NodeGroupIntent, UpgradeIntent } from './upgrade-intent';

/** What a deployment is about to do with a cluster, as the guard's properties tell it. */
export interface GuardedChange {
  /** What is wanted, but for the node groups. */
  readonly intent: Omit<UpgradeIntent, 'nodeGroups'>;
  readonly nodeGroups: readonly NodeGroupChange[];
  /** Whether the version wanted of the control plane changes. */
  readonly movesControlPlane: boolean;
  /** Whether there is nothing that a check could say anything about. */
  readonly isNothing: boolean;
}

/** What is about to be done with a node group. */
export interface NodeGroupChange {
  readonly logicalId: string;
  /** Where the template tells it. */
  readonly name?: string;
  readonly intent: NodeGroupIntent;
}

/**
 * What a deployment changes: what is wanted now beside what the deployed template wanted.
 *
 * What it leaves as it is, is not named, whatever the cluster has become since. Of a template that says nothing of add-ons and node groups,
 * because it was made by an older version of this library, it is not known whether they change: they count as moving with the control plane.
 *
 * @param before absent when the guard is new
 */
export function guardedChange(now: UpgradeGuardProperties, before?: UpgradeGuardProperties): GuardedChange {
  const movesControlPlane = now.TargetVersion !== before?.TargetVersion;
  const movesVersion = movesControlPlane || now.DeclaredVersion !== before?.DeclaredVersion;
  const supportType = !before || (before.AddOns && before.SupportType !== now.SupportType) ? now.SupportType : undefined;
  const addOns = addOnChanges(now, before, movesVersion);
  const nodeGroups = nodeGroupChanges(now, before, movesVersion);
  return {
    intent: { ...controlPlaneIntent(now, before), supportType, addOns, objects: objectsInProperties(now) },
    nodeGroups,
    movesControlPlane,
    isNothing: !movesVersion && supportType === undefined && !failsInAwsEks(configChanges(now, before))
      && Object.keys(addOns).length === 0 && nodeGroups.length === 0,
  };
}

function controlPlaneIntent(now: UpgradeGuardProperties, before?: UpgradeGuardProperties): Omit<UpgradeIntent, 'nodeGroups' | 'addOns'> {
  return now.DeclaredVersion === undefined
    ? { version: now.TargetVersion, previousVersion: before?.TargetVersion, ...now.TakesVersionBack === 'true' && { isTakenBack: true, ...configChanges(now, before) } }
    : { version: now.DeclaredVersion, previousVersion: before?.DeclaredVersion, isMovedElsewhere: true };
}

function configChanges({ ConfigDigests: now = {} }: UpgradeGuardProperties, before?: UpgradeGuardProperties): Pick<UpgradeIntent, 'otherChanges'> {
  if (!before?.ConfigDigests) return {};
  const isOlder = !('Encryption' in before.ConfigDigests);
  return { otherChanges: differingNames(before.ConfigDigests, now).filter((name) => !(isOlder && name === 'Encryption')) };
}

/** What the custom resource of the older `aws-eks` cannot do, whether or not the version moves. */
function failsInAwsEks({ otherChanges = [] }: Pick<UpgradeIntent, 'otherChanges'>): boolean {
  return otherChanges.length > 1 || otherChanges.includes('Encryption');
}

function differingNames(before: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): string[] {
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]).sort();
}

function addOnChanges(now: UpgradeGuardProperties, before: UpgradeGuardProperties | undefined, moved: boolean): Record<string, AddOnIntent> {
  const { AddOns: wanted = [] } = now;
  const old = before?.AddOns;
  const stays = (addOn: GuardedAddOn) => before !== undefined && !moved
    && (!old || old.some(({ Name, Policy, Version }) => Name === addOn.Name && Policy === addOn.Policy && Version === addOn.Version));
  const removed = (old ?? []).filter(({ Name }) => !wanted.some((addOn) => addOn.Name === Name));
  return Object.fromEntries([
    ...wanted.filter((addOn) => !stays(addOn)).map((addOn) => [addOn.Name, addOnIntent(addOn, old?.find(({ Name }) => Name === addOn.Name))]),
    ...removed.map(({ Name }) => [Name, { removed: true }]),
  ]);
}

function addOnIntent({ Policy, Version }: GuardedAddOn, before: GuardedAddOn | undefined): AddOnIntent {
  return Policy === 'pinned' ? { version: Version, previousVersion: before?.Version } : { policy: Policy, previousVersion: before?.Version };
}

function nodeGroupChanges(now: UpgradeGuardProperties, before: UpgradeGuardProperties | undefined, moved: boolean): NodeGroupChange[] {
  const { NodeGroups: wanted = [] } = now;
  const old = before?.NodeGroups;
  if (before && !old && !moved) return [];
  const removed = (old ?? []).filter(({ LogicalId }) => !wanted.some((group) => group.LogicalId === LogicalId));
  return [
    ...wanted.flatMap((group) => nodeGroupChange(group, old?.find(({ LogicalId }) => LogicalId === group.LogicalId))),
    ...removed.map(({ LogicalId, Name }) => ({ logicalId: LogicalId, name: Name, intent: { removed: true } })),
  ];
}

/**
 * Nothing where EKS does all that changes in one update. What bears no other change beside it is a version or a release, and a launch template.
 *
 * @see https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1181
 */
function nodeGroupChange(
  { LogicalId, Name, Version, ReleaseVersion, Image, Digests }: GuardedNodeGroup, before?: GuardedNodeGroup,
): NodeGroupChange[] {
  const named = (intent: NodeGroupIntent) => [{ logicalId: LogicalId, name: Name, intent }];
  const image = Image && imageIntent(Image);
  const versions = image ? { image } : { version: Version, releaseVersion: ReleaseVersion };
  if (!before) return named(versions);

  const otherChanges = differingNames(before.Digests, Digests);
  if (before.Version !== Version || before.ReleaseVersion !== ReleaseVersion) {
    return named({ ...versions, previous: { version: before.Version, releaseVersion: before.ReleaseVersion }, otherChanges });
  }
  if (image && !isDeepStrictEqual(before.Image, Image)) return named({ image, otherChanges });
  return otherChanges.length > 1 && otherChanges.includes('LaunchTemplate') ? named({ ...image && { image }, previous: {}, otherChanges }) : [];
}

function imageIntent({ Id: id, KubernetesVersion: kubernetesVersion, LaunchTemplate: template }: GuardedImage): ImageIntent {
  return { id, kubernetesVersion, launchTemplate: template && { id: template.Id, version: template.Version } };
}
