import { HealthIssue } from '../engine/state/health-issue';

/** A health issue as EKS reports it of clusters, node groups and add-ons alike. */
interface ReportedIssue {
  readonly code?: string;
  readonly message?: string;
  readonly resourceIds?: string[];
}

/** What EKS reports of the health of something. */
export function healthIssuesOf(health: { readonly issues?: ReportedIssue[] } | undefined): HealthIssue[] {
  return (health?.issues ?? []).map(({ code = 'Unknown', message = '', resourceIds = [] }) => ({ code, message, resourceIds }));
}
