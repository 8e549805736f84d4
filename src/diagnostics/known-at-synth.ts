import { Token } from 'aws-cdk-lib';
import { isDummy, isPlaceholder } from '../engine/state/placeholder';

/**
 * Whether a value is known while the app is synthesised: neither a token, nor the dummy value of a first look-up, nor a dynamic reference.
 *
 * What is not known is let through by whatever validates.
 */
export function isKnownAtSynth(value: unknown): boolean {
  return !Token.isUnresolved(value) && !(typeof value === 'string' && isPlaceholder(value));
}

/** Whether a value is the dummy of a look-up: the app runs again once the CDK's CLI has the real one. */
export function awaitsLookUp(value: unknown): boolean {
  return typeof value === 'string' && !Token.isUnresolved(value) && isDummy(value);
}
