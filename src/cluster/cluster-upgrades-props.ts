import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ManagedAddOn } from './managed-add-on';
import { UpgradeGuard } from '../guard/upgrade-guard';
import { BakeOptions } from '../waves/bake-options';

/**
 * What moves with the version of a cluster that somebody else makes.
 */
export interface ClusterUpgradesOptions {
  /**
   * Add-ons that move with the cluster's version.
   *
   * @default - none
   */
  readonly managedAddOns?: ManagedAddOn[];

  /**
   * What checks the cluster inside the deployment, before CloudFormation touches it.
   *
   * @default UpgradeGuard.enforce()
   */
  readonly upgradeGuard?: UpgradeGuard;
}

/**
 * Properties for a cluster of `aws-cdk-lib/aws-eks`, the older module.
 */
export interface AwsEksClusterUpgradesProps extends ClusterUpgradesOptions {
  /** The cluster: made by this app, or imported. */
  readonly cluster: eksv1.ICluster;

  /**
   * Kubernetes version of the control plane. Of a cluster that this app makes, the version that the cluster itself is given.
   *
   * @default - the cluster's own; required when it is imported
   */
  readonly version?: eksv1.KubernetesVersion;

  /**
   * Kubernetes version of all node groups that name none of their own, to hold nodes back while a new control plane bakes.
   * At most the kubelet skew behind the cluster's version (three minors since Kubernetes 1.28, two before).
   *
   * @default - the cluster's version
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly nodeKubernetesVersion?: eksv1.KubernetesVersion;

  /**
   * How a new version of the control plane is watched before any add-on or node moves; not for an imported cluster.
   *
   * @default - add-ons and nodes follow at once
   */
  readonly controlPlaneBake?: BakeOptions;
}

/**
 * Properties for a cluster of `aws-cdk-lib/aws-eks-v2`.
 */
export interface AwsEksV2ClusterUpgradesProps extends ClusterUpgradesOptions {
  /** The cluster: made by this app, or imported. */
  readonly cluster: eks.ICluster;

  /**
   * Kubernetes version of the control plane. Of a cluster that this app makes, the version that the cluster itself is given.
   *
   * @default - the cluster's own; required when it is imported
   */
  readonly version?: eks.KubernetesVersion;

  /**
   * Kubernetes version of all node groups that name none of their own, to hold nodes back while a new control plane bakes.
   * At most the kubelet skew behind the cluster's version (three minors since Kubernetes 1.28, two before).
   *
   * @default - the cluster's version
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly nodeKubernetesVersion?: eks.KubernetesVersion;

  /**
   * How a new version of the control plane is watched before any add-on or node moves; not for an imported cluster.
   *
   * @default - add-ons and nodes follow at once
   */
  readonly controlPlaneBake?: BakeOptions;
}

/**
 * Properties for a cluster of another app, of eksctl, Terraform or any other tool: its name and its version, and whatever else is
 * known of it.
 *
 * Node groups need its `vpc`.
 */
export interface ImportedClusterUpgradesProps extends ClusterUpgradesOptions, eks.ClusterAttributes {
  /**
   * Kubernetes version that the control plane has: whoever makes the cluster moves it, and this is moved after it. Of a `CfnCluster` of the
   * same stack, the version that it is given.
   */
  readonly version: eks.KubernetesVersion;

  /**
   * Kubernetes version of all node groups that name none of their own, to hold nodes back while a new control plane bakes.
   * At most the kubelet skew behind the cluster's version (three minors since Kubernetes 1.28, two before).
   *
   * @default - the cluster's version
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   */
  readonly nodeKubernetesVersion?: eks.KubernetesVersion;
}
