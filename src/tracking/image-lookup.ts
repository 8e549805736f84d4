import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { lookUpParameter } from './parameter-lookup';
import { TrackedRelease } from './tracked-release';
import { reportError } from '../diagnostics/annotations';
import { IMAGE_ID, isImageId } from '../engine/ami/image-id';

/**
 * Reads the ID of an image from an SSM parameter through the CDK's context look-up.
 *
 * A parameter that is missing, not readable or holds something else is reported as an error on `scope` that names parameter,
 * value and remedy.
 */
export function lookUpImage(scope: Construct, parameterName: string): TrackedRelease {
  const { contextKey, value, failure, dummy } = lookUpParameter(scope, parameterName);
  if (dummy !== undefined) {
    return { releaseVersion: dummy, contextKey };
  }
  if (failure !== undefined) {
    const { account, region } = Stack.of(scope);
    reportError(scope, 'imageLookupFailed', `SSM parameter '${parameterName}' with the golden image could not be read in account ${account}, region ${region}: `
      + `${failure}; check that your build publishes it there and that you may call ssm:GetParameter, then run the command again (nothing was cached), `
      + 'or name the image with GoldenImage.pinned()');
    return { releaseVersion: `dummy-value-for-${parameterName}`, contextKey };
  }
  if (!isImageId(value!)) {
    reportError(scope, 'imageMalformed', `SSM parameter '${parameterName}' holds '${value}', which is not the ID of an image (${IMAGE_ID}): correct the parameter, `
      + `then refresh the look-up with: cdk context --reset "${contextKey}"`);
  }
  return { releaseVersion: value!, contextKey };
}
