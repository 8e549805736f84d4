import { AddOnConfiguration } from '../state/add-on-configuration';
import { AddOnVersionPolicy } from '../state/add-on-policy';
import { AppObjects } from '../state/app-objects';
import { SupportType } from '../state/cluster-state';

/**
 * What an app or a command line wants of a cluster. What is not named stays as it is.
 *
 * A version below the cluster's asks for a version rollback.
 */
export interface UpgradeIntent {
  /** The Kubernetes minor wanted of the control plane, such as `1.36`. */
  readonly version?: string;
  /**
   * The Kubernetes minor that was wanted before: that of the deployed template.
   *
   * Equal to `version` when the change is not about the version: then nothing about it is refused, and what the cluster has is what counts.
   * Without it, the version of the cluster stands for it.
   */
  readonly previousVersion?: string;
  /** Whether the deployed template gives the cluster no version, so that the app names one for the first time. */
  readonly isFirstVersion?: boolean;
  /**
   * Whether somebody else moves the control plane, after whom `version` is only what the app takes it to have.
   *
   * @default false
   */
  readonly isMovedElsewhere?: boolean;
  /**
   * Whether a rollback of the deployment asks EKS for the version before, as the custom resource of the older `aws-eks` does.
   *
   * @default false
   */
  readonly isTakenBack?: boolean;
  /**
   * What else of the cluster the same deployment changes, where its resource bears only one change at a time: that of the older
   * `aws-eks`.
   */
  readonly otherChanges?: readonly string[];
  /**
   * Whether CloudFormation waits for no resource to be ready before it goes on with the next: express mode.
   *
   * @default false
   */
  readonly isExpress?: boolean;
  /** The stacks of the cluster and its parts whose state could not be read, and why. */
  readonly unreadStacks?: ReadonlyArray<{ readonly stack: string; readonly why: string }>;
  /** Whether EKS is told to move the control plane in spite of its own insights. @default false */
  readonly isForced?: boolean;
  /** What EKS shall do at the end of standard support, where the deployment changes that. */
  readonly supportType?: SupportType;
  /**
   * For what CloudFormation would delete the cluster and create another one: properties, {@link OTHER_RESOURCE} and the
   * logical ID that leaves, with its stack where that is another one, or {@link OTHER_TYPE} and its type.
   */
  readonly replacedBy?: readonly string[];
  /** Whether EKS was told to install no add-ons by itself when it created the cluster, as far as the deployed template tells. */
  readonly isWithoutSelfManaged?: boolean;
  /** The certificate authority that shall sign; absent where the app leaves it as it is. */
  readonly activeCertificateAuthorityId?: string;
  /** Whether the deployment switches Auto Mode off. */
  readonly leavesAutoMode?: boolean;
  /** What is wanted of node groups, by name; a name that the cluster does not have is a new node group. */
  readonly nodeGroups?: Readonly<Record<string, NodeGroupIntent>>;
  /** What is wanted of add-ons, by name; a name that the cluster does not have is a new add-on. */
  readonly addOns?: Readonly<Record<string, AddOnIntent>>;
  /** What the app itself puts into the cluster. */
  readonly objects?: AppObjects;
}

/** What is wanted of a node group. */
export interface NodeGroupIntent {
  /**
   * Where its construct is, as `cdk diff` shows it, such as `Cluster/NodegroupWorkers`; absent where the template gives the node
   * group a name.
   */
  readonly constructPath?: string;
  /** The Kubernetes minor of the nodes. */
  readonly version?: string;
  /** Whether the template gives it no version at all, without which it does not follow the control plane. */
  readonly isUnversioned?: boolean;
  /** The AMI release. */
  readonly releaseVersion?: string;
  /** As the EKS API spells it; EKS keeps that of a group for life. */
  readonly amiType?: string;
  /** The image of one's own, where the launch template names it; then there is neither version nor release. */
  readonly image?: ImageIntent;
  /** What the deployed template says of both; without it, what the node group runs stands for it. */
  readonly previous?: PreviousVersions;
  /** The names of other properties that the same deployment changes, such as `ScalingConfig`. */
  readonly otherChanges?: readonly string[];
  /** Properties for which CloudFormation would delete the node group and create another one. */
  readonly replacedBy?: readonly string[];
  /** What happens to the launch template, which EKS does not let a node group exchange. */
  readonly launchTemplate?: LaunchTemplateChange;
  /** How many nodes the template wants: what a new group starts with. */
  readonly desiredSize?: number;
  /**
   * Whether the deployment changes the scaling without lowering that number, which EKS is then told again, whatever an autoscaler has made
   * of it.
   */
  readonly resendsDesiredSize?: boolean;
  /** Whether the template gives the name that it has as a literal, so that no second group of that name can be created beside the first. */
  readonly hasFixedName?: boolean;
  /** Whether no stack of the deployment has created it. */
  readonly isNew?: boolean;
  /** Whether a stack has it and CloudFormation is to update it, in whatever way. */
  readonly isUpdated?: boolean;
  /** Whether the node group is to be deleted. */
  readonly removed?: boolean;
  /** Whether its nodes are replaced whatever else is wanted: what a rehearsal asks. */
  readonly isRolled?: boolean;
  /** Whether EKS deletes in the end the pods that it cannot evict (`forceUpdate`). */
  readonly isForced?: boolean;
}

/** What a deployed template says of the versions of a node group. */
export interface PreviousVersions {
  readonly version?: string;
  readonly releaseVersion?: string;
  /** Which of the two are expressions, of which only CloudFormation knows the values: what the node group runs stands for those. */
  readonly byExpression?: ReadonlyArray<'version' | 'releaseVersion'>;
}

/** What a deployment does to the launch template of a node group. */
export type LaunchTemplateChange = 'added' | 'removed' | 'exchanged';

/** An image that is wanted of a node group. */
export interface ImageIntent {
  /** Such as `ami-0123456789abcdef0`. */
  readonly id: string;
  /** The Kubernetes minor that it is declared to have. */
  readonly kubernetesVersion?: string;
  /** The launch template that shall name it, when it is of another app, which alone can set the image. */
  readonly launchTemplate?: { readonly id: string; readonly version: string };
  /** Whether both templates launch it, so that CloudFormation sends nothing. */
  readonly isKept?: boolean;
}

/** What is wanted of an add-on. */
export interface AddOnIntent {
  /** Such as `v1.20.0-eksbuild.1`. */
  readonly version?: string;
  /** Whether the version is looked up and kept in `cdk.context.json`, as only an app tells: no template does. */
  readonly isTracked?: boolean;
  /** The version that the deployed template names: what a rollback of the deployment goes back to. */
  readonly previousVersion?: string;
  /** Whether its last update failed, or that of its stack stopped on the way: CloudFormation may send it again as the template has it. */
  readonly isResent?: boolean;
  /** How the version is chosen when none is given. */
  readonly policy?: AddOnVersionPolicy;
  /** Whether the version that the deployment has chosen before stays: it is not asked for again. */
  readonly isAskedOnce?: boolean;
  /** Whether nodes need the add-on, where the app says so; its name tells otherwise. */
  readonly isNeededByNodes?: boolean;
  /** Whether it moves while nodes are held: kube-proxy whose version the app chooses itself. */
  readonly movesWithoutNodes?: boolean;
  /** Properties for which CloudFormation would delete the add-on and create it again. */
  readonly replacedBy?: readonly string[];
  /** How the template configures it; absent where it says nothing of that, or where only the deployment knows. */
  readonly configuration?: AddOnConfiguration;
  /** Whether the deployment changes the configuration. */
  readonly isReconfigured?: boolean;
  /** What the template gives it; absent where nothing is known of a template. */
  readonly given?: ReadonlyArray<'configuration' | 'role'>;
  /** Whether no stack has it, and somebody else updates it. */
  readonly isOfNoStack?: boolean;
  /** Whether EKS is told to overwrite what it finds in the cluster. */
  readonly isOverwriting?: boolean;
  /** Whether no stack of the deployment has created it. */
  readonly isNew?: boolean;
  /** Whether a stack has it and CloudFormation is to update it, in whatever way; of a version that is asked for anew, it may. */
  readonly isUpdated?: boolean;
  /** Whether the add-on is to be deleted. */
  readonly removed?: boolean;
}

/** What a reason of a replacement begins with that is no property, but a resource that leaves the template for another one. */
export const OTHER_RESOURCE = 'logical ID ';

/** What such a reason begins with where the other resource is of another type; the type that is deployed follows. */
export const OTHER_TYPE = 'type ';
