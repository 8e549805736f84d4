import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** Why some of the permissions are for resources by wildcard. */
export const GUARD_WILDCARD_REASON = 'The guard runs before the cluster exists and only reads (and asks for a refresh of '
  + 'insights): node groups, add-ons, '
  + 'insights and updates are not known by name, nor is a cluster that CloudFormation names, or a calendar that '
  + 'only it knows; some actions know no resources.';

/**
 * What a guard may do: reading only, but for asking EKS to refresh its insights.
 *
 * @param clusterName a wildcard unless it is known before the cluster exists, or the cluster is in another stack: a guard cannot refer to a
 * cluster that depends on it
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
 */
export function guardPermissions(stack: Stack, clusterName = '*'): iam.PolicyStatement[] {
  const eksArn = (resource: string, resourceName: string) => stack.formatArn({ service: 'eks', resource, resourceName });
  return [
    new iam.PolicyStatement({
      actions: [
        'eks:DescribeCertificateAuthority',
        'eks:DescribeCluster',
        'eks:DescribeInsight',
        'eks:DescribeInsightsRefresh',
        'eks:DescribeUpdate',
        'eks:ListAddons',
        'eks:ListCertificateAuthorities',
        'eks:ListFargateProfiles',
        'eks:ListInsights',
        'eks:ListNodegroups',
        'eks:ListUpdates',
        'eks:StartInsightsRefresh',
      ],
      resources: [eksArn('cluster', clusterName)],
    }),
    new iam.PolicyStatement({
      actions: ['eks:DescribeNodegroup', 'eks:DescribeUpdate', 'eks:ListUpdates'],
      resources: [eksArn('nodegroup', `${clusterName}/*/*`)],
    }),
    new iam.PolicyStatement({ actions: ['eks:DescribeAddon'], resources: [eksArn('addon', `${clusterName}/*/*`)] }),
    new iam.PolicyStatement({ actions: ['eks:DescribeAccessEntry'], resources: [eksArn('access-entry', `${clusterName}/*`)] }),
    new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: publicParameters(stack) }),
    new iam.PolicyStatement({
      actions: ['servicequotas:GetServiceQuota'],
      resources: [stack.formatArn({ service: 'servicequotas', resource: 'ec2', resourceName: '*' })],
    }),
    // these actions know no resources
    new iam.PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeScalingActivities',
        'ec2:DescribeInstanceTypeOfferings',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:DescribeSubnets',
        'eks:DescribeAddonConfiguration',
        'eks:DescribeAddonVersions',
        'eks:DescribeClusterVersions',
      ],
      resources: ['*'],
    }),
  ];
}

/**
 * What a guard may do beyond that where node groups run images of one's own; these actions know no resources.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function imagePermissions(): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({ actions: ['ec2:DescribeImages', 'ec2:DescribeLaunchTemplateVersions'], resources: ['*'] })];
}

/** Which nodes are in which node group: EKS's access policies do not allow to list nodes. */
export function workloadPermission(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] });
}

/** The public parameters by which AWS publishes EKS AMIs; they belong to no account. */
function publicParameters(stack: Stack): string[] {
  return ['eks/optimized-ami', 'bottlerocket', 'ami-windows-latest'].map((family) => stack.formatArn({
    service: 'ssm',
    account: '',
    resource: 'parameter',
    resourceName: `aws/service/${family}/*`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  }));
}
