import { HealthIssue } from './health-issue';

/** What is known of an add-on that EKS manages. */
export interface AddOnState {
  /** Such as `vpc-cni`. */
  readonly name: string;
  /** The installed version, such as `v1.20.0-eksbuild.1`. */
  readonly version: string;
  /** As `DescribeAddon` tells it: `ACTIVE`, `UPDATING`, `DEGRADED`, … */
  readonly status: string;
  readonly healthIssues: readonly HealthIssue[];
  /** Its configuration, as JSON or YAML; absent where it has none. */
  readonly configurationValues?: string;
}
