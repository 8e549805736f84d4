/** Name of the add-on that gives pods their credentials. */
export const POD_IDENTITY_AGENT = 'eks-pod-identity-agent';
