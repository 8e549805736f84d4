// Clusters
export * from './cluster/upgradable-cluster';
export * from './cluster/upgradable-cluster-props';
export * from './cluster/support-type';
export { UpgradePath } from './cluster/upgrade-path';

// Clusters that somebody else makes
export * from './cluster/cluster-upgrades';
export * from './cluster/cluster-upgrades-props';

// Add-ons
export * from './cluster/managed-add-on';
export * from './cluster/managed-add-on-options';
export * from './cluster/add-on-version';

// The guard inside the deployment
export * from './guard/upgrade-guard';
export * from './guard/maintenance-window';
export { UpgradeHandler } from './custom-resources/upgrade-handler';
export * from './custom-resources/upgrade-handler-options';

// Node groups
export * from './node-group/managed-node-group-with-ami-tracking';
export * from './node-group/managed-node-group-with-ami-tracking-props';
export { NodeRepairAction, type NodeRepairOptions, type NodeRepairOverride } from './node-group/node-repair';
export * from './node-group/node-launch-options';
export * from './node-group/update-strategy';
export { type WarmPoolOptions, WarmPoolState } from './node-group/warm-pool';

// Waves: bakes between canaries and the rest
export { Bake } from './waves/bake';
export * from './waves/bake-options';

// How their AMI release is chosen
export * from './tracking/ami-tracking';

// A tracked release without a node group
export * from './tracking/tracked-ami-release';
export * from './tracking/tracked-ami-release-props';

// Images that your organisation bakes
export * from './tracking/golden-image';
export * from './tracking/golden-image-options';
export * from './tracking/tracked-golden-image';

// What is known of EKS AMIs
export * from './engine/ami/eks-ami-release';
export * from './engine/ami/eks-ami-type';
export * from './engine/ami/eks-ami-type-options';
export { ReleaseVersionScheme } from './engine/ami/release-version-scheme';
