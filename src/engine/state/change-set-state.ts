import { Known } from './known';

/** A change set as CloudFormation describes it: what it does to which resource. */
export interface ChangeSetState {
  /** Whether this is what CloudFormation is doing to the stack right now. */
  readonly isExecuting: boolean;
  /** What happens to resources, by logical ID; those to which nothing happens are absent. */
  readonly resources: Readonly<Record<string, ResourceChange>>;
}

/** What a change set does to a resource. */
export interface ResourceChange {
  /** `Dynamic` is decided while it is executed; `SyncWithActual` changes nothing of the resource, which is like the template already. */
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  /** Such as `AWS::EKS::Nodegroup`. */
  readonly type: string;
  /** Absent where there is none yet. */
  readonly physicalId?: string;
  /** Whether CloudFormation makes another one in its place; `Conditional` is decided while it is executed. */
  readonly replacement: 'True' | 'False' | 'Conditional';
  /** Whether it stays, outside of the stack, when the change set removes it. */
  readonly isRetained?: boolean;
  /** What changes of it, without what is like the template already. A property of which several parts change comes several times. */
  readonly details: readonly ChangedAttribute[];
  /** All properties as they are; not known where CloudFormation does not tell them. */
  readonly before: Known<Readonly<Record<string, unknown>>>;
  /** All properties as they are to be. What is known after other resources only is {@link KNOWN_AFTER_APPLY}. */
  readonly after: Known<Readonly<Record<string, unknown>>>;
}

/** A property, or another attribute of a resource, that a change set changes. */
export interface ChangedAttribute {
  /** `Tags` is the tags of the stack that reach the resource; its own are the property `Tags`. */
  readonly attribute: 'Properties' | 'Tags' | 'Metadata' | 'CreationPolicy' | 'UpdatePolicy' | 'DeletionPolicy' | 'UpdateReplacePolicy';
  /** Name of the property at the top, such as `ScalingConfig`; absent for other attributes. */
  readonly name?: string;
  /** Where in the resource, such as `/Properties/ScalingConfig/MaxSize`; absent where CloudFormation does not tell it. */
  readonly path?: string;
  /** Whether this change makes CloudFormation replace the resource. */
  readonly requiresRecreation: 'Never' | 'Always' | 'Conditionally';
  /** `Dynamic`: whether it changes at all shows while the change set is executed. */
  readonly evaluation: 'Static' | 'Dynamic';
  /** Absent where there was nothing. */
  readonly before?: Known<string>;
  /** Absent where there will be nothing. */
  readonly after?: Known<string>;
}

/**
 * What CloudFormation writes in place of a value that it does not know before other resources have been deployed.
 *
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloudformation-diff/lib/diff/template-and-changeset-diff-merger.ts
 */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Whether a value, or a part of it, is one that only the deployment knows. */
export function isKnownAfterApply(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(KNOWN_AFTER_APPLY);
  return typeof value === 'object' && value !== null && Object.values(value).some(isKnownAfterApply);
}
