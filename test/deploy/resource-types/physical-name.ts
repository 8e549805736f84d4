import { randomUUID } from 'node:crypto';

/** A name that CloudFormation invents. */
export function physicalNameOf(logicalId: string): string {
  return `${logicalId.slice(0, 40)}-${randomUUID().replace(/-/g, '').slice(0, 12)}`;
}
