/**
 * So many alarms, with usual names, have room in what a role is allowed beside the rest: all of its inline policies together hold 10,240
 * characters. More are allowed by a wildcard.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MOST_NAMED_ALARMS = 30;
