/** What CloudFormation says of a stack that it has. */
export interface StackState {
  /** Such as `UPDATE_IN_PROGRESS`. */
  readonly status: string;
  /** Whether CloudFormation is taking the stack back to where it was, or has done so. */
  readonly isRollingBack: boolean;
  /**
   * Whether CloudFormation waits for no resource to be ready: express mode.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentConfig.html
   */
  readonly isExpress: boolean;
  /** ARN of the last change set; absent where the stack has never been deployed by one. */
  readonly changeSetId?: string;
  /** During an update the ones that are wanted. Those without echo are masked: `****`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Tags of the stack itself, which reach its resources; during an update the ones that are wanted. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the stack around all others that hold it; absent for one that is not nested. */
  readonly rootId?: string;
}
