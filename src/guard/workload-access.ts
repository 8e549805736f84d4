import { Stack } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import { Construct, IConstruct } from 'constructs';
import { UpgradeGuard, UpgradeGuardMode } from './upgrade-guard';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { Carried } from '../diagnostics/carried';

/** For roles of one's own: what the policy below does not allow, webhooks for instance. Documented in docs/workloads.md. */
const GROUP = 'cdk-eks-upgrades';

/**
 * The narrowest of EKS's access policies by which pods and budgets can be listed in all namespaces; it allows no Secrets.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const POLICY = 'AmazonEKSViewPolicy';

/** The roles that have access to a cluster. */
const RolesWithAccess = new Carried<Set<string>>('RolesWithAccess');

/** Whether a guard looks into its cluster. */
export function looksIntoCluster({ mode, options }: UpgradeGuard): boolean {
  return mode !== UpgradeGuardMode.DISABLED && options.workloads === true;
}

/**
 * Lets the function behind a guard look into the cluster, where the guard is to.
 *
 * The access entry refers to the cluster, which waits for the guard: the deployment that makes both finds no entry yet.
 *
 * @param scope where the guard is made
 * @param cluster what stands for the cluster in the app
 */
export function giveWorkloadAccess(scope: Construct, id: string, guard: UpgradeGuard, cluster: IConstruct, clusterName: string): void {
  if (!looksIntoCluster(guard)) return;

  const principal = UpgradeHandler._of(scope)._roleArn;
  const given = RolesWithAccess.of(cluster) ?? RolesWithAccess.give(cluster, new Set());
  if (given.has(principal)) return; // a role that several stacks share has one entry
  given.add(principal);
  new CfnAccessEntry(scope, id, {
    clusterName,
    principalArn: principal,
    kubernetesGroups: [GROUP],
    accessPolicies: [{
      policyArn: `arn:${Stack.of(scope).partition}:eks::aws:cluster-access-policy/${POLICY}`,
      accessScope: { type: 'cluster' },
    }],
  });
}
