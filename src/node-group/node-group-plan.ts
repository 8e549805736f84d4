import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Resource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AmiTypeChoice, AmiTypeOrigin, chooseAmiType } from './ami-type-choice';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { nodeGroupVersion } from './node-group-version';
import { renderNodeRepair } from './node-repair';
import { renderWarmPool } from './warm-pool';
import { AmiTracking } from '../ami/ami-tracking';
import { TrackedNodeGroup } from '../ami/tracked-release';

/** Everything decided about a node group before its first construct exists. */
export interface NodeGroupPlan {
  readonly group: TrackedNodeGroup;
  readonly choice: AmiTypeChoice;
  readonly tracking: AmiTracking;
  /** What the L2 is given. */
  readonly l2Props: eks.NodegroupProps;
  /** Properties of the resource that the L2 does not set, or not as planned. */
  readonly resourceProps: Partial<eks.CfnNodegroupProps>;
}

/**
 * Checks the properties of a node group and decides what they mean.
 *
 * @throws if a property is invalid, or two contradict each other
 */
export function planNodeGroup(scope: Construct, props: ManagedNodeGroupWithAmiTrackingProps): NodeGroupPlan {
  requireGroupsOfThisApp(props.upgradeAfter);
  const kubernetesVersion = nodeGroupVersion(props.cluster, props.kubernetesVersion);
  const choice = chooseAmiType(props, kubernetesVersion);
  const group = { kubernetesVersion, amiType: choice.amiType };
  const tracking = trackingOf(props);
  tracking._check(scope, group);
  return { group, choice, tracking, l2Props: l2PropsOf(props, choice), resourceProps: resourcePropsOf(props, choice) };
}

function trackingOf(props: ManagedNodeGroupWithAmiTrackingProps): AmiTracking {
  if (props.releaseVersion !== undefined && props.amiTracking) {
    throw new Error(`both releaseVersion ('${props.releaseVersion}') and amiTracking (${props.amiTracking.mode}) are given: `
      + 'give one of them; releaseVersion is short for AmiTracking.pinned()');
  }
  return props.amiTracking ?? (props.releaseVersion === undefined ? AmiTracking.recommended() : AmiTracking.pinned(props.releaseVersion));
}

/**
 * The L2 judges a given AMI type by its own lists, which lack types and instance families: it gets neither of the two then.
 */
function l2PropsOf(props: ManagedNodeGroupWithAmiTrackingProps, choice: AmiTypeChoice): eks.NodegroupProps {
  const withDefaults = { ...props, forceUpdate: props.forceUpdate ?? false };
  return choice.origin === AmiTypeOrigin.GIVEN
    ? { ...withDefaults, amiType: undefined, instanceTypes: undefined }
    : withDefaults;
}

function resourcePropsOf(props: ManagedNodeGroupWithAmiTrackingProps, choice: AmiTypeChoice): Partial<eks.CfnNodegroupProps> {
  return {
    ...choice.rendered && { amiType: choice.rendered },
    ...props.instanceTypes && { instanceTypes: props.instanceTypes.map((type) => type.toString()) },
    ...props.updateStrategy && { updateConfig: updateConfigOf(props) },
    ...props.nodeRepair && { nodeRepairConfig: nodeRepairOf(props) },
    ...props.warmPool && { warmPoolConfig: renderWarmPool(props.warmPool) },
  };
}

/** EKS requires one of the limits in an update configuration: where none is given, its own default of one node is written out. */
function updateConfigOf(props: ManagedNodeGroupWithAmiTrackingProps): eks.CfnNodegroup.UpdateConfigProperty {
  const { maxUnavailablePercentage, updateStrategy } = props;
  return {
    maxUnavailable: props.maxUnavailable ?? (maxUnavailablePercentage === undefined ? 1 : undefined),
    maxUnavailablePercentage,
    updateStrategy,
  };
}

function nodeRepairOf(props: ManagedNodeGroupWithAmiTrackingProps): eks.CfnNodegroup.NodeRepairConfigProperty | undefined {
  if (props.enableNodeAutoRepair === false) {
    throw new Error('nodeRepair is given, but enableNodeAutoRepair is false: leave one of them out');
  }
  return props.nodeRepair && renderNodeRepair(props.nodeRepair);
}

function requireGroupsOfThisApp(groups: eks.INodegroup[] = []): void {
  const imported = groups.find((group) => !Resource.isOwnedResource(group));
  if (imported) {
    throw new Error(`upgradeAfter holds the imported node group '${imported.node.path}', for which CloudFormation cannot wait: `
      + 'give node groups that this app defines');
  }
}
