import { keepsAddOn, keepsNodes } from './kept-versions';
import { AddOnIntent, ImageIntent, NodeGroupIntent, UpgradeIntent } from './upgrade-intent';
import { AddOnChoice, considerAddOnVersions } from '../eks/add-on-version-choice';
import { addOnOfferTo } from '../eks/platform-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { AddOnState } from '../state/add-on-state';
import { signingAuthority } from '../state/certificate-authorities';
import { ClusterState } from '../state/cluster-state';
import { Known, known, valuesOf } from '../state/known';
import { CUSTOM_AMI_TYPE, NodeGroupState } from '../state/node-group-state';
import { AddOnOffer, imageIn, RegionCatalog } from '../state/region-catalog';
import { Schedule } from '../state/schedule';
import { isMissingPart, isUnreadPart } from '../state/unread-part';

/** Where a change takes the control plane. */
export interface ControlPlaneMove {
  /** The version of the control plane. */
  readonly current: KubernetesMinor;
  /** The version that the control plane shall have; the current one when the change is not about it. */
  readonly target: KubernetesMinor;
  /** Where the control plane goes. */
  readonly direction: Direction;
  /** Whether the app moves the control plane to a version below the live one without meaning to: the deployed version is another. */
  readonly isOvertaken: boolean;
  /** Whether the control plane moves, or has moved already in an earlier attempt at the same change. */
  readonly isAboutVersion: boolean;
}

/** A wanted change beside the state that it starts from: what checks look at. */
export interface Change extends ControlPlaneMove, Required<ChangeOptions> {
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly intent: UpgradeIntent;
}

/** `down` is a version rollback. */
export type Direction = 'up' | 'down' | 'none';

/** How a change is looked at. */
export interface ChangeOptions {
  /** How old insights may be before they count as unknown, in hours. EKS refreshes them once a day. */
  readonly maxInsightAgeHours: number;
  /**
   * Whether the guard of the deployment is still to judge, so that EKS will look anew where insights are older than that.
   *
   * @default false
   */
  readonly isBeforeGuard?: boolean;
  /**
   * Whether that guard looks into the cluster, with access of its own.
   *
   * @default false
   */
  readonly willGuardLookInside?: boolean;
  /**
   * Whether the state is one that earlier steps of a plan will only bring about: insights, which EKS cannot give yet, are not insisted on.
   *
   * @default false
   */
  readonly isAhead?: boolean;
  /**
   * Whether earlier steps of a plan move nodes and add-ons, but not the control plane: what insights find amiss with these, they may mend.
   *
   * @default false
   */
  readonly isMovedBefore?: boolean;
  /**
   * When the cluster may be rolled.
   *
   * @default - at any time
   */
  readonly schedule?: Schedule;
}

/**
 * Puts what is wanted beside what is.
 *
 * @throws if a version is not a Kubernetes minor such as `1.36`
 */
export function changeOf(
  state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent,
  {
    maxInsightAgeHours, isBeforeGuard = false, willGuardLookInside = false, isAhead = false, isMovedBefore = false, schedule = {},
  }: ChangeOptions,
): Change {
  return {
    state,
    catalog,
    intent,
    ...controlPlaneMoveOf(state, intent),
    isAhead,
    isMovedBefore,
    maxInsightAgeHours,
    isBeforeGuard,
    willGuardLookInside,
    schedule,
  };
}

/**
 * Where an intent takes a control plane.
 *
 * @throws if a version is not a Kubernetes minor such as `1.36`
 */
export function controlPlaneMoveOf(state: Pick<ClusterState, 'version'>, intent: UpgradeIntent): ControlPlaneMove {
  const { version = state.version, previousVersion = state.version, isFirstVersion, isMovedElsewhere } = intent;
  const current = KubernetesMinor.parse(state.version);
  const wanted = isMovedElsewhere || version === intent.previousVersion ? current : KubernetesMinor.parse(version);
  const isOvertaken = wanted.isOlderThan(current) && (isFirstVersion || previousVersion !== state.version);
  const target = isOvertaken ? current : wanted;
  const direction = directionOf(target.compareTo(current));
  const isRepeated = intent.previousVersion !== undefined && intent.previousVersion !== version;
  return { current, target, direction, isOvertaken, isAboutVersion: direction !== 'none' || isRepeated };
}

/** Whether anything at all would be updated or created. */
export function changesAnything(change: Change): boolean {
  return movesAnything(change) || changesSupportType(change) || activatesCertificateAuthority(change);
}

/**
 * Whether the control plane or an add-on moves, nodes are exchanged, or a new node group or add-on comes. What could not be read may move;
 * what templates keep of a part that somebody has deleted, CloudFormation does not send.
 */
export function movesAnything(change: Change): boolean {
  const { intent: { nodeGroups = {}, addOns = {} }, isAboutVersion } = change;
  return isAboutVersion
    || Object.keys(nodeGroups).some((name) => mayMoveNodes(change, name)) || Object.keys(addOns).some((name) => mayMoveAddOn(change, name));
}

function mayMoveNodes(change: Change, name: string): boolean {
  const wanted = wantedOfNodeGroup(change, name);
  const { removed, replacedBy = [], otherChanges = [] } = wanted;
  if (removed) return false;
  const { nodeGroups, unreadNodeGroups } = change.state;
  const group = nodeGroupCalled(change, name);
  if (group) return exchangesNodes(change, group);
  return isUnreadPart(name, nodeGroups, unreadNodeGroups)
    || replacedBy.length > 0 || otherChanges.includes('LaunchTemplate') || !keepsNodes(wanted);
}

function mayMoveAddOn(change: Change, name: string): boolean {
  const wanted = wantedOfAddOn(change, name);
  const { removed, policy, replacedBy = [], isReconfigured, previousVersion, isAskedOnce } = wanted;
  if (removed) return false;
  const { addOns, unreadAddOns } = change.state;
  const addOn = addOnCalled(change, name);
  if (addOn) return movesAddOn(change, addOn);
  const isKept = (previousVersion !== undefined || isAskedOnce) && policy === undefined && keepsAddOn(wanted);
  return isUnreadPart(name, addOns, unreadAddOns) || replacedBy.length > 0 || isReconfigured === true || !isKept;
}

function changesSupportType({ state: { supportType }, intent }: Change): boolean {
  return intent.supportType !== undefined && supportType.known && supportType.value !== intent.supportType;
}

/** What signs is not known where the authorities could not be read: then one that is wanted counts as activated. */
function activatesCertificateAuthority({ state: { certificateAuthorities: all }, intent }: Change): boolean {
  const wanted = intent.activeCertificateAuthorityId;
  return wanted !== undefined && !(all?.known && signingAuthority(all.value)?.id === wanted);
}

/** The node groups that could be read. */
export function nodeGroupsOf({ state: { nodeGroups } }: Change): readonly NodeGroupState[] {
  return valuesOf(nodeGroups);
}

/** A node group by its name, where it could be read. */
export function nodeGroupCalled(change: Change, name: string): NodeGroupState | undefined {
  return nodeGroupsOf(change).find((group) => group.name === name);
}

/** The add-ons that could be read. */
export function addOnsOf({ state: { addOns } }: Change): readonly AddOnState[] {
  return valuesOf(addOns);
}

/** An add-on by its name, where it could be read. */
export function addOnCalled(change: Change, name: string): AddOnState | undefined {
  return addOnsOf(change).find((addOn) => addOn.name === name);
}

/** What is wanted of a node group; nothing when it is to stay as it is. */
export function wantedOfNodeGroup({ intent }: Change, name: string): NodeGroupIntent {
  return intent.nodeGroups?.[name] ?? {};
}

/** What is wanted of an add-on; nothing when it is to stay as it is. */
export function wantedOfAddOn({ intent }: Change, name: string): AddOnIntent {
  return intent.addOns?.[name] ?? {};
}

/**
 * Whether a group would get another AMI, by an update or by another group in its place. One whose version EKS does not
 * know counts as moved when a version is wanted of it.
 */
export function movesNodeGroup(change: Change, group: NodeGroupState): boolean {
  const wanted = wantedOfNodeGroup(change, group.name);
  const { version, releaseVersion, image, replacedBy = [] } = wanted;
  if (replacedBy.length > 0) return true;
  if (keepsNodes(wanted)) return false;
  if (image) return image.id !== group.releaseVersion;
  return (version !== undefined && !(group.version.known && group.version.value === version))
    || (releaseVersion !== undefined && releaseVersion !== group.releaseVersion);
}

/** Whether the nodes of a group that stays would be exchanged: by another AMI, another group in its place, or a launch template alone. */
export function exchangesNodes(change: Change, group: NodeGroupState): boolean {
  const { removed, otherChanges = [] } = wantedOfNodeGroup(change, group.name);
  return !removed && (movesNodeGroup(change, group) || otherChanges.includes('LaunchTemplate'));
}

/** Whether a deployment that changes the scaling of a group otherwise may take away nodes that an autoscaler has added. */
export function mayResetDesiredSize({ resendsDesiredSize, desiredSize = NaN, replacedBy = [] }: NodeGroupIntent): boolean {
  return resendsDesiredSize === true && replacedBy.length === 0 && !Number.isNaN(desiredSize);
}

/** Whether it does take some away. */
export function resetsDesiredSize(wanted: NodeGroupIntent, { scaling }: NodeGroupState): boolean {
  return mayResetDesiredSize(wanted) && scaling !== undefined && wanted.desiredSize! < scaling.desiredSize;
}

/**
 * Whether a node group is created, of a name that the cluster may have already. One that templates keep and that somebody has deleted
 * comes back only if it is replaced.
 */
export function createsNodeGroup({ state: { nodeGroups, unreadNodeGroups }, intent }: Change, name: string): boolean {
  const wanted = intent.nodeGroups?.[name];
  if (!wanted || wanted.removed) return false;
  if (wanted.replacedBy?.length) return true;
  return isMissingPart(name, nodeGroups, unreadNodeGroups) && wanted.isNew !== false
    && wanted.previous === undefined && !keepsNodes(wanted);
}

/**
 * The Kubernetes version with which a node group is created, be it in the place of another one: without a wanted one, that of the control
 * plane. Undefined where its image decides, or where nobody knows whether it has one of its own.
 */
export function versionOnCreation(change: Change, name: string): KubernetesMinor | undefined {
  const { version, image } = wantedOfNodeGroup(change, name);
  if (image) return minorOfImage(image, change.catalog);
  if (version !== undefined) return KubernetesMinor.parse(version);
  return [undefined, CUSTOM_AMI_TYPE].includes(amiTypeAfter(change, name)) ? undefined : change.target;
}

/** The AMI type that a node group has after the change; undefined when it is neither wanted nor known. */
export function amiTypeAfter(change: Change, name: string): string | undefined {
  const { amiType, replacedBy = [] } = wantedOfNodeGroup(change, name);
  const group = replacedBy.includes('AmiType') ? undefined : nodeGroupCalled(change, name);
  return amiType ?? group?.amiType;
}

/** The Kubernetes version that a node group is to run after the change; undefined when it is neither wanted nor known. */
export function versionAfter(change: Change, group: NodeGroupState): KubernetesMinor | undefined {
  const { version, image, replacedBy = [] } = wantedOfNodeGroup(change, group.name);
  if (replacedBy.length > 0 && amiTypeAfter(change, group.name) !== CUSTOM_AMI_TYPE) return versionOnCreation(change, group.name);
  const moves = movesNodeGroup(change, group);
  if (image && moves) return minorOfImage(image, change.catalog);
  if (version !== undefined && moves) return KubernetesMinor.parse(version);
  const live = nodesVersionOf(change, group);
  return live.known ? live.value : undefined;
}

/** The Kubernetes minor of the nodes that run: what EKS knows, else what the tags of their image tell. */
export function nodesVersionOf({ catalog }: Pick<Change, 'catalog'>, { version, releaseVersion }: NodeGroupState): Known<KubernetesMinor> {
  if (version.known) return known(KubernetesMinor.parse(version.value));
  if (releaseVersion === undefined) return version;
  const minor = minorOfImage({ id: releaseVersion }, catalog);
  return minor === undefined ? version : known(minor);
}

/** The Kubernetes minor of an image: what is declared, else what its tags tell. */
export function minorOfImage({ id, kubernetesVersion }: ImageIntent, catalog: RegionCatalog): KubernetesMinor | undefined {
  const image = imageIn(catalog, id);
  const minor = kubernetesVersion ?? (image.known ? image.value?.kubernetesVersion : undefined);
  return minor === undefined ? undefined : KubernetesMinor.parse(minor);
}

/** Whether an add-on would be updated to another version. */
export function movesAddOn(change: Change, addOn: AddOnState): boolean {
  const choice = addOnChoiceOf(change, addOn.name, addOn.version);
  return choice?.version !== undefined && choice.version !== addOn.version;
}

/** The versions of an add-on that EKS offers to the cluster, for the Kubernetes version that it has or another one. */
export function offersOfAddOn({ state, catalog }: Change, name: string, kubernetesVersion: KubernetesMinor): Known<AddOnOffer> {
  return addOnOfferTo(state, catalog, name, kubernetesVersion.toString());
}

/**
 * The version that an add-on gets, or why it can get none; undefined when nothing is wanted of it, or when its versions are not known.
 *
 * One that both templates pin to the same version keeps what is installed, whatever that is: CloudFormation sends nothing.
 */
export function addOnChoiceOf(change: Change, name: string, installed?: string): AddOnChoice | undefined {
  const wanted = wantedOfAddOn(change, name);
  const { version, policy, removed } = wanted;
  if (removed) return undefined;
  const given = keepsAddOn(wanted) ? installed : version;
  if (version !== undefined) return given === undefined ? undefined : { version: given };
  if (policy === undefined) return undefined;
  const offer = offersOfAddOn(change, name, change.target);
  return offer.known ? considerAddOnVersions({ name, policy, installed, isOfNoStack: isOfNoStack(change, name) }, offer.value) : undefined;
}

/** Whether none of the stacks has an add-on: the deployment says nothing of it, or is the first to create it. */
export function isOfNoStack({ intent: { addOns = {} } }: Change, name: string): boolean {
  return addOns[name]?.isOfNoStack ?? addOns[name]?.isNew ?? addOns[name] === undefined;
}

function directionOf(difference: number): Direction {
  if (difference === 0) return 'none';
  return difference > 0 ? 'up' : 'down';
}
