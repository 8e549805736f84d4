import { Duration } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn } from './managed-add-on';
import { SupportType } from './support-type';
import { UpgradePath } from './upgrade-path';
import { UpgradeGuard } from '../guard/upgrade-guard';
import { BakeOptions } from '../waves/bake-options';

/**
 * Properties of an upgradable cluster: those of the L2's `eks.Cluster`, and what moves with its version.
 */
export interface UpgradableClusterProps extends eks.ClusterProps {
  /**
   * Add-ons that move with the cluster's version.
   *
   * @default - none
   */
  readonly managedAddOns?: ManagedAddOn[];

  /**
   * Kubernetes version of all node groups that name none of their own, to hold nodes back while a new control plane bakes.
   * At most the kubelet skew behind the cluster's version (three minors since Kubernetes 1.28, two before).
   *
   * @default - the cluster's version
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly nodeKubernetesVersion?: eks.KubernetesVersion;

  /**
   * The way through several minors, step by step: in place of `version` and the versions of nodes counts the step that
   * `cdk.context.json` pins, as long as `version` is the one for which the path was written.
   *
   * @default - none: the versions in the app count
   */
  readonly upgradePath?: UpgradePath;

  /**
   * What EKS does when standard support of the Kubernetes version ends.
   *
   * @default - not set: EKS puts the cluster into extended support, at a higher price
   */
  readonly supportType?: SupportType;

  /**
   * What checks the cluster inside the deployment, before CloudFormation touches the control plane.
   *
   * @default UpgradeGuard.enforce()
   */
  readonly upgradeGuard?: UpgradeGuard;

  /**
   * How a new version of the control plane is watched before any add-on or node moves. When it fails the deployment, the control
   * plane stays, because EKS does not roll it back with the stack.
   *
   * @default - add-ons and nodes follow at once
   */
  readonly controlPlaneBake?: BakeOptions;

  /**
   * How long a rollback of the control plane's version may take before EKS gives up; 2 hours to 7 days, whole minutes.
   *
   * @default - 12 hours, by EKS
   * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
   */
  readonly rollbackTimeout?: Duration;

  /**
   * Whether EKS refuses to delete the cluster, whoever asks: the last stop for a deployment that would replace it. It is to be
   * turned off in a deployment of its own before the stack is destroyed.
   *
   * @default - not set: EKS deletes the cluster when it is asked to
   * @see https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html
   */
  readonly deletionProtection?: boolean;

  /**
   * ID of the certificate authority that shall sign the cluster's certificates: of the successor that EKS or the app has added,
   * once all nodes trust it.
   *
   * A literal: an authority of the same app refers to the cluster, which cannot refer to it in turn. Add it in one deployment,
   * with the nodes exchanged after it (`rollout`), and activate it in a later one, with a bake (`controlPlaneBake`) where you
   * like. Not in China, GovCloud and me-central-1.
   *
   * @default - EKS activates a successor by itself, between six months and 45 days before the certificate expires
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_ActivateCertificateAuthority.html
   */
  readonly activeCertificateAuthorityId?: string;
}
