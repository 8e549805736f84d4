/*
 * The names of the add-ons that this library knows more of than their versions.
 */

/** Pod networking: the add-on that EKS moves by one minor at a time only. */
export const VPC_CNI = 'vpc-cni';

/** Service networking: the add-on whose versions follow those of Kubernetes. */
export const KUBE_PROXY = 'kube-proxy';

/** The DNS of the cluster. */
export const CORE_DNS = 'coredns';

/** What gives pods their credentials. */
export const POD_IDENTITY_AGENT = 'eks-pod-identity-agent';

/** Volumes. */
export const EBS_CSI_DRIVER = 'aws-ebs-csi-driver';
