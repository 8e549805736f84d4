/** A problem that EKS reports of a cluster, node group or add-on. */
export interface HealthIssue {
  readonly code: string;
  readonly message: string;
  /** The AWS resources that are concerned. */
  readonly resourceIds: readonly string[];
}

/** A health issue in one line: its code and what EKS says of it. */
export function describeHealthIssue({ code, message }: HealthIssue): string {
  return message ? `${code}: ${message.replace(/\.$/, '')}` : code;
}
