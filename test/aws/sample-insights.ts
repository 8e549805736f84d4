/**
 * Insights as EKS words them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
 */
import { randomUUID } from 'node:crypto';
import type { ClientStat, Insight, InsightStatusValue } from '@aws-sdk/client-eks';

/** An insight in which a test names only what it is about. */
export function insight(about: Partial<Insight> & { readonly name: string; readonly status: InsightStatusValue }): Insight {
  const { status, ...members } = about;
  return {
    id: randomUUID(),
    category: 'UPGRADE_READINESS',
    insightStatus: { status, reason: status === 'PASSING' ? 'No issues detected.' : 'Issues detected.' },
    resources: [],
    additionalInfo: {},
    categorySpecificSummary: {},
    ...members,
  };
}

/** What a cluster in good order shows after its upgrade, on going back to `kubernetesVersion`. */
export function passingRollbackInsights(kubernetesVersion: string): Insight[] {
  return ['Kubelet version skew', 'EKS add-on version compatibility']
    .map((name) => insight({ name, status: 'PASSING', category: 'ROLLBACK_READINESS', kubernetesVersion }));
}

/** The minor after a version: what upgrade insights speak of. */
export function nextVersion(version: string): string {
  return `1.${Number(version.split('.')[1]) + 1}`;
}

/** The times of an insight that EKS looked at. */
export function seenAt(time: Date): Pick<Insight, 'lastRefreshTime' | 'lastTransitionTime'> {
  return { lastRefreshTime: time, lastTransitionTime: time };
}

/** What a cluster in good order shows before its upgrade to `kubernetesVersion`. */
export function passingUpgradeInsights(kubernetesVersion: string): Insight[] {
  return [
    deprecatedApi({ kubernetesVersion, usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas', clientStats: [] }),
    ...[
      ['Kubelet version skew', 'Node kubelet versions match the cluster control plane version.'],
      ['kube-proxy version skew', 'kube-proxy versions match the cluster control plane version.'],
      ['EKS add-on version compatibility', 'All installed EKS add-on versions are compatible with next Kubernetes version.'],
      ['Cluster health issues', 'No cluster health issues detected.'],
    ].map(([name, reason]) => insight({ name, status: 'PASSING', kubernetesVersion, insightStatus: { status: 'PASSING', reason } })),
  ];
}

/** The use of an API that `kubernetesVersion` no longer serves; passing when no client called it. */
export function deprecatedApi({ kubernetesVersion, usage, replacedWith, clientStats }: {
  readonly kubernetesVersion: string;
  /** Such as `/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas`. */
  readonly usage: string;
  /** @default - `usage` in `v1` */
  readonly replacedWith?: string;
  /** @default - one client that called it 42 times */
  readonly clientStats?: ClientStat[];
}): Insight {
  const clients = clientStats ?? [
    { userAgent: 'argocd-application-controller', numberOfRequestsLast30Days: 42, lastRequestTime: new Date() },
  ];
  const status = clients.length > 0 ? 'ERROR' : 'PASSING';
  return insight({
    name: `Deprecated APIs removed in Kubernetes v${kubernetesVersion}`,
    status,
    kubernetesVersion,
    description: `Checks for usage of deprecated APIs that are scheduled for removal in Kubernetes v${kubernetesVersion}.`,
    insightStatus: {
      status,
      reason: clients.length > 0 ? 'Deprecated API usage detected within the last 30 days.' : 'No deprecated API usage detected within the last 30 days.',
    },
    recommendation: `Update manifests and API clients to use newer Kubernetes APIs if applicable before upgrading to Kubernetes v${kubernetesVersion}.`,
    resources: clients.length > 0 ? [{ insightStatus: { status }, kubernetesResourceUri: `${usage}/null` }] : [],
    categorySpecificSummary: {
      deprecationDetails: [{
        usage,
        replacedWith: replacedWith ?? usage.replace(/\/v\d\w*\//, '/v1/'),
        stopServingVersion: kubernetesVersion,
        startServingReplacementVersion: '1.29',
        clientStats: clients,
      }],
    },
  });
}
