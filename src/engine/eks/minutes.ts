/** A duration that nobody knows exactly. */
export interface Minutes {
  readonly from: number;
  readonly to: number;
  /** Whether something beside it takes a time that is not known. */
  readonly isPartial?: true;
}

/**
 * EKS replaces the servers of the control plane, one after the other. How long that may take it does not say: the bounds are what
 * people report, of which the longest waits, up to an hour, are from years ago; eksctl waits 65 minutes.
 *
 * @see https://github.com/eksctl-io/eksctl/issues/3309
 * @see https://github.com/eksctl-io/eksctl/pull/3310
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/326
 */
export const CONTROL_PLANE_MINUTES: Minutes = { from: 8, to: 40 };

/**
 * Pods of the add-on are replaced, as its deployment or daemon set says. A guess: EKS names no limit, and the more nodes a daemon
 * set runs on, the longer it takes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html
 */
export const ADD_ON_MINUTES: Minutes = { from: 1, to: 10 };
