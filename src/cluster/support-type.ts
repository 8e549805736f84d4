/**
 * What EKS does when standard support of the cluster's Kubernetes version ends.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
 */
export enum SupportType {
  /** EKS upgrades the control plane by itself; node groups and add-ons are left behind. */
  STANDARD = 'STANDARD',
  /** The cluster enters extended support: 12 more months at 0.60 instead of 0.10 USD per cluster and hour. */
  EXTENDED = 'EXTENDED',
}
