import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnCluster, CfnFargateProfile, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { findAddOnClashes, nameOf } from './add-on-clashes';
import { orderAlbController } from './alb-controller-order';
import { recordCluster } from './cluster-metadata';
import { DeploymentOrder } from './deployment-order';
import { takesAddOnPods } from './fargate-namespaces';
import { isKubectlTooFarFrom, kubectlLayerVersion } from './kubectl-layer';
import { ManagedAddOn } from './managed-add-on';
import { ManagedAddOns } from './managed-add-ons';
import { NodeGroupGuards } from './node-group-guards';
import { findAddOnsWithoutNodes } from './nodes-elsewhere';
import { POD_IDENTITY_AGENT } from './pod-identity-agent';
import { resourcesOfCluster } from './resources-of-cluster';
import { supportConcern } from './support-concern';
import { UpgradableClusterProps } from './upgradable-cluster-props';
import { inform, warn } from '../diagnostics/annotations';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { kubeletSkewOf } from '../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { asInjected, injectedProps } from '../node-group/injected-props';
import { requireLastingVersion } from '../node-group/lasting-version';
import { ManagedNodeGroupWithAmiTracking } from '../node-group/managed-node-group-with-ami-tracking';
import { ManagedNodeGroupOptions } from '../node-group/managed-node-group-with-ami-tracking-props';
import { requireSkew } from '../node-group/node-group-version';
import { previewWhenAsked } from '../preview/preview-when-asked';
import { UpgradeGuard } from '../upgrade-guard/upgrade-guard';
import { guardCluster } from '../upgrade-guard/upgrade-guard-resource';
import { Bake } from '../waves/bake';

/** How the L2 makes its default node group. */
const DEFAULT_CAPACITY = { id: 'DefaultCapacity', count: 2, instanceType: ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.LARGE) };

/**
 * An EKS cluster whose version prop moves control plane, add-ons and node groups, in that order.
 *
 * A drop-in for `eks.Cluster` of `aws-cdk-lib/aws-eks-v2`: same construct paths and logical IDs, same properties plus its own.
 * Exchanging the class for a running cluster replaces nothing.
 *
 * @example
 * const cluster = new UpgradableCluster(this, 'Cluster', {
 *   version: eks.KubernetesVersion.V1_36,
 *   defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
 *   defaultCapacity: 0,
 *   bootstrapSelfManagedAddons: false, // for a new cluster: add-ons are managed from the start; changed later, it REPLACES the cluster
 *   managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()],
 * });
 * cluster.addManagedNodeGroup('Workers', { instanceTypes: [new ec2.InstanceType('m7i.large')] });
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export class UpgradableCluster extends eks.Cluster {
  /**
   * The Kubernetes minor of node groups that name none of their own; undefined for the cluster's.
   *
   * @internal
   */
  public readonly _nodeKubernetesVersion?: string;

  private readonly kubernetesVersion: string;
  private readonly order = new DeploymentOrder(this);
  private readonly addOns: ManagedAddOns;
  private readonly nodeGroupGuards: NodeGroupGuards;
  private readonly isReady = true;

  /**
   * @throws if a version is malformed, nodes would lead the control plane or lag beyond the kubelet skew, or a duration is out of its range
   */
  constructor(scope: Construct, id: string, props: UpgradableClusterProps) {
    const wanted = injectedProps(eks.Cluster.PROPERTY_INJECTION_ID, scope, id, props);
    atConstructPath(scope, id, () => checkProps(wanted));
    super(scope, id, asInjected({ ...wanted }));

    this.kubernetesVersion = wanted.version.version;
    this._nodeKubernetesVersion = wanted.nodeKubernetesVersion?.version;
    this.addOns = new ManagedAddOns(this, this.kubernetesVersion, this._nodeKubernetesVersion, this.order);

    const resource = this.node.defaultChild as CfnCluster;
    requireLastingVersion(resource, this.kubernetesVersion);
    resource.upgradePolicy = wanted.supportType && { supportType: wanted.supportType };
    // unknown to the generated resource of older versions of the CDK
    wanted.rollbackTimeout && resource.addPropertyOverride('RollbackConfig', { TimeoutMinutes: wanted.rollbackTimeout.toMinutes() });
    const guard = wanted.upgradeGuard ?? UpgradeGuard.enforce();
    recordCluster(this, guard, {
      logicalId: resource.logicalId,
      clusterName: Token.isUnresolved(wanted.clusterName) ? undefined : wanted.clusterName,
      version: this.kubernetesVersion,
      supportType: wanted.supportType,
    });
    previewWhenAsked(this);
    this.nodeGroupGuards = new NodeGroupGuards(this, guard);
    guardCluster(this, guard, {
      resource,
      clusterName: wanted.clusterName,
      addOns: () => this.addOns.guarded,
      nodeGroups: () => this.nodeGroupGuards.in(Stack.of(this)),
    });

    wanted.controlPlaneBake && this.order.addBake(Bake._ofControlPlane(this, {
      resource, cluster: this.node.path, clusterName: this.clusterName,
    }, wanted.controlPlaneBake)._resource);
    orderAlbController(this);
    wanted.defaultCapacityType === eks.DefaultCapacityType.NODEGROUP && this.addDefaultCapacity(wanted);
    wanted.managedAddOns?.forEach((addOn) => this.addManagedAddOn(addOn));
    this.reportConcerns(wanted);
    this.node.addValidation({ validate: () => this.finishTree() });
  }

  /**
   * Adds a managed node group that follows the cluster's version.
   *
   * Its construct path is that of `addNodegroupCapacity()`: `Nodegroup<id>` below the cluster.
   */
  public addManagedNodeGroup(id: string, options: ManagedNodeGroupOptions = {}): ManagedNodeGroupWithAmiTracking {
    if (options.instanceTypes?.some((type) => NEURON_PLUGIN_INSTANCES.test(type.toString()))) {
      addNeuronDevicePlugin(this);
    }
    return new ManagedNodeGroupWithAmiTracking(this, `Nodegroup${id}`, { ...options, cluster: this });
  }

  /**
   * Adds a managed node group that follows the cluster's version, as `addManagedNodeGroup()` does.
   */
  public override addNodegroupCapacity(id: string, options?: eks.NodegroupOptions): eks.Nodegroup;
  // jsii takes the first signature, which overrides; TypeScript takes this one as well
  public override addNodegroupCapacity(id: string, options?: ManagedNodeGroupOptions): eks.Nodegroup;
  public override addNodegroupCapacity(id: string, options?: ManagedNodeGroupOptions): eks.Nodegroup {
    // the L2's constructor asks for the default capacity before this class can make it: addDefaultCapacity() does
    return this.isReady ? this.addManagedNodeGroup(id, options) : undefined!;
  }

  /**
   * Adds an add-on that moves with the cluster's version.
   *
   * @throws if the cluster has the add-on already
   */
  public addManagedAddOn(addOn: ManagedAddOn): eks.Addon {
    return atConstructPath(this.node.scope as Construct, this.node.id, () => this.addOns.add(addOn));
  }

  /**
   * Takes a Fargate profile into the order of deployment.
   *
   * @internal
   */
  public override _attachFargateProfile(profile: eks.FargateProfile): eks.FargateProfile[] {
    const resource = profile.node.defaultChild as CfnFargateProfile;
    takesAddOnPods(resource) && this.order.addFargateProfile(resource);
    return super._attachFargateProfile(profile);
  }

  /**
   * Takes a node group into the order of deployment.
   *
   * @internal
   */
  public _nodeGroupAdded(group: CfnResource): void {
    this.order.addNodeGroup(group);
    this.nodeGroupGuards.add(group);
    (group as CfnNodegroup).version === this._nodeKubernetesVersion && this.tellOfNodesHeldBack();
  }

  private addDefaultCapacity(props: UpgradableClusterProps): void {
    const minSize = props.defaultCapacity ?? DEFAULT_CAPACITY.count;
    if (minSize > 0) {
      const group = atDefaultCapacity(() => this.addManagedNodeGroup(DEFAULT_CAPACITY.id, {
        instanceTypes: [props.defaultCapacityInstance ?? DEFAULT_CAPACITY.instanceType],
        minSize,
      }));
      (this as { defaultNodegroup?: eks.Nodegroup }).defaultNodegroup = group; // read-only for users only
    }
  }

  private reportConcerns(props: UpgradableClusterProps): void {
    if (Token.isUnresolved(this.kubernetesVersion)) {
      return;
    }
    const version = KubernetesMinor.parse(this.kubernetesVersion);
    const support = supportConcern(version, props.supportType, new Date());
    support && warn(this, support.id, support.message);

    const kubectl = props.kubectlProviderOptions && kubectlLayerVersion(props.kubectlProviderOptions.kubectlLayer);
    if (kubectl && isKubectlTooFarFrom(version, kubectl)) {
      warn(this, 'kubectlLayerSkew', `the kubectl layer is for Kubernetes ${kubectl}, more than one minor away from the cluster's ${version}: `
        + `use the layer of the package @aws-cdk/lambda-layer-kubectl-v${version.minor}`);
    }
  }

  private tellOfNodesHeldBack(): void {
    const [controlPlane, nodes] = [this.kubernetesVersion, this._nodeKubernetesVersion];
    if (nodes !== undefined && nodes !== controlPlane && !Token.isUnresolved(nodes) && !Token.isUnresolved(controlPlane)) {
      const version = KubernetesMinor.parse(controlPlane);
      const behind = version.minorsAheadOf(KubernetesMinor.parse(nodes));
      inform(this, 'nodesHeldBack', `node groups are held at Kubernetes ${nodes}, ${behind} minor${behind === 1 ? '' : 's'} behind the control plane's `
        + `${version}; the kubelet skew allows ${kubeletSkewOf(version)}; remove nodeKubernetesVersion to let them follow`);
    }
  }

  /** What only the finished tree shows; the result is what is wrong with it. */
  private finishTree(): string[] {
    this.order.freePrerequisites();
    const addOns = resourcesOfCluster(this, 'AWS::EKS::Addon');
    const errors = findAddOnClashes(this.addOns.resources, addOns);
    if (!this.hasAutoMode()) {
      errors.push(...this.findAddOnsWithoutNodes());
      addOns.some((addOn) => nameOf(addOn) === POD_IDENTITY_AGENT) || this.warnOfMissingAgent();
    }
    return errors.map((error) => `${error} [${this.node.path}]`);
  }

  private findAddOnsWithoutNodes(): string[] {
    const { withoutNodes } = this.order;
    if (withoutNodes.length === 0) {
      return [];
    }
    const profiles = resourcesOfCluster(this, 'AWS::EKS::FargateProfile').filter((profile) => takesAddOnPods(profile as CfnFargateProfile));
    const nodes = [...resourcesOfCluster(this, 'AWS::EKS::Nodegroup'), ...profiles];
    return findAddOnsWithoutNodes(this.node.defaultChild as CfnCluster, withoutNodes, nodes);
  }

  private warnOfMissingAgent(): void {
    this.addOns.withPodIdentity.forEach((name) => warn(this, 'podIdentityAgentMissing', `add-on ${name} gets its role by EKS Pod Identity, but nothing in `
      + 'this app installs the agent on the nodes: add ManagedAddOn.podIdentityAgent(), give the add-on a serviceAccountRole, or acknowledge this '
      + 'if the agent is installed elsewhere'));
  }

  /** Auto Mode brings nodes and the Pod Identity agent. */
  private hasAutoMode(): boolean {
    const { computeConfig } = this.node.defaultChild as CfnCluster;
    return (computeConfig as CfnCluster.ComputeConfigProperty | undefined)?.enabled === true;
  }
}

/**
 * Refuses what can never work, before any construct exists.
 */
function checkProps({ version, nodeKubernetesVersion: nodes, rollbackTimeout }: UpgradableClusterProps): void {
  const [controlPlaneMinor, nodeMinor] = [version, nodes].map((wanted) => wanted && !Token.isUnresolved(wanted.version)
    ? KubernetesMinor.parse(wanted.version)
    : undefined);
  controlPlaneMinor && nodeMinor && requireSkew(controlPlaneMinor, nodeMinor, 'nodeKubernetesVersion');
  if (rollbackTimeout && !rollbackTimeout.isUnresolved()) {
    const minutes = rollbackTimeout.toMinutes({ integral: false });
    if (!Number.isInteger(minutes) || minutes < 120 || minutes > 10_080) {
      throw new Error(`rollbackTimeout is ${rollbackTimeout.toHumanString()}: give whole minutes, from 2 hours to 7 days`);
    }
  }
}

/** Tells how to name the AMI type of the default node group, which has no prop for it. */
function atDefaultCapacity<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error) {
      const advice = `; for the default capacity, set defaultCapacity to 0 and call addManagedNodeGroup('${DEFAULT_CAPACITY.id}', { … }), which keeps its construct path`;
      error.message = error.message.replace(/( \[[^\]]*\])?$/, `${advice}$1`); // the path stays at the end
    }
    throw error;
  }
}

/** The L2 installs the device plugin for these instances with its node groups, but keeps the method that does it to itself. */
const NEURON_PLUGIN_INSTANCES = /^(inf1|inf2|trn1)/;

function addNeuronDevicePlugin(cluster: eks.Cluster): void {
  (cluster as unknown as { addNeuronDevicePlugin(): void }).addNeuronDevicePlugin();
}
