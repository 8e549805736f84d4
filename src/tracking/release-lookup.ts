import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { errors } from './messages';
import { lookUpParameter } from './parameter-lookup';
import { TrackedNodeGroup, TrackedRelease } from './tracked-release';
import { reportError } from '../diagnostics/annotations';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { dummyFor } from '../engine/state/placeholder';
import { withoutControlCharacters } from '../engine/state/untrusted-text';

/**
 * Reads a release version from an SSM parameter through the CDK's context look-up, once for each parameter and environment.
 *
 * What the environment causes (parameter missing, access denied, a value that is no release version or one of another
 * Kubernetes minor) is reported as an error on `scope` that names parameter, value and remedy.
 */
export function lookUpRelease(scope: Construct, parameterName: string, group: TrackedNodeGroup): TrackedRelease {
  const { contextKey, dummy, failure, value } = lookUpParameter(scope, parameterName);
  if (dummy !== undefined) {
    return { releaseVersion: dummy, contextKey };
  }
  if (failure !== undefined) {
    reportFailure(scope, parameterName, group, failure);
    return { releaseVersion: dummyFor(parameterName), contextKey };
  }
  return { releaseVersion: readValue(scope, { parameterName, contextKey, value: value! }, group), contextKey };
}

interface LookedUp {
  readonly parameterName: string;
  readonly contextKey: string;
  readonly value: string;
}

function readValue(scope: Construct, found: LookedUp, group: TrackedNodeGroup): string {
  const { amiType, kubernetesVersion } = group;
  if (!amiType) {
    return found.value;
  }
  try {
    const { releaseVersion } = amiType.releaseFromParameterValue(found.value);
    const release = isPublishedByAws(found.parameterName)
      ? amiType.parseRelease(releaseVersion)
      : amiType._parseChosenRelease(releaseVersion);
    if (release.kubernetesVersion && isKnownAtSynth(kubernetesVersion) && release.kubernetesVersion !== kubernetesVersion) {
      reportError(scope, errors.releaseOfOtherMinor({ ...found, minor: release.kubernetesVersion, kubernetesVersion }));
    }
    return release.releaseVersion;
  } catch (error) {
    const [value, why] = [found.value, (error as Error).message].map(withoutControlCharacters);
    reportError(scope, errors.releaseMalformed({ ...found, value, why }));
    return found.value;
  }
}

function reportFailure(scope: Construct, parameterName: string, group: TrackedNodeGroup, failure: string): void {
  const { account, region } = Stack.of(scope);
  const { amiType, kubernetesVersion } = group;
  const said = isPublishedByAws(parameterName) ? errors.releaseLookupFailed : errors['releaseLookupFailed:own'];
  reportError(scope, said({ parameterName, amiType, kubernetesVersion: amiType && kubernetesVersion, account, region, failure }));
}

function isPublishedByAws(parameterName: string): boolean {
  return parameterName.startsWith('/aws/service/');
}
