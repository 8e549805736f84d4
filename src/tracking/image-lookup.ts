import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { errors } from './messages';
import { lookUpParameter } from './parameter-lookup';
import { TrackedRelease } from './tracked-release';
import { reportError } from '../diagnostics/annotations';
import { IMAGE_ID, isImageId } from '../engine/ami/image-id';
import { withoutControlCharacters } from '../engine/state/untrusted-text';

/**
 * Reads the ID of an image from an SSM parameter through the CDK's context look-up.
 *
 * A parameter that is missing, not readable or holds something else is reported as an error on `scope` that names parameter,
 * value and remedy.
 *
 * @param lookupFailed what is said where it cannot be read
 */
export function lookUpImage(
  scope: Construct,
  parameterName: string,
  lookupFailed: typeof errors['imageLookupFailed' | 'imageLookupFailed:release'] = errors.imageLookupFailed,
): TrackedRelease {
  const { contextKey, value, failure, dummy } = lookUpParameter(scope, parameterName);
  if (dummy !== undefined) {
    return { releaseVersion: dummy, contextKey };
  }
  if (failure !== undefined) {
    const { account, region } = Stack.of(scope);
    reportError(scope, lookupFailed({ parameterName, account, region, failure }));
    return { releaseVersion: `dummy-value-for-${parameterName}`, contextKey };
  }
  if (!isImageId(value!)) {
    reportError(scope, errors.imageMalformed({ parameterName, value: withoutControlCharacters(value!), form: IMAGE_ID, contextKey }));
  }
  return { releaseVersion: value!, contextKey };
}
