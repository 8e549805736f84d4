import { GuardedObjects } from './guarded-objects';
import { Template } from '../state/deployed-stack';

/**
 * What the metadata of a template tells the guard, because the rest of the template does not, and because a property would be a
 * line of a diff that nobody can read: what the app applies from other stacks, and images for which a line has no room.
 */
export interface GuardMetadata extends GuardedObjects {
  readonly Images?: string;
}

/** The key of {@link GuardMetadata} in the metadata of a template. */
export function guardMetadataKey(guardLogicalId: string): string {
  return `cdk-eks-upgrades:guard:${guardLogicalId}`;
}

/** What the metadata of a template tells a guard. */
export function guardMetadataIn({ Metadata = {} }: Template, guardLogicalId: string): GuardMetadata {
  return Metadata[guardMetadataKey(guardLogicalId)] ?? {};
}
