/** Why something is not known: IAM denies an action, such as `ec2:DescribeSubnets`. */
export function notAllowedToCall(action: string): string {
  return `not allowed to call ${action}`;
}

/** The action that IAM denies, by why something is not known; undefined where that is another reason. */
export function deniedActionIn(why: string): string | undefined {
  return /^not allowed to call ([\w-]+:\w+)/.exec(why)?.[1];
}
