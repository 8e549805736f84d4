import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { orderAlbController } from './alb-controller-order';
import { recordCluster } from './cluster-metadata';
import { DeploymentOrder } from './deployment-order';
import { isKubectlTooFarFrom, kubectlLayerVersion } from './kubectl-layer';
import { ManagedAddOn } from './managed-add-on';
import { ManagedAddOns } from './managed-add-ons';
import { NodeGroupGuards } from './node-group-guards';
import { hasPodIdentityAgent } from './pod-identity-agent';
import { supportConcern } from './support-concern';
import { UpgradableClusterProps } from './upgradable-cluster-props';
import { inform, warn } from '../diagnostics/annotations';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { kubeletSkewOf } from '../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { asInjected, injectedProps } from '../node-group/injected-props';
import { ManagedNodeGroupWithAmiTracking } from '../node-group/managed-node-group-with-ami-tracking';
import { ManagedNodeGroupOptions } from '../node-group/managed-node-group-with-ami-tracking-props';
import { requireSkew } from '../node-group/node-group-version';
import { previewWhenAsked } from '../preview/preview-when-asked';
import { UpgradeGuard } from '../upgrade-guard/upgrade-guard';
import { guardCluster } from '../upgrade-guard/upgrade-guard-resource';

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
    resource.upgradePolicy = wanted.supportType && { supportType: wanted.supportType };
    // unknown to the generated resource of older versions of the CDK
    wanted.rollbackTimeout && resource.addPropertyOverride('RollbackConfig', { TimeoutMinutes: wanted.rollbackTimeout.toMinutes() });
    const guard = wanted.upgradeGuard ?? UpgradeGuard.enforce();
    recordCluster(this, guard, {
      logicalId: resource.logicalId,
      clusterName: wanted.clusterName,
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

    orderAlbController(this);
    wanted.defaultCapacityType === eks.DefaultCapacityType.NODEGROUP && this.addDefaultCapacity(wanted);
    wanted.managedAddOns?.forEach((addOn) => this.addManagedAddOn(addOn));
    this.reportConcerns(wanted);
    this.node.addValidation({ validate: () => this.findUnservedPodIdentities(wanted) });
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
  public override addNodegroupCapacity(id: string, options?: eks.NodegroupOptions): eks.Nodegroup {
    // the L2's constructor asks for the default capacity before this class can make it: addDefaultCapacity() does
    return this.isReady ? this.addManagedNodeGroup(id, options) : undefined!;
  }

  /**
   * Adds an add-on that moves with the cluster's version.
   *
   * @throws if the cluster has the add-on already
   */
  public addManagedAddOn(addOn: ManagedAddOn): eks.Addon {
    return this.addOns.add(addOn);
  }

  /**
   * Takes a node group into the order of deployment.
   *
   * @internal
   */
  public _nodeGroupAdded(group: CfnResource): void {
    this.order.addNodeGroup(group);
    this.nodeGroupGuards.add(group);
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

    const nodes = props.nodeKubernetesVersion?.version;
    if (nodes !== undefined && !Token.isUnresolved(nodes) && nodes !== this.kubernetesVersion) {
      const behind = version.minorsAheadOf(KubernetesMinor.parse(nodes));
      inform(this, 'nodesHeldBack', `node groups are held at Kubernetes ${nodes}, ${behind} minor${behind === 1 ? '' : 's'} behind the control plane's `
        + `${version}; the kubelet skew allows ${kubeletSkewOf(version)}; remove nodeKubernetesVersion to let them follow`);
    }
  }

  private findUnservedPodIdentities(props: UpgradableClusterProps): string[] {
    const autoMode = props.defaultCapacityType === undefined || props.defaultCapacityType === eks.DefaultCapacityType.AUTOMODE;
    return autoMode || hasPodIdentityAgent(this) ? [] : this.addOns.withPodIdentity.map((name) => `add-on ${name} gets its role by EKS Pod Identity, `
      + 'but nothing installs the agent on the nodes: add ManagedAddOn.podIdentityAgent(), or give the add-on a serviceAccountRole');
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
      error.message += `; for the default capacity, set defaultCapacity to 0 and call addManagedNodeGroup('${DEFAULT_CAPACITY.id}', { … }), `
        + 'which keeps its construct path';
    }
    throw error;
  }
}

/** The L2 installs the device plugin for these instances with its node groups, but keeps the method that does it to itself. */
const NEURON_PLUGIN_INSTANCES = /^(inf1|inf2|trn1)/;

function addNeuronDevicePlugin(cluster: eks.Cluster): void {
  (cluster as unknown as { addNeuronDevicePlugin(): void }).addNeuronDevicePlugin();
}
