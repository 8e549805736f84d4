/** A role for reading, which the CDK's bootstrap keeps in each account and Region. */
export interface LookupRole {
  /** As the cloud assembly has it, with placeholders such as `${AWS::Partition}`. */
  readonly arn: string;
  readonly externalId?: string;
  /** What else `sts:AssumeRole` is given, such as `Tags`: `lookupRoleAdditionalOptions` of the synthesizer. */
  readonly additionalOptions?: Readonly<Record<string, unknown>>;
}

/**
 * What the CDK writes beside each question for the context: where its stack is, and the role that looks things up there.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.ContextLookupRoleOptions.html
 */
export interface QuestionOfStack {
  readonly account?: string;
  readonly region?: string;
  readonly lookupRoleArn?: string;
  readonly lookupRoleExternalId?: string;
  readonly assumeRoleAdditionalOptions?: LookupRole['additionalOptions'];
}

/** The role of a question; undefined where its synthesizer has none. */
export function lookupRoleIn({
  lookupRoleArn: arn, lookupRoleExternalId: externalId, assumeRoleAdditionalOptions: additionalOptions,
}: QuestionOfStack): LookupRole | undefined {
  return arn === undefined ? undefined : { arn, externalId, additionalOptions };
}
