import { Annotations, CfnElement } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { AmiTypeOrigin } from './ami-type-choice';
import { concernAboutDerivedType, concernsAbout } from './ami-type-concerns';
import { requireLastingPlan } from './lasting-plan';
import { templateIn } from './launch-template-image';
import { launchImage } from './launched-image';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { clusterConstructOf, joinHost, NodeGroupHosts } from './node-group-host';
import { NodeGroupPlan, planNodeGroup } from './node-group-plan';
import { rollBy } from './rollout';
import { acknowledgeUnknownType } from './unknown-ami-type';
import { warn } from '../diagnostics/annotations';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { NODE_GROUP_METADATA_TYPE, NodeGroupMetadata } from '../engine/declaration/metadata';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { previewWhenAsked } from '../preview/preview-when-asked';
import { releaseNotesOf, TrackedRelease } from '../tracking/tracked-release';
import { Bake } from '../waves/bake';
import { BakeOptions } from '../waves/bake-options';

/**
 * A managed node group whose Kubernetes version and AMI release are always set, always as a pair, and move only on purpose.
 *
 * A drop-in for `eks.Nodegroup` of `aws-cdk-lib/aws-eks-v2`: same construct paths and logical IDs, same properties plus its own.
 * Exchanging the class for a running node group adds `Version` and `ReleaseVersion` to the template and replaces nothing. Set
 * `forceUpdate: false` on the L2 in a deployment before: it is the default here, and EKS refuses a release together with any other
 * change. Where the AMI type follows from the instance types and the L2 would have rendered another one, a warning says so, because a
 * changed AMI type replaces the node group: name the type then.
 *
 * @example
 * declare const cluster: eks.Cluster;
 * const workers = new ManagedNodeGroupWithAmiTracking(this, 'Workers', {
 *   cluster,
 *   instanceTypes: [new ec2.InstanceType('m7i.large')],
 *   maxUnavailablePercentage: 25,
 * });
 * new CfnOutput(this, 'WorkersRelease', { value: workers.releaseVersion });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html
 */
export class ManagedNodeGroupWithAmiTracking extends eks.Nodegroup {
  /**
   * Release version of the nodes: a literal such as `1.36.2-20260714`, or a token with `AmiTracking.recommendedAtDeployment()`.
   * With a golden image, the ID of the image, which EKS, too, calls its release.
   */
  public readonly releaseVersion: string;

  /**
   * Kubernetes minor of the nodes, such as `1.36`; of a golden image that does not tell its own, the minor that nodes of the
   * cluster have by default.
   */
  public readonly kubernetesVersion: string;

  /** ID of the golden image, such as `ami-0123456789abcdef0`; undefined with the AMIs of EKS. */
  public readonly imageId?: string;

  /**
   * Name of the SSM parameter that publishes releases for this node group; also for a pinned one, whose release it does not decide.
   *
   * Undefined where AMI type or Kubernetes version are tokens.
   */
  public readonly amiParameterName?: string;

  /**
   * Where AWS describes the release; undefined while it is not known, with a golden image, and for AMI families that this
   * library does not know.
   */
  public readonly releaseNotesUrl?: string;

  /** The AMI type as EKS names it, also where the choice is left to EKS. */
  private readonly amiTypeName?: string;

  /**
   * @throws if a property is invalid, two contradict each other, or the AMI cannot be tracked; the message names value and remedy
   */
  constructor(scope: Construct, id: string, props: ManagedNodeGroupWithAmiTrackingProps) {
    const plan = atConstructPath(scope, id, () => planNodeGroup(scope, id, props));
    super(scope, id, plan.l2Props);

    const resource = this.node.defaultChild as CfnNodegroup;
    atConstructPath(scope, id, () => this.reportConcerns(plan, resource.amiType));
    acknowledgeUnknownType(resource, plan.choice);

    const tracked = plan.tracking._track(this, plan.group);
    this.amiTypeName = plan.golden ? CUSTOM_AMI_TYPE : plan.choice.amiType?.apiName ?? plan.choice.rendered;
    this.kubernetesVersion = plan.group.kubernetesVersion;
    this.releaseVersion = tracked.releaseVersion;
    this.amiParameterName = plan.tracking._parameterName(plan.group);
    this.releaseNotesUrl = releaseNotesOf(plan.group, tracked);

    Object.assign(
      resource, plan.resourceProps, plan.golden ? {} : { version: this.kubernetesVersion, releaseVersion: this.releaseVersion },
    );
    if (plan.golden) {
      this.imageId = this.releaseVersion;
      atConstructPath(scope, id, () => launchImage(this, resource, plan, this.releaseVersion));
    }
    if (plan.props.rollout !== undefined) rollBy(plan.props.rollout, resource, templateIn(resource.launchTemplate)!);
    if (plan.warmPoolConfig) resource.addPropertyOverride('WarmPoolConfig', plan.warmPoolConfig);
    requireLastingPlan(resource, plan, this.releaseVersion);
    plan.props.upgradeAfter?.forEach((earlier) =>
      resource.node.addDependency(earlier instanceof eks.Nodegroup ? earlier.node.defaultChild! : earlier));
    this.recordMetadata(plan, tracked, resource);
    previewWhenAsked(this);
    joinHost(this, plan.props.cluster);
  }

  /**
   * A while in which this node group, once it has rolled, is watched before what waits for it rolls: to be named in the `upgradeAfter` of
   * other node groups.
   *
   * @throws if the duration is not from a second to 59 minutes, an alarm is of another Region or account, or the group has its bake already
   */
  public baked(options: BakeOptions): Bake {
    const resource = this.node.defaultChild as CfnNodegroup;
    return Bake._ofNodeGroup(this, {
      resource,
      cluster: clusterConstructOf(this.cluster).node.path,
      clusterName: this.cluster.clusterName,
      nodegroupName: resource.attrNodegroupName,
      amiType: this.amiTypeName,
      looksInside: NodeGroupHosts.of(this.cluster)?.looksInside ?? false,
      isGoingBack: NodeGroupHosts.of(this.cluster)?.rollback !== undefined,
    }, options);
  }

  private reportConcerns(plan: NodeGroupPlan, l2AmiType?: string): void {
    const concerns = concernsAbout(plan.choice, plan.props);
    if (plan.choice.origin === AmiTypeOrigin.DERIVED) {
      // the L2 says that it will use AL2 for GPU instances; that is not so here
      Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-eks:gpuInstancesUseAL2', 'this node group uses AL2023');
      concerns.push(...concernAboutDerivedType(plan.choice, l2AmiType, plan.group.kubernetesVersion));
    }
    concerns.forEach((concern) => warn(this, concern));
  }

  private recordMetadata(
    { group, tracking, golden, props }: NodeGroupPlan, tracked: TrackedRelease, { logicalId }: CfnElement,
  ): void {
    const metadata: NodeGroupMetadata = {
      cluster: clusterConstructOf(props.cluster).node.path,
      clusterName: props.cluster.clusterName,
      logicalId,
      name: props.nodegroupName,
      tracking: `${tracking.mode}`,
      amiType: this.amiTypeName,
      kubernetesVersion: golden ? golden.kubernetesVersion : group.kubernetesVersion,
      versionOffPath: NodeGroupHosts.of(props.cluster)?.step && props.kubernetesVersion?.version,
      releaseVersion: tracked.releaseVersion,
      parameterName: this.amiParameterName,
      contextKey: tracked.contextKey,
      upgradeAfter: props.upgradeAfter?.map(({ node }) => node.path),
    };
    this.node.addMetadata(NODE_GROUP_METADATA_TYPE, metadata);
  }
}
