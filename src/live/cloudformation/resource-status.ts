/**
 * Whether a stack has a resource. CloudFormation goes on to list what it has deleted, and what it has retained, which is in the account
 * but in the stack no more.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html
 */
export function isThere({ ResourceStatus: status }: { readonly ResourceStatus?: string }): boolean {
  return status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED';
}
