/**
 * How long EKS waits for the pods of a node to leave, in minutes, by what it does to the node group.
 *
 * An update that meets pods which are still there then fails with `PodEvictionFailure`, or deletes them if it is forced. The deletion of a node group,
 * by itself or because another one replaces it, fails for no pod: the nodes are terminated with what still runs on them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/delete-managed-node-group.html
 */
export const DRAIN_MINUTES = { update: 15, deletion: 5 } as const;
