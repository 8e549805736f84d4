import { HealthIssue } from './cluster-state';

/** A health issue in one line: its code and what EKS says of it. */
export function describeHealthIssue({ code, message }: HealthIssue): string {
  return message ? `${code}: ${message.replace(/\.$/, '')}` : code;
}
