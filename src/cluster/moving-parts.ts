import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnAddon, CfnCluster, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { findAddOnClashes, nameOf } from './add-on-clashes';
import { orderAlbController } from './alb-controller-order';
import { reportChangedNodes } from './changed-nodes';
import { findUnguarded } from './cluster-in-deployment';
import { recordCluster } from './cluster-metadata';
import { addOnGoingBack } from './context-rollback';
import { DeploymentOrder } from './deployment-order';
import { addOnFargateProfilesOf, FARGATE_PROFILE_TYPES } from './fargate-namespaces';
import { onAddOnFargateProfile } from './fargate-profile-order';
import { isKubectlTooFarFrom, kubectlLayerVersion } from './kubectl-layer';
import { launchAfter } from './launch-after';
import { ManagedAddOn } from './managed-add-on';
import { ManagedAddOns } from './managed-add-ons';
import { notes, says, warnings } from './messages';
import { MovedCluster } from './moved-cluster';
import { addNeuronDevicePluginFor } from './neuron-device-plugin';
import { NodeGroupGuards } from './node-group-guards';
import { findAddOnsWithoutNodes, hasSelfManagedNodes } from './nodes-elsewhere';
import { isNameOf, resourcesOfCluster } from './resources-of-cluster';
import { supportConcern } from './support-concern';
import { SupportType } from './support-type';
import { isTracked, warnOfUntracked } from './untracked-node-groups';
import { inform, warn } from '../diagnostics/annotations';
import { KINDS } from '../diagnostics/kinds';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { requireKind } from '../diagnostics/require-kind';
import { resourcesOfApp } from '../diagnostics/resources-of-app';
import { UpgradePathDeclaration } from '../engine/declaration/cluster-declaration';
import { RollbackEntry } from '../engine/declaration/rollback-entry';
import { kubeletSkewOf } from '../engine/kubernetes/kubelet-skew';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { refusal } from '../engine/messages/refusal';
import { sentence } from '../engine/messages/sentence';
import { PathStep } from '../engine/plan/upgrade-path-file';
import { POD_IDENTITY_AGENT } from '../engine/state/add-on-names';
import { ADD_ON_TYPE, CLUSTER_TYPE, CLUSTER_TYPES, NODE_GROUP_TYPE } from '../engine/state/deployed-stack';
import { UpgradeGuard } from '../guard/upgrade-guard';
import { guardCluster, guardParts } from '../guard/upgrade-guard-resource';
import { giveWorkloadAccess, looksIntoCluster } from '../guard/workload-access';
import { ClusterObjects } from '../manifests/cluster-objects';
import { requireLastingVersion } from '../node-group/lasting-version';
import { ManagedNodeGroupWithAmiTracking } from '../node-group/managed-node-group-with-ami-tracking';
import { ManagedNodeGroupOptions } from '../node-group/managed-node-group-with-ami-tracking-props';
import { NodeGroupHosts, NodeGroupHost } from '../node-group/node-group-host';
import { previewWhenAsked } from '../preview/preview-when-asked';
import { holdConfigurationAgainstVersion } from '../tracking/add-on-configuration-lookup';
import { Bake } from '../waves/bake';
import { BakeOptions } from '../waves/bake-options';

/** How the parts of a cluster move. */
export interface MovingPartsOptions {
  /** The Kubernetes minor of node groups that name none of their own; undefined for the cluster's. */
  readonly nodeKubernetesVersion?: string;
  readonly supportType?: SupportType;
  /** @default UpgradeGuard.enforce() */
  readonly upgradeGuard?: UpgradeGuard;
  /** How a new version of a control plane of this app is watched before the parts move. */
  readonly controlPlaneBake?: BakeOptions;
  /** How the context takes the parts back one minor. */
  readonly rollback?: RollbackEntry;
  /** Whether the cluster's own version obeys neither rollback nor step. */
  readonly ignoresContext?: true;
  /** The step of an upgrade path in which the parts are. */
  readonly step?: PathStep;
  /** What tools read of the upgrade path. */
  readonly upgradePath?: UpgradePathDeclaration;
}

/**
 * What moves with the version of a cluster, its add-ons and node groups: made, put in order, and guarded.
 */
export class MovingParts implements NodeGroupHost {
  public readonly clusterConstruct: IConstruct;
  public readonly kubernetesVersion: string;
  public readonly nodeKubernetesVersion?: string;
  public readonly looksInside: boolean;

  public readonly rollback?: RollbackEntry;
  public readonly step?: PathStep;
  public readonly nodeVersionOffPath?: string;

  private readonly order: DeploymentOrder;
  private readonly addOns: ManagedAddOns;
  private readonly nodeGroupGuards: NodeGroupGuards;
  private readonly objects: ClusterObjects;
  /** What the parts wait for where there is no control plane to wait for. */
  private readonly guard?: CfnResource;

  constructor(private readonly cluster: MovedCluster, options: MovingPartsOptions) {
    const { nodeKubernetesVersion, supportType, upgradeGuard = UpgradeGuard.enforce(), controlPlaneBake } = options;
    this.clusterConstruct = cluster.construct;
    this.kubernetesVersion = cluster.kubernetesVersion;
    this.nodeKubernetesVersion = nodeKubernetesVersion;
    this.looksInside = looksIntoCluster(upgradeGuard);
    this.rollback = options.rollback;
    this.step = options.step;
    this.nodeVersionOffPath = options.upgradePath?.nodeVersion ?? options.upgradePath?.appVersion;
    this.order = new DeploymentOrder(cluster.scope);
    this.addOns = new ManagedAddOns(cluster, nodeKubernetesVersion, this.order);
    this.nodeGroupGuards = new NodeGroupGuards(cluster, upgradeGuard);
    this.objects = new ClusterObjects(cluster.construct, this.kubernetesVersion, (name, user) => isNameOf(cluster, name, user));
    NodeGroupHosts.give(cluster.cluster, this);

    if (cluster.resource) requireLastingVersion(cluster.resource, (cluster.resource as CfnCluster).version ?? this.kubernetesVersion);
    if (upgradeGuard.options.force) this.forceUpgrades();
    recordCluster(cluster.construct, upgradeGuard, {
      logicalId: cluster.resource?.logicalId,
      ignoresContext: options.ignoresContext,
      clusterName: cluster.literalName,
      version: this.kubernetesVersion,
      supportType,
      upgradePath: options.upgradePath,
    });
    previewWhenAsked(cluster.construct, () => this.objects.report());
    this.guard = this.makeGuard(upgradeGuard);
    this.letGuardLookInside(upgradeGuard);
    if (controlPlaneBake) this.addBake(controlPlaneBake);
    orderAlbController(cluster.construct);
    this.reportConcerns(supportType);
    onAddOnFargateProfile(cluster, (profile) => this.order.addFargateProfile(profile));
    cluster.construct.node.addValidation({ validate: () => this.finishTree() });
  }

  /** @throws if the control plane is not a resource of `aws-eks-v2` in this app, which alone can be told */
  private forceUpgrades(): void {
    const { resource } = this.cluster;
    if (resource?.cfnResourceType !== CLUSTER_TYPE) {
      throw refusal(says.cannotForce({ isOfAwsEks: resource !== undefined }));
    }
    resource.addPropertyOverride('Force', true);
  }

  /** Adds a node group, whose construct path is that of the L2's `addNodegroupCapacity()`. */
  public addNodeGroup(id: string, options: ManagedNodeGroupOptions): ManagedNodeGroupWithAmiTracking {
    const { construct, cluster } = this.cluster;
    addNeuronDevicePluginFor(construct, options.instanceTypes);
    return new ManagedNodeGroupWithAmiTracking(construct, `Nodegroup${id}`, { ...options, cluster });
  }

  /**
   * Installs an add-on.
   *
   * @throws if the cluster has it already
   */
  public addAddOn(addOn: ManagedAddOn): eks.IAddon {
    requireKind('addOn', addOn, KINDS.managedAddOn);
    const addon = this.addOns.add(addOnGoingBack(addOn, { ...this.step?.addOns, ...this.rollback?.addOns }));
    if (this.guard) addon.node.defaultChild!.node.addDependency(this.guard);
    return addon;
  }

  public nodeGroupAdded(group: eks.Nodegroup): void {
    const resource = group.node.defaultChild as CfnNodegroup;
    this.order.addNodeGroup(resource);
    this.nodeGroupGuards.add(resource);
    if (this.guard && Stack.of(group) === Stack.of(this.guard)) resource.node.addDependency(this.guard);
    launchAfter(resource, this.guard ?? this.cluster.resource);
    this.cluster.completeNodeGroup?.(group);
    if (resource.version === this.nodeKubernetesVersion) this.tellOfNodesHeldBack();
  }

  /** @returns what the parts wait for, where it is not the control plane that waits */
  private makeGuard(guard: UpgradeGuard): CfnResource | undefined {
    const { scope, resource, cluster: { clusterName }, literalName, kubernetesVersion } = this.cluster;
    const images = () => this.nodeGroupGuards.imagesIn(Stack.of(scope));
    if (resource) {
      guardCluster(scope, guard, { resource, clusterName, literalName, images, objects: () => this.objects.guardedIn(Stack.of(scope)) });
      return undefined;
    }
    return guardParts(scope, 'UpgradeGuard', guard, { clusterName, isImported: true, expectedVersion: kubernetesVersion, images });
  }

  private letGuardLookInside(guard: UpgradeGuard): void {
    const { scope, construct, cluster: { clusterName }, allowsAccessEntries = true } = this.cluster;
    if (guard.options.workloads && !allowsAccessEntries) {
      throw refusal(says.noAccessEntries({}));
    }
    giveWorkloadAccess(scope, 'UpgradeGuardAccess', guard, construct, clusterName);
  }

  private addBake(options: BakeOptions): void {
    const { scope, construct, resource, cluster: { clusterName } } = this.cluster;
    if (resource) {
      this.order.addBake(Bake._ofControlPlane(scope, {
        resource, cluster: construct.node.path, clusterName, isGoingBack: this.rollback !== undefined,
      }, options)._resource);
    }
  }

  private reportConcerns(supportType: SupportType | undefined): void {
    if (!isKnownAtSynth(this.kubernetesVersion)) {
      return;
    }
    const { construct, kubectlLayer } = this.cluster;
    const version = KubernetesMinor.parse(this.kubernetesVersion);
    const support = supportConcern(version, supportType, new Date(), Stack.of(construct).region);
    if (support) warn(construct, support);

    const kubectl = kubectlLayer && kubectlLayerVersion(kubectlLayer);
    if (kubectl && isKubectlTooFarFrom(version, kubectl)) {
      warn(construct, warnings.kubectlLayerSkew({ kubectl, version, minor: version.minor }));
    }
  }

  private tellOfNodesHeldBack(): void {
    const [controlPlane, nodes] = [this.kubernetesVersion, this.nodeKubernetesVersion];
    if (this.step || this.rollback) return; // their annotations say what becomes of nodes
    if (nodes !== undefined && nodes !== controlPlane && isKnownAtSynth(nodes) && isKnownAtSynth(controlPlane)) {
      const version = KubernetesMinor.parse(controlPlane);
      const behind = version.minorsAheadOf(KubernetesMinor.parse(nodes));
      inform(this.cluster.construct, notes.nodesHeldBack({ nodes, behind, version, skew: kubeletSkewOf(version) }));
    }
  }

  private tellOfNodesNotHeld(): void {
    const { nodeKubernetesVersion: nodes, cluster: { construct, resource } } = this;
    const isOfContext = this.step !== undefined || this.rollback !== undefined;
    if (nodes === undefined || nodes === this.kubernetesVersion || isOfContext || !isKnownAtSynth(nodes)) return;
    if (this.addOns.holdsKubeProxy || (resource && hasAutoMode(resource))) return;
    inform(construct, notes.nodesNotHeld({ nodes }));
  }

  /** @param nodeGroups the construct paths of those that can be on the path */
  private warnOfUnknownOnPath(nodeGroups: readonly string[]): void {
    const paths = Object.keys(this.step?.nodesHeldAt ?? {}).filter((path) => !nodeGroups.includes(path));
    if (paths.length > 0) warn(this.cluster.construct, warnings.heldOnPathUnknown({ paths, example: nodeGroups[0] }));
  }

  /** What only the finished tree shows; the result is what is wrong with it. */
  private finishTree(): string[] {
    const errors = this.order.freePrerequisites().map(
      ({ addOn, waiting }) => sentence(says.waitsInCircle({
        addOn: nameOf(addOn), waiting: waiting.node.path.replace(/(\/(Resource|Default))+$/, ''),
      })),
    );
    this.objects.report();
    const [addOns, nodeGroups] = [ADD_ON_TYPE, NODE_GROUP_TYPE].map((type) => this.definedInApp(type));
    reportChangedNodes(nodeGroups, this.kubernetesVersion);
    warnOfUntracked(this.clusterConstruct, nodeGroups);
    if (!nodeGroups.some(isTracked)) this.tellOfNodesNotHeld();
    this.warnOfUnknownOnPath(nodeGroups.filter(isTracked).map(({ node }) => node.scope!.node.path));
    addOns.forEach((addOn) => holdConfigurationAgainstVersion(addOn as CfnAddon));
    errors.push(...findAddOnClashes(this.addOns.resources, addOns));
    const { resource, construct, isTakenByName } = this.cluster;
    if (!resource && this.guard) {
      findUnguarded(this.cluster, resourcesOfApp(construct, ...CLUSTER_TYPES)).forEach((unguarded) => warn(construct, unguarded));
    }
    if (resource && !isTakenByName && !hasAutoMode(resource)) { // elsewhere, nodes and agent may be made by whoever makes the cluster
      errors.push(...this.findAddOnsWithoutNodes(resource));
      if (!addOns.some((addOn) => nameOf(addOn) === POD_IDENTITY_AGENT)) this.warnOfMissingAgent();
      this.warnOfCoreDnsOnFargate(resource);
    }
    return errors.map((error) => `${error} [${construct.node.path}]`);
  }

  private definedInApp(type: string): CfnResource[] {
    return resourcesOfCluster(this.cluster, resourcesOfApp(this.cluster.construct, type));
  }

  private fargateProfilesInApp(): CfnResource[] {
    return addOnFargateProfilesOf(this.cluster, resourcesOfApp(this.cluster.construct, ...FARGATE_PROFILE_TYPES));
  }

  private findAddOnsWithoutNodes(resource: CfnResource): string[] {
    const { withoutNodes } = this.order;
    if (withoutNodes.length === 0) {
      return [];
    }
    const nodes = [...this.definedInApp(NODE_GROUP_TYPE), ...this.fargateProfilesInApp()];
    return findAddOnsWithoutNodes(resource, withoutNodes, nodes);
  }

  /** CoreDNS asks for nodes unless it is told otherwise, and its pods stay pending where only Fargate takes them. */
  private warnOfCoreDnsOnFargate(resource: CfnResource): void {
    const isFargateOnly = this.fargateProfilesInApp().length > 0
      && this.definedInApp(NODE_GROUP_TYPE).length === 0 && !hasSelfManagedNodes(Stack.of(resource));
    if (isFargateOnly && this.addOns.leavesCoreDnsToNodes) {
      warn(this.cluster.construct, warnings.coreDnsOnFargate({}));
    }
  }

  private warnOfMissingAgent(): void {
    this.addOns.withPodIdentity.forEach((name) => warn(this.cluster.construct, warnings.podIdentityAgentMissing({ name })));
  }
}

/** Auto Mode brings nodes and the Pod Identity agent. */
function hasAutoMode(resource: CfnResource): boolean {
  const { computeConfig } = resource as CfnCluster;
  return (computeConfig as CfnCluster.ComputeConfigProperty | undefined)?.enabled === true;
}
