import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ownedCluster } from './clusters-of-aws-eks-v2';
import { propsOnPath, tellOfPath } from './context-path';
import { propsGoingBack, rollbackOf, tellOfRollback } from './context-rollback';
import { ManagedAddOn } from './managed-add-on';
import { says, warnings } from './messages';
import { MovingParts } from './moving-parts';
import { requireKindsOfParts } from './require-kinds';
import { UpgradableClusterProps } from './upgradable-cluster-props';
import { stepAt } from './upgrade-path';
import { warn } from '../diagnostics/annotations';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { KINDS } from '../diagnostics/kinds';
import { requireVersionGiven } from '../diagnostics/missing-version';
import { requireKindIfGiven } from '../diagnostics/require-kind';
import { refusal } from '../engine/messages/refusal';
import { asInjected, injectedProps } from '../node-group/injected-props';
import { ManagedNodeGroupWithAmiTracking } from '../node-group/managed-node-group-with-ami-tracking';
import { ManagedNodeGroupOptions } from '../node-group/managed-node-group-with-ami-tracking-props';
import { requireSkewOfNodes } from '../node-group/node-group-version';

/** How the L2 makes its default node group. */
const DEFAULT_CAPACITY = {
  id: 'DefaultCapacity', count: 2, instanceType: ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.LARGE),
};

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
  private readonly parts: MovingParts;

  /**
   * @throws if a version is malformed, nodes would lead the control plane or lag beyond the kubelet skew, or a duration is out of its range
   */
  constructor(scope: Construct, id: string, props: UpgradableClusterProps) {
    const asWritten = injectedProps(eks.Cluster.PROPERTY_INJECTION_ID, scope, id, props);
    atConstructPath(scope, id, () => requireKinds(asWritten));
    const position = atConstructPath(scope, id, () => asWritten.upgradePath?._positionOf(scope, id, asWritten.version.version));
    const step = position && stepAt(position);
    const given = step ? propsOnPath(asWritten, step) : asWritten;
    const rollback = atConstructPath(scope, id, () => rollbackOf(scope, id, given.version.version));
    const wanted = rollback ? propsGoingBack(given, rollback) : given;
    atConstructPath(scope, id, () => checkProps(wanted));
    super(scope, id, asInjected({ ...wanted }));

    const resource = this.node.defaultChild as CfnCluster;
    resource.upgradePolicy = wanted.supportType && { supportType: wanted.supportType };
    // unknown to the generated resource of older versions of the CDK
    if (wanted.rollbackTimeout) resource.addPropertyOverride('RollbackConfig', { TimeoutMinutes: wanted.rollbackTimeout.toMinutes() });
    if (wanted.deletionProtection !== undefined) resource.addPropertyOverride('DeletionProtection', wanted.deletionProtection);
    if (wanted.activeCertificateAuthorityId !== undefined) {
      resource.addPropertyOverride('ActiveCertificateAuthorityId', wanted.activeCertificateAuthorityId);
    }
    warnOfLongRollback(this, wanted.rollbackTimeout);
    this.parts = new MovingParts(ownedCluster(this, this), {
      nodeKubernetesVersion: wanted.nodeKubernetesVersion?.version,
      supportType: wanted.supportType,
      upgradeGuard: wanted.upgradeGuard,
      controlPlaneBake: wanted.controlPlaneBake,
      rollback,
      step,
      upgradePath: position && {
        file: position.file, appVersion: position.appVersion, nodeVersion: asWritten.nodeKubernetesVersion?.version, step: position.step,
      },
    });
    if (position) tellOfPath(this, position);
    tellOfRollback(this, given.version.version, rollback);
    if (wanted.defaultCapacityType === eks.DefaultCapacityType.NODEGROUP) this.addDefaultCapacity(wanted);
    wanted.managedAddOns?.forEach((addOn) => this.addManagedAddOn(addOn));
  }

  /**
   * Adds a managed node group that follows the cluster's version.
   *
   * Its construct path is that of `addNodegroupCapacity()`: `Nodegroup<id>` below the cluster.
   */
  public addManagedNodeGroup(id: string, options: ManagedNodeGroupOptions = {}): ManagedNodeGroupWithAmiTracking {
    return this.parts.addNodeGroup(id, options);
  }

  /**
   * Adds a managed node group that follows the cluster's version, as `addManagedNodeGroup()` does.
   */
  public override addNodegroupCapacity(id: string, options?: eks.NodegroupOptions): eks.Nodegroup;
  // jsii takes the first signature, which overrides; TypeScript takes this one as well
  public override addNodegroupCapacity(id: string, options?: ManagedNodeGroupOptions): eks.Nodegroup;
  public override addNodegroupCapacity(id: string, options?: ManagedNodeGroupOptions): eks.Nodegroup {
    // the L2's constructor asks for the default capacity before this class can make it: addDefaultCapacity() does
    return this.parts ? this.addManagedNodeGroup(id, options) : undefined!;
  }

  /**
   * Adds an add-on that moves with the cluster's version.
   *
   * @throws if the cluster has the add-on already
   */
  public addManagedAddOn(addOn: ManagedAddOn): eks.Addon {
    return atConstructPath(this.node.scope as Construct, this.node.id, () => this.parts.addAddOn(addOn) as eks.Addon);
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
}

/** How long CloudFormation waits for an update of a cluster. */
const LONGEST_UPDATE = Duration.hours(36);

function warnOfLongRollback(cluster: UpgradableCluster, timeout: Duration | undefined): void {
  if (timeout && !timeout.isUnresolved() && timeout.toMinutes() > LONGEST_UPDATE.toMinutes()) {
    warn(cluster, warnings.rollbackTimeoutTooLong({ timeout: timeout.toHumanString(), hours: LONGEST_UPDATE.toHours() }));
  }
}

/** Refuses what only TypeScript would have refused. */
function requireKinds(props: UpgradableClusterProps): void {
  requireVersionGiven('version', props.version);
  requireKindIfGiven('upgradePath', props.upgradePath, KINDS.upgradePath);
  requireKindIfGiven('rollbackTimeout', props.rollbackTimeout, KINDS.duration);
  requireKindsOfParts(props);
}

/**
 * Refuses what can never work, before any construct exists.
 */
function checkProps({ version, nodeKubernetesVersion, rollbackTimeout }: UpgradableClusterProps): void {
  requireSkewOfNodes(version.version, nodeKubernetesVersion?.version);
  if (rollbackTimeout && !rollbackTimeout.isUnresolved()) {
    const minutes = rollbackTimeout.toMinutes({ integral: false });
    if (!Number.isInteger(minutes) || minutes < 120 || minutes > 10_080) {
      throw refusal(says.rollbackTimeout({ rollbackTimeout: rollbackTimeout.toHumanString() }));
    }
  }
}

/** Tells how to name the AMI type of the default node group, which has no prop for it. */
function atDefaultCapacity<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error) {
      const advice = '; for the default capacity, set defaultCapacity to 0 and call '
        + `addManagedNodeGroup('${DEFAULT_CAPACITY.id}', { … }), which keeps its construct path`;
      error.message = error.message.replace(/( \[[^\]]*\])?$/, `${advice}$1`); // the path stays at the end
    }
    throw error;
  }
}
