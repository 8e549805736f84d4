import { Resource, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, IConstruct } from 'constructs';
import { clusterInDeployment } from './cluster-in-deployment';
import { clusterOfAwsEks, isMadeHere, seenByAwsEksV2 } from './cluster-of-aws-eks';
import {
  AwsEksClusterUpgradesProps, AwsEksV2ClusterUpgradesProps, ClusterUpgradesOptions, ImportedClusterUpgradesProps,
} from './cluster-upgrades-props';
import { clusterByName, ownedCluster } from './clusters-of-aws-eks-v2';
import { hasUpgrades, Upgrades } from './has-upgrades';
import { ManagedAddOn } from './managed-add-on';
import { says } from './messages';
import { MovedCluster } from './moved-cluster';
import { MovingParts } from './moving-parts';
import { requireKindsOfParts } from './require-kinds';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { KINDS } from '../diagnostics/kinds';
import { requireVersionIfGiven } from '../diagnostics/missing-version';
import { requireKind } from '../diagnostics/require-kind';
import { refusal } from '../engine/messages/refusal';
import { CLUSTER_TYPE } from '../engine/state/deployed-stack';
import { ManagedNodeGroupWithAmiTracking } from '../node-group/managed-node-group-with-ami-tracking';
import { ManagedNodeGroupOptions } from '../node-group/managed-node-group-with-ami-tracking-props';
import { NodeGroupsBefore } from '../node-group/node-group-host';
import { requireSkewOfNodes } from '../node-group/node-group-version';
import { isResourceOfType } from '../node-group/resource-type';
import { BakeOptions } from '../waves/bake-options';

/** A Kubernetes version of either module. */
interface Version {
  readonly version: string;
}

/** What all kinds of clusters have in common. */
interface ClusterUpgradesProps extends ClusterUpgradesOptions {
  readonly version?: Version;
  readonly nodeKubernetesVersion?: Version;
  readonly controlPlaneBake?: BakeOptions;
}

/**
 * Everything that `UpgradableCluster` does, for a cluster that somebody else makes: tracked node groups, add-ons that move with
 * the cluster, in order, and the guard before it.
 *
 * For clusters of `aws-cdk-lib/aws-eks`, the older module, for those of `aws-eks-v2` that are not an `UpgradableCluster`, for a `CfnCluster`
 * by its `ref`, and for imported ones, whose control plane another app or tool upgrades. Nothing of the cluster itself is touched but
 * that it waits for the guard.
 *
 * @example
 * declare const cluster: eksv1.Cluster; // of 'aws-cdk-lib/aws-eks'
 * const conflictPolicy = AddOnConflictPolicy.OVERWRITE; // once, to take over what EKS installed by itself
 * const upgrades = ClusterUpgrades.ofAwsEks(this, 'Upgrades', {
 *   cluster,
 *   managedAddOns: [
 *     ManagedAddOn.vpcCni({ conflictPolicy }), ManagedAddOn.kubeProxy({ conflictPolicy }), ManagedAddOn.coreDns({ conflictPolicy }),
 *   ],
 * });
 * upgrades.addManagedNodeGroup('Workers', { instanceTypes: [new ec2.InstanceType('m7i.large')] });
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export class ClusterUpgrades extends Construct {
  /**
   * For a cluster of `aws-cdk-lib/aws-eks`, the older module.
   *
   * @throws if the cluster has upgrades already, is in another stack, or its version is not known or contradicts the nodes'
   */
  public static ofAwsEks(scope: Construct, id: string, props: AwsEksClusterUpgradesProps): ClusterUpgrades {
    const { cluster } = props;
    atConstructPath(scope, id, () => {
      requireKind('cluster', cluster, KINDS.cluster);
      if (isResourceOfType(cluster.node.defaultChild, CLUSTER_TYPE)) throw ofOtherModule(cluster, 'aws-eks-v2', 'ofAwsEksV2');
    });
    return isMadeHere(cluster)
      ? this.ofOwned(scope, id, cluster, props, (upgrades) => clusterOfAwsEks(upgrades, cluster))
      : this.ofName(scope, id, cluster.clusterName, cluster, props, (upgrades) => seenByAwsEksV2(upgrades, cluster));
  }

  /**
   * For a cluster of `aws-cdk-lib/aws-eks-v2` that is not an `UpgradableCluster`.
   *
   * @throws if the cluster has upgrades already or node groups of this library, is in another stack, or its version is not known or contradicts
   * the nodes'
   */
  public static ofAwsEksV2(scope: Construct, id: string, props: AwsEksV2ClusterUpgradesProps): ClusterUpgrades {
    const { cluster } = props;
    atConstructPath(scope, id, () => {
      requireKind('cluster', cluster, KINDS.cluster);
      if (isMadeHere(cluster)) throw ofOtherModule(cluster, 'aws-eks', 'ofAwsEks');
    });
    return Resource.isOwnedResource(cluster)
      ? this.ofOwned(scope, id, cluster, props, (upgrades) => ownedCluster(upgrades, cluster as eks.Cluster))
      : this.ofName(scope, id, cluster.clusterName, cluster, props, () => cluster);
  }

  /**
   * For a cluster of another app, of eksctl, Terraform or any other tool: by its name and version, and the attributes that are known of it.
   *
   * Where the name is the `ref` of a `CfnCluster` of the same stack, that waits for the guard as any cluster of the app does.
   *
   * @throws if a version is malformed, or the nodes' contradicts it; if the `CfnCluster` has upgrades already, or another version
   */
  public static ofImported(scope: Construct, id: string, props: ImportedClusterUpgradesProps): ClusterUpgrades {
    atConstructPath(scope, id, () => requireKind('props', props, KINDS.importedCluster));
    return this.ofName(scope, id, props.clusterName, undefined, props, (upgrades) =>
      eks.Cluster.fromClusterAttributes(upgrades, 'Cluster', props));
  }

  private static ofOwned(
    scope: Construct, id: string, cluster: IConstruct, props: ClusterUpgradesProps, describe: (upgrades: Construct) => MovedCluster,
  ): ClusterUpgrades {
    atConstructPath(scope, id, () => {
      requireKinds(props);
      requireNew(cluster);
      if (Stack.of(scope) !== Stack.of(cluster)) {
        throw refusal(says.clusterInAnotherStack({ cluster: cluster.node.path }));
      }
    });
    return new ClusterUpgrades(scope, id, cluster, props, describe);
  }

  private static ofName(
    scope: Construct, id: string, clusterName: string, imported: IConstruct | undefined, props: ClusterUpgradesProps,
    see: (upgrades: Construct) => eks.ICluster,
  ): ClusterUpgrades {
    const { found, version } = atConstructPath(scope, id, () => {
      requireKinds(props);
      if (imported) requireNew(imported);
      const own = clusterInDeployment(scope, clusterName);
      if (own) requireNew(own.construct);
      const wanted = own?.version ?? props.version?.version;
      if (wanted === undefined) {
        throw refusal(says.versionMissing({}));
      }
      return { found: own, version: wanted };
    });
    return new ClusterUpgrades(scope, id, found?.construct ?? imported, props, (upgrades) =>
      clusterByName(upgrades, see(upgrades), version, found?.resource));
  }

  /**
   * The cluster as constructs of `aws-eks-v2` take it, for node groups and add-ons that are made by themselves:
   * `new ManagedNodeGroupWithAmiTracking(this, 'Gpu', { cluster: upgrades.cluster })`.
   *
   * For a cluster of `aws-eks` it knows name, VPC and IP family; what talks to Kubernetes is for the cluster itself.
   */
  public readonly cluster: eks.ICluster;

  /** Kubernetes minor of the control plane, such as `1.36`. */
  public readonly kubernetesVersion: string;

  private readonly parts: MovingParts;

  private constructor(
    scope: Construct, id: string, given: IConstruct | undefined, props: ClusterUpgradesProps,
    describe: (upgrades: Construct) => MovedCluster,
  ) {
    super(scope, id);
    const cluster = describe(this);
    atConstructPath(scope, id, () => {
      if (given) requireVersion(given, cluster.kubernetesVersion, props.version);
      requireOwned(cluster, props.controlPlaneBake);
      requireSkewOfNodes(cluster.kubernetesVersion, props.nodeKubernetesVersion?.version);
    });
    this.cluster = cluster.cluster;
    this.kubernetesVersion = cluster.kubernetesVersion;
    this.parts = new MovingParts(cluster, {
      nodeKubernetesVersion: props.nodeKubernetesVersion?.version,
      upgradeGuard: props.upgradeGuard,
      controlPlaneBake: props.controlPlaneBake,
      ignoresContext: true,
    });
    if (given) Upgrades.give(given, this);
    props.managedAddOns?.forEach((addOn) => this.addManagedAddOn(addOn));
  }

  /**
   * Adds a managed node group that follows the cluster's version.
   *
   * On a cluster that this app makes, its construct path is that of the cluster's own `addNodegroupCapacity()`, `Nodegroup<id>`
   * below the cluster:
   * exchanging the call keeps the logical IDs of node group and role. On another, it is `Nodegroup<id>` below this construct.
   *
   * @throws if the VPC of the cluster is not known
   */
  public addManagedNodeGroup(id: string, options: ManagedNodeGroupOptions = {}): ManagedNodeGroupWithAmiTracking {
    this.atOwnPath(() => requireVpc(this.cluster));
    return this.parts.addNodeGroup(id, options);
  }

  /**
   * Adds an add-on that moves with the cluster's version.
   *
   * @throws if the cluster has the add-on already
   */
  public addManagedAddOn(addOn: ManagedAddOn): eks.IAddon {
    return this.atOwnPath(() => this.parts.addAddOn(addOn));
  }

  private atOwnPath<T>(act: () => T): T {
    return atConstructPath(this.node.scope as Construct, this.node.id, act);
  }
}

/** Types tell the modules apart, where there are some: tsx, JavaScript and Python do not ask. */
function ofOtherModule({ node: { path: cluster } }: IConstruct, module: string, method: string): Error {
  return refusal(says.clusterOfOtherModule({ cluster, module, method }));
}

/** Refuses what only TypeScript would have refused. */
function requireKinds(props: ClusterUpgradesProps): void {
  requireVersionIfGiven('version', props.version);
  requireKindsOfParts(props);
}

function requireNew(cluster: IConstruct): void {
  if (hasUpgrades(cluster)) {
    throw refusal(says.clusterHasUpgrades({ cluster: cluster.node.path }));
  }
  const before = NodeGroupsBefore.of(cluster);
  if (before) {
    throw refusal(says.nodeGroupBefore({ nodeGroup: before.node.path }));
  }
}

function requireVersion(cluster: IConstruct, kubernetesVersion: string, wanted?: Version): void {
  if (wanted && wanted.version !== kubernetesVersion) {
    throw refusal(says.versionDiffers({ version: wanted.version, construct: cluster.node.path, kubernetesVersion }));
  }
}

function requireOwned({ resource }: MovedCluster, controlPlaneBake?: BakeOptions): void {
  if (controlPlaneBake && !resource) {
    throw refusal(says.bakeOfControlPlaneElsewhere({}));
  }
}

function requireVpc(cluster: eks.ICluster): void {
  try {
    void cluster.vpc;
  } catch {
    throw refusal(says.vpcMissing({}));
  }
}
