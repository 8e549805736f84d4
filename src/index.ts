// Node groups
export * from './node-group/managed-node-group-with-ami-tracking';
export * from './node-group/managed-node-group-with-ami-tracking-props';
export { NodeRepairAction, NodeRepairOptions, NodeRepairOverride } from './node-group/node-repair';
export * from './node-group/update-strategy';
export { WarmPoolOptions, WarmPoolState } from './node-group/warm-pool';

// How their AMI release is chosen
export * from './ami/ami-tracking';

// What is known of EKS AMIs
export * from './ami/eks-ami-release';
export * from './ami/eks-ami-type';
export * from './ami/eks-ami-type-options';
export { ReleaseVersionScheme } from './ami/release-version-scheme';
