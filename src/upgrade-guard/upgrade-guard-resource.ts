import { ArnFormat, CfnResource, Duration, Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PinnedAddOn, UPGRADE_GUARD_TYPE, UpgradeGuardProperties } from './resource-properties';
import { UpgradeGuard, UpgradeGuardMode } from './upgrade-guard';
import { UpgradeHandler } from './upgrade-handler';

/** What a guard guards. */
export interface GuardedCluster {
  readonly resource: CfnResource;
  /** Name of the cluster, where it is known before the cluster exists. */
  readonly clusterName?: string;
  readonly version: string;
  /** Add-ons whose version is pinned; asked for when the template is rendered. */
  readonly pinnedAddOns: () => PinnedAddOn[];
}

/**
 * Puts a guard before a cluster: a custom resource on which the cluster depends, and which therefore runs before CloudFormation
 * touches the control plane, each time the wanted version changes.
 */
export function guardCluster(scope: Construct, guard: UpgradeGuard, cluster: GuardedCluster): void {
  if (guard.mode === UpgradeGuardMode.DISABLED) {
    return;
  }
  const { ignore = [], maxInsightAge = Duration.hours(1), waitForOngoingUpdate = Duration.seconds(0) } = guard.options;
  const properties: UpgradeGuardProperties = {
    ClusterLogicalId: cluster.resource.logicalId,
    TargetVersion: cluster.version,
    Mode: guard.mode,
    Ignore: ignore,
    MaxInsightAgeMinutes: Tokenization.stringifyNumber(maxInsightAge.toMinutes()),
    WaitForOngoingUpdateSeconds: Tokenization.stringifyNumber(waitForOngoingUpdate.toSeconds()),
    PinnedAddOns: Lazy.any({ produce: cluster.pinnedAddOns }) as unknown as PinnedAddOn[],
  };
  const resource = UpgradeHandler._of(scope)._serve(scope, 'UpgradeGuard', {
    resourceType: UPGRADE_GUARD_TYPE,
    properties,
    permissions: permissionsFor(Stack.of(scope), cluster.clusterName),
    wildcardReason: 'The guard runs before the cluster exists and only reads (and asks for a refresh of insights): node groups, add-ons, insights and '
      + 'updates are not known by name, nor is a cluster that CloudFormation names; some actions know no resources.',
  });
  cluster.resource.node.addDependency(resource);
}

/**
 * Reading only, but for asking EKS to refresh its insights. The guard cannot refer to a cluster that depends on it, so a name that
 * CloudFormation makes up is a wildcard here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
 */
function permissionsFor(stack: Stack, clusterName?: string): iam.PolicyStatement[] {
  const name = clusterName && !Token.isUnresolved(clusterName) ? clusterName : '*';
  const eksArn = (resource: string, resourceName: string) => stack.formatArn({ service: 'eks', resource, resourceName });
  return [
    new iam.PolicyStatement({
      actions: [
        'eks:DescribeCluster',
        'eks:DescribeInsight',
        'eks:DescribeInsightsRefresh',
        'eks:DescribeUpdate',
        'eks:ListAddons',
        'eks:ListFargateProfiles',
        'eks:ListInsights',
        'eks:ListNodegroups',
        'eks:ListUpdates',
        'eks:StartInsightsRefresh',
      ],
      resources: [eksArn('cluster', name)],
    }),
    new iam.PolicyStatement({ actions: ['eks:DescribeNodegroup'], resources: [eksArn('nodegroup', `${name}/*/*`)] }),
    new iam.PolicyStatement({ actions: ['eks:DescribeAddon'], resources: [eksArn('addon', `${name}/*/*`)] }),
    new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: publicParameters(stack) }),
    // these actions know no resources
    new iam.PolicyStatement({
      actions: ['ec2:DescribeSubnets', 'eks:DescribeAddonVersions', 'eks:DescribeClusterVersions'],
      resources: ['*'],
    }),
  ];
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
