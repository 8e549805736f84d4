/**
 * In which order EKS replaces nodes when a node group rolls.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export enum NodeGroupUpdateStrategy {
  /** Launch new nodes first, then drain and end old ones: more capacity for a while, no shortage. */
  DEFAULT = 'DEFAULT',
  /** End old nodes first, then launch new ones: no additional capacity needed, for scarce instances such as GPUs. */
  MINIMAL = 'MINIMAL',
}
