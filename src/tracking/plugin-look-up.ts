/** The CDK's name for a failure of a look-up. */
const PROVIDER_ERROR_KEY = '$providerError';

/** Why a look-up failed; undefined where it did not. */
export function failureIn(value: unknown): string | undefined {
  const failure = (value as Record<string, unknown> | null)?.[PROVIDER_ERROR_KEY];
  return failure === undefined ? undefined : String(failure);
}
