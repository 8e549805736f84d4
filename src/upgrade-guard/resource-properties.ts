/*
 * What the custom resources tell the handler. CloudFormation turns every scalar into a string.
 */

/** Type of the custom resource that guards a cluster. */
export const UPGRADE_GUARD_TYPE = 'Custom::EksUpgradeGuard';

/** Type of the custom resource that resolves add-on versions. */
export const ADD_ON_VERSIONS_TYPE = 'Custom::EksAddOnVersions';

/** An add-on whose version the user pinned. */
export interface PinnedAddOn {
  readonly Name: string;
  readonly Version: string;
}

/** Properties of a {@link UPGRADE_GUARD_TYPE}. */
export interface UpgradeGuardProperties {
  /** Logical ID of the cluster in the same stack: the guard runs before the cluster and cannot refer to it. */
  readonly ClusterLogicalId: string;
  /** Kubernetes minor that the control plane shall have. */
  readonly TargetVersion: string;
  readonly Mode: 'enforce' | 'warn';
  /** IDs of accepted findings. */
  readonly Ignore: string[];
  readonly MaxInsightAgeMinutes: string;
  readonly WaitForOngoingUpdateSeconds: string;
  readonly PinnedAddOns: PinnedAddOn[];
}

/** An add-on whose version the handler resolves. */
export interface TrackedAddOn {
  readonly Name: string;
  readonly Policy: 'recommended' | 'latest';
  /** Attribute of the custom resource that returns the version. */
  readonly Attribute: string;
}

/** Properties of a {@link ADD_ON_VERSIONS_TYPE}. Each add-on's version is returned in its attribute. */
export interface AddOnVersionsProperties {
  readonly ClusterName: string;
  /** Kubernetes minor of the control plane; its change makes CloudFormation ask again. */
  readonly KubernetesVersion: string;
  readonly AddOns: TrackedAddOn[];
}
