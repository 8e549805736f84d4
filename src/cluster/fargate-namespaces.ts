import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import { MovedCluster } from './moved-cluster';
import { resourcesOfCluster } from './resources-of-cluster';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { isResourceOfType } from '../node-group/resource-type';

const PROFILE_TYPE = 'AWS::EKS::FargateProfile';

/** Fargate profiles of the older `aws-eks`: a custom resource, which refers to its cluster within its configuration. */
const AWS_EKS_PROFILE_TYPE = 'Custom::AWSCDK-EKS-FargateProfile';

/** The resources of those Fargate profiles of a cluster that take pods of the namespace in which add-ons run. */
export function addOnFargateProfilesOf(cluster: MovedCluster): CfnResource[] {
  return [
    ...resourcesOfCluster(cluster, PROFILE_TYPE).filter(
      (profile) => takesAddOnPods((profile as CfnFargateProfile).selectors),
    ),
    ...profilesOfAwsEks(cluster),
  ];
}

function profilesOfAwsEks({ scope, cluster: { clusterName } }: MovedCluster): CfnResource[] {
  const stack = Stack.of(scope);
  return stack.node.findAll().filter((child): child is CfnResource => {
    if (!isResourceOfType(child, AWS_EKS_PROFILE_TYPE)) return false;
    const { Config: config } = renderedProperties(child);
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

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text);
}
