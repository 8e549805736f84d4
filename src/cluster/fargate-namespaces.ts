import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import { MovedCluster } from './moved-cluster';
import { resourcesOfCluster } from './resources-of-cluster';
import { renderedProperties } from '../diagnostics/rendered-properties';

const PROFILE_TYPE = 'AWS::EKS::FargateProfile';

/** Fargate profiles of the older `aws-eks`: a custom resource, which refers to its cluster within its configuration. */
const AWS_EKS_PROFILE_TYPE = 'Custom::AWSCDK-EKS-FargateProfile';

/** Of either library of the CDK. */
export const FARGATE_PROFILE_TYPES: readonly string[] = [PROFILE_TYPE, AWS_EKS_PROFILE_TYPE];

/** Those of some resources that are Fargate profiles of a cluster and take pods of the namespace in which add-ons run. */
export function addOnFargateProfilesOf(cluster: MovedCluster, resources: readonly CfnResource[]): CfnResource[] {
  return [
    ...resourcesOfCluster(cluster, resources.filter(({ cfnResourceType }) => cfnResourceType === PROFILE_TYPE)).filter(
      (profile) => takesAddOnPods((profile as CfnFargateProfile).selectors),
    ),
    ...profilesOfAwsEks(cluster, resources),
  ];
}

function profilesOfAwsEks({ scope, cluster: { clusterName } }: MovedCluster, resources: readonly CfnResource[]): CfnResource[] {
  const stack = Stack.of(scope);
  return resources.filter((resource) => {
    if (resource.cfnResourceType !== AWS_EKS_PROFILE_TYPE || !resource.node.scopes.includes(stack)) return false;
    const { Config: config } = renderedProperties(resource);
    return isDeepStrictEqual(config.clusterName, stack.resolve(clusterName)) && takesAddOnPods(config.selectors);
  });
}

/**
 * Whether selectors take pods of the namespace in which add-ons run. They may hold `*` and `?`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards
 */
function takesAddOnPods(selectors: CfnFargateProfile['selectors']): boolean {
  return Array.isArray(selectors) && selectors.some((selector) => 'namespace' in selector && matches(selector.namespace, 'kube-system'));
}

/** Whether a pattern matches; one that only the deployment knows does not. */
function matches(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') return false;
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(text);
}
