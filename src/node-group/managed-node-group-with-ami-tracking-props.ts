import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { NodeLaunchOptions } from './node-launch-options';
import { NodeRepairOptions } from './node-repair';
import { NodeGroupUpdateStrategy } from './update-strategy';
import { WarmPoolOptions } from './warm-pool';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiTracking } from '../tracking/ami-tracking';
import { GoldenImage } from '../tracking/golden-image';

/**
 * How a tracked node group is made: the options of the L2's node group, and those that it lacks.
 *
 * Options inherited from the L2 keep their meaning, with two differences: `forceUpdate` defaults to `false`, so that
 * PodDisruptionBudgets are respected, and `releaseVersion` is short for `amiTracking: AmiTracking.pinned(…)`.
 */
export interface ManagedNodeGroupOptions extends eks.NodegroupOptions {
  /**
   * Kubernetes version of the nodes. Never newer than the cluster's, and at most the kubelet skew behind it
   * (three minors since Kubernetes 1.28, two before).
   *
   * @default - `nodeKubernetesVersion` of an `UpgradableCluster`, else the cluster's version; required when the cluster is imported
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly kubernetesVersion?: eks.KubernetesVersion;

  /**
   * How the AMI release of the nodes is chosen, and when it moves.
   *
   * @default AmiTracking.recommended()
   */
  readonly amiTracking?: AmiTracking;

  /**
   * AMI type of the nodes, where the L2's enum (`amiType`) lacks it. Give one of the two.
   *
   * A changed AMI type **replaces** the node group.
   *
   * @default - `amiType`, else AL2023 for the architecture and the accelerator of `instanceTypes`, else none is rendered and EKS picks
   * AL2023 x86-64 standard, which is then tracked
   */
  readonly eksAmiType?: EksAmiType;

  /**
   * An image that your organisation bakes, in place of the AMIs of EKS. Not together with AMI types, releases and `amiTracking`,
   * which are for these.
   *
   * The construct makes the launch template that names the image, with what nodes need to join, unless `launchTemplateSpec` is
   * given: in one of this app it sets the image and leaves the rest as it is; of any other it can only judge the image.
   *
   * A node group does not change between an image of one's own and those of EKS: make a second one and move the workload.
   *
   * @default - the AMIs of EKS
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-ami-id-conditions
   */
  readonly goldenImage?: GoldenImage;

  /**
   * How nodes of the golden image are launched and join: what goes into the launch template that the construct makes.
   *
   * @default - as the options say for themselves
   */
  readonly nodeLaunch?: NodeLaunchOptions;

  /**
   * In which order nodes are replaced when the group rolls.
   *
   * @default NodeGroupUpdateStrategy.DEFAULT
   */
  readonly updateStrategy?: NodeGroupUpdateStrategy;

  /**
   * What must be done before this node group starts to roll: a canary node group, for instance, or a check that a custom resource makes.
   *
   * Without it, CloudFormation rolls the node groups of a stack in parallel. Constructs of the same app, not imported ones.
   *
   * @default - none
   */
  readonly upgradeAfter?: IConstruct[];

  /**
   * Rolls the nodes on purpose, without a new version or release: another text rolls them once more, in the order of
   * `upgradeAfter` and with its bakes. Such as `ca-2028`, for nodes that shall trust a new certificate authority.
   *
   * It becomes a tag of the instances in the launch template, of which EKS then rolls the next version. So the node group needs a
   * launch template of this app, for itself alone and followed by its `latestVersionNumber`, which EKS takes at the creation of a
   * node group only: one without rolls for a new release, or is replaced. With a golden image, the launch template that the
   * construct makes will do. A warning names others that follow the same launch template, because they roll as well. Not in the
   * same deployment as a new version, release or image, which exchanges the nodes by itself.
   *
   * @default - nodes roll for a new version, release or launch template only
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
   */
  readonly rollout?: string;

  /**
   * Repair of unhealthy nodes, with its limits. Turns repair on.
   *
   * @default - as `enableNodeAutoRepair` says
   */
  readonly nodeRepair?: NodeRepairOptions;

  /**
   * Instances that are initialised ahead of time. Not for a `goldenImage`; Spot Instances and capacity blocks are warned of.
   *
   * @default - no warm pool
   */
  readonly warmPool?: WarmPoolOptions;
}

/**
 * Properties of a tracked node group: {@link ManagedNodeGroupOptions} and the cluster.
 */
export interface ManagedNodeGroupWithAmiTrackingProps extends ManagedNodeGroupOptions, eks.NodegroupProps {}
