import { Resource, Token } from 'aws-cdk-lib';
import type { CfnNodegroup, CfnNodegroupProps } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, IConstruct } from 'constructs';
import { AmiTypeChoice, AmiTypeOrigin, chooseAmiType } from './ami-type-choice';
import { checkGoldenProps, minorOfImage } from './golden-node-group';
import { asInjected, injectedProps } from './injected-props';
import { isKnownToTheCdk } from './instance-needs';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { says } from './messages';
import { NodeGroupHosts } from './node-group-host';
import { nodeGroupVersion } from './node-group-version';
import { renderNodeRepair } from './node-repair';
import { requireRollout } from './rollout';
import { renderWarmPool } from './warm-pool';
import { pathOfChild } from '../diagnostics/construct-path';
import { KINDS } from '../diagnostics/kinds';
import { awaitsLookUp } from '../diagnostics/known-at-synth';
import { requireVersionIfGiven } from '../diagnostics/missing-version';
import { requireBooleanIfGiven, requireKind, requireKindIfGiven, requireListIfGiven } from '../diagnostics/require-kind';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { TrackingMode } from '../engine/declaration/cluster-declaration';
import { refusal } from '../engine/messages/refusal';
import { AmiTracking, AmiTrackingMode } from '../tracking/ami-tracking';
import { GoldenImage } from '../tracking/golden-image';
import { TrackedNodeGroup, TrackedRelease } from '../tracking/tracked-release';

/** How a node group comes by its release, or by its image. */
export interface Tracking {
  readonly mode: AmiTrackingMode | TrackingMode;
  _parameterName(group: TrackedNodeGroup): string | undefined;
  _check(scope: Construct, group: TrackedNodeGroup): void;
  _track(scope: Construct, group: TrackedNodeGroup): TrackedRelease;
}

/** What is decided of a node group with an image of one's own. */
export interface GoldenPlan {
  readonly image: GoldenImage;
  /** The Kubernetes minor of the image; undefined where only a tag of it tells. */
  readonly kubernetesVersion?: string;
}

/** Everything decided about a node group before its first construct exists. */
export interface NodeGroupPlan {
  /** What was asked for, property injection included. */
  readonly props: ManagedNodeGroupWithAmiTrackingProps;
  readonly group: TrackedNodeGroup;
  readonly choice: AmiTypeChoice;
  readonly tracking: Tracking;
  /** The image of one's own, where the nodes have one. */
  readonly golden?: GoldenPlan;
  /** What the L2 is given. */
  readonly l2Props: eks.NodegroupProps;
  /** Properties of the resource that the L2 does not set, or not as planned. */
  readonly resourceProps: Partial<CfnNodegroupProps>;
  /** The warm pool, as the template has it. */
  readonly warmPoolConfig?: object;
}

/**
 * Checks the properties of a node group and decides what they mean.
 *
 * @throws if a property is invalid, or two contradict each other
 */
export function planNodeGroup(scope: Construct, id: string, given: ManagedNodeGroupWithAmiTrackingProps): NodeGroupPlan {
  const props = injectedProps(eks.Nodegroup.PROPERTY_INJECTION_ID, scope, id, given);
  requireKinds(props);
  requireOfThisApp(props.upgradeAfter);
  if (props.rollout !== undefined) requireRollout(props.rollout, props.launchTemplateSpec, props.goldenImage !== undefined);
  const golden = goldenPlanOf(props);
  const wanted = golden?.kubernetesVersion === undefined
    ? versionOnPath(scope, id, props) ?? props.kubernetesVersion
    : { version: golden.kubernetesVersion };
  const kubernetesVersion = nodeGroupVersion(props.cluster, wanted);
  const choice = golden ? { origin: AmiTypeOrigin.CUSTOM } : chooseAmiType(props, kubernetesVersion, { scope, id });
  requireRepairable(props, choice.amiType);
  const group = { kubernetesVersion, amiType: choice.amiType, awaitsLookUp: [kubernetesVersion, props.amiType].some(awaitsLookUp) };
  const tracking = golden?.image ?? releaseGoingBack(scope, id, props) ?? releaseOnPath(scope, id, props, group) ?? trackingOf(props);
  tracking._check(scope, group);
  return {
    props,
    group,
    choice,
    tracking,
    golden,
    l2Props: asInjected({ ...props, ...l2Overrides(props, choice) }),
    resourceProps: resourcePropsOf(props, choice),
    warmPoolConfig: props.warmPool && renderWarmPool(props.warmPool, choice.amiType),
  };
}

function goldenPlanOf(props: ManagedNodeGroupWithAmiTrackingProps): GoldenPlan | undefined {
  const { goldenImage: image, nodeLaunch } = props;
  if (!image) {
    if (nodeLaunch) {
      throw refusal(says.nodeLaunchWithoutImage({}));
    }
    return undefined;
  }
  checkGoldenProps(image, props);
  return { image, kubernetesVersion: minorOfImage(image, props) };
}

/** The release to which the context takes the node group back, if it does. */
function releaseGoingBack(scope: Construct, id: string, { cluster }: ManagedNodeGroupWithAmiTrackingProps): AmiTracking | undefined {
  const release = NodeGroupHosts.of(cluster)?.rollback?.releases[pathOfChild(scope, id)];
  return release === undefined ? undefined : AmiTracking.pinned(release);
}

/** The version of the node group in a step of an upgrade path; undefined where its cluster is on none. */
function versionOnPath(
  scope: Construct, id: string, { cluster }: ManagedNodeGroupWithAmiTrackingProps,
): { readonly version: string } | undefined {
  const step = NodeGroupHosts.of(cluster)?.step;
  return step && { version: step.nodesHeldAt[pathOfChild(scope, id)] ?? step.version };
}

/**
 * A release that the app pins lasts until the path has rolled the node group to another minor than the release's; one of Bottlerocket,
 * which tells none, to another minor than the app's.
 *
 * @throws if the step has none of the minor either
 */
function releaseOnPath(
  scope: Construct, id: string, props: ManagedNodeGroupWithAmiTrackingProps, group: TrackedNodeGroup,
): AmiTracking | undefined {
  const { step, nodeVersionOffPath } = NodeGroupHosts.of(props.cluster) ?? {};
  const pinned = trackingOf(props);
  if (!step || !pinned._isPinnedToOtherMinor(group, props.kubernetesVersion?.version ?? nodeVersionOffPath)) return undefined;
  const nodeGroup = pathOfChild(scope, id);
  const release = step.releases[nodeGroup];
  const tracking = release === undefined ? pinned : AmiTracking.pinned(release);
  if (tracking._isPinnedToOtherMinor(group)) {
    throw refusal(says.noReleaseInStep({ nodeGroup, kubernetesVersion: group.kubernetesVersion }));
  }
  return tracking;
}

function trackingOf(props: ManagedNodeGroupWithAmiTrackingProps): AmiTracking {
  if (props.releaseVersion !== undefined && props.amiTracking) {
    throw refusal(says.twoReleases({ releaseVersion: props.releaseVersion, mode: props.amiTracking.mode }));
  }
  return props.amiTracking ?? (props.releaseVersion === undefined ? AmiTracking.recommended() : AmiTracking.pinned(props.releaseVersion));
}

/** Keeps the L2 from choosing an AMI type; in its place comes the launch template that is made below the L2's construct. */
const MADE_LATER = 'the launch template of the golden image';

/**
 * What the L2 is given otherwise than it was given here.
 *
 * The L2 judges AMI types and instance types by its own lists, which lack some of both. It sees instance types only where its
 * choice of an AMI type matters, to compare it with the derived one; one of them is enough for that. And it judges
 * the update configuration by numbers that may be tokens.
 */
function l2Overrides(props: ManagedNodeGroupWithAmiTrackingProps, choice: AmiTypeChoice): Partial<eks.NodegroupProps> {
  const { maxUnavailable, maxUnavailablePercentage, minSize, desiredSize, maxSize } = props;
  return {
    forceUpdate: props.forceUpdate ?? false,
    amiType: undefined,
    ...props.goldenImage && !props.launchTemplateSpec && { launchTemplateSpec: { id: MADE_LATER } },
    instanceTypes: choice.origin === AmiTypeOrigin.DERIVED ? props.instanceTypes?.filter(isKnownToTheCdk).slice(0, 1) : undefined,
    ...[maxUnavailable, maxUnavailablePercentage, minSize, desiredSize, maxSize].some((size) => Token.isUnresolved(size))
      && { maxUnavailable: undefined, maxUnavailablePercentage: undefined },
  };
}

function resourcePropsOf(props: ManagedNodeGroupWithAmiTrackingProps, choice: AmiTypeChoice): Partial<CfnNodegroupProps> {
  return {
    amiType: choice.rendered,
    instanceTypes: props.instanceTypes?.map((type) => type.toString()),
    updateConfig: updateConfigOf(props),
    ...props.nodeRepair && { nodeRepairConfig: nodeRepairOf(props) },
  };
}

/** EKS requires one of the limits in an update configuration: where none is given, its own default of one node is written out. */
function updateConfigOf(props: ManagedNodeGroupWithAmiTrackingProps): CfnNodegroup.UpdateConfigProperty | undefined {
  const { maxUnavailable, maxUnavailablePercentage, updateStrategy } = props;
  if (!maxUnavailable && !maxUnavailablePercentage) { // the L2 ignores a zero, too
    return updateStrategy && { maxUnavailable: 1, updateStrategy };
  }
  return { maxUnavailable, maxUnavailablePercentage, updateStrategy };
}

function nodeRepairOf(props: ManagedNodeGroupWithAmiTrackingProps): CfnNodegroup.NodeRepairConfigProperty | undefined {
  if (props.enableNodeAutoRepair === false) {
    throw refusal(says.repairOff({}));
  }
  return props.nodeRepair && renderNodeRepair(props.nodeRepair);
}

/**
 * EKS repairs Linux nodes only. What is set for an image of one's own stays: EKS does not know what runs in it,
 * and a running node group is adopted as it is.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-repair.html
 */
function requireRepairable(
  { nodeRepair, enableNodeAutoRepair }: ManagedNodeGroupWithAmiTrackingProps, amiType: EksAmiType | undefined,
): void {
  if (amiType?.family === AmiFamily.WINDOWS && (nodeRepair || enableNodeAutoRepair === true)) {
    throw refusal(says.noRepairOfWindows({ isNodeRepair: nodeRepair !== undefined, amiType }));
  }
}

/** Refuses what only TypeScript would have refused. */
function requireKinds(props: ManagedNodeGroupWithAmiTrackingProps): void {
  requireKind('cluster', props.cluster, KINDS.cluster);
  requireVersionIfGiven('kubernetesVersion', props.kubernetesVersion);
  requireKindIfGiven('amiTracking', props.amiTracking, KINDS.amiTracking);
  requireKindIfGiven('eksAmiType', props.eksAmiType, KINDS.eksAmiType);
  requireKindIfGiven('goldenImage', props.goldenImage, KINDS.goldenImage);
  requireKindIfGiven('nodeLaunch.keyPair', props.nodeLaunch?.keyPair, KINDS.keyPair);
  requireListIfGiven('nodeLaunch.securityGroups', props.nodeLaunch?.securityGroups, KINDS.securityGroup);
  requireListIfGiven('upgradeAfter', props.upgradeAfter, KINDS.construct);
  requireBooleanIfGiven('warmPool.enabled', props.warmPool?.enabled);
}

function requireOfThisApp(constructs: IConstruct[] = []): void {
  const imported = constructs.find((construct) => Resource.isResource(construct) && !Resource.isOwnedResource(construct));
  if (imported) {
    throw refusal(says.upgradeAfterImported({ imported: imported.node.path }));
  }
}
