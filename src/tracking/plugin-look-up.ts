import { DefaultStackSynthesizerProps, IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { topLevelStack } from '../diagnostics/stacks-around';
import { AddOnLookUp } from '../engine/eks/add-on-look-up';

/** The role of the bootstrap. Its external ID is what the synthesizer was given, and does not tell. */
export function lookupRoleFor(stack: Stack): AddOnLookUp['lookupRole'] {
  const { synthesizer } = topLevelStack(stack); // a nested one has no look-ups of its own
  const { lookupRole: arn, props } = synthesizer as IStackSynthesizer & { readonly props?: DefaultStackSynthesizerProps };
  return arn === undefined ? undefined : { arn, externalId: props?.lookupRoleExternalId };
}

/** The CDK's name for a failure of a look-up. */
const PROVIDER_ERROR_KEY = '$providerError';

/** Why a look-up failed; undefined where it did not. */
export function failureIn(value: unknown): string | undefined {
  const failure = (value as Record<string, unknown> | null)?.[PROVIDER_ERROR_KEY];
  return failure === undefined ? undefined : String(failure);
}
