import { HealthIssue } from './health-issue';
import { Known, valuesOf } from './known';

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
  /** Of its pods; it can only be set when the add-on is installed. Absent where EKS does not tell it. */
  readonly namespace?: string;
}

/** The installed versions by name, as far as they are known. */
export function installedVersions(addOns: Known<readonly AddOnState[]>): Map<string, string> {
  return new Map(valuesOf(addOns).map(({ name, version }) => [name, version]));
}
