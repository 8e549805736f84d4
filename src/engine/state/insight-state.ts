import { Known } from './known';

/** What EKS found out about a cluster on one topic. */
export interface InsightState {
  /** Such as `Deprecated APIs removed in Kubernetes v1.32`. */
  readonly name: string;
  readonly category: 'UPGRADE_READINESS' | 'ROLLBACK_READINESS' | 'MISCONFIGURATION';
  readonly status: 'PASSING' | 'WARNING' | 'ERROR' | 'UNKNOWN';
  /** The Kubernetes minor that the insight speaks of. */
  readonly kubernetesVersion?: string;
  /** Why the status is what it is. */
  readonly reason?: string;
  /** When EKS last looked, ISO 8601. */
  readonly lastRefreshedAt?: string;
  /** What `DescribeInsight` adds. */
  readonly detail: Known<InsightDetail>;
}

/** The findings behind an insight. */
export interface InsightDetail {
  /** What EKS recommends to do. */
  readonly recommendation?: string;
  readonly resources: readonly AffectedResource[];
  readonly deprecations: readonly DeprecatedApi[];
  /** The add-ons whose installed versions EKS finds incompatible; absent of insights about other things. */
  readonly addOns?: readonly IncompatibleAddOn[];
}

/** An add-on that an insight names. */
export interface IncompatibleAddOn {
  readonly name: string;
  readonly compatibleVersions: readonly string[];
}

/** A Kubernetes or AWS resource that an insight names. */
export interface AffectedResource {
  /** The Kubernetes resource URI or the ARN. */
  readonly id: string;
  readonly reason?: string;
}

/** A deprecated API that clients of the cluster still call. */
export interface DeprecatedApi {
  /** Such as `/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas`. */
  readonly usage: string;
  readonly replacedWith?: string;
  /** The Kubernetes minor that no longer serves it. */
  readonly stopServingVersion?: string;
  readonly clients: readonly ApiClient[];
}

/** Who calls a deprecated API. */
export interface ApiClient {
  readonly userAgent: string;
  readonly requestsInLast30Days: number;
  /** ISO 8601. */
  readonly lastRequestAt?: string;
}
