/** The profile that the CDK CLI would take: the one that an option names, else that of the environment, where Python's tools know two names. */
export function profileOf(named: string | undefined): string | undefined {
  return named || process.env.AWS_PROFILE || process.env.AWS_DEFAULT_PROFILE || undefined;
}
