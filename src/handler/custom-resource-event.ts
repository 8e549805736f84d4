/**
 * What CloudFormation sends for a custom resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface CustomResourceEvent<Properties = unknown> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  /** Where the answer goes. Whoever knows it can answer, so it does not belong into a log. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  /** Absent when the resource is created. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** What was there before; present when the resource is updated. */
  readonly OldResourceProperties?: Properties;
}

/** What Lambda tells of an invocation, as far as it is needed here. */
export interface InvocationContext {
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** Attributes of a custom resource. */
export type ResourceData = Readonly<Record<string, string>>;
