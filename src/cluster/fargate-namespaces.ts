import type { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';

/**
 * Whether a Fargate profile takes pods of the namespace in which add-ons run. Selectors may hold `*` and `?`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards
 */
export function takesAddOnPods({ selectors }: CfnFargateProfile): boolean {
  return Array.isArray(selectors) && selectors.some((selector) => 'namespace' in selector && matches(selector.namespace, 'kube-system'));
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text);
}
