import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { lookUpParameter } from './parameter-lookup';
import { TrackedNodeGroup, TrackedRelease } from './tracked-release';
import { reportError } from '../diagnostics/annotations';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { dummyFor } from '../engine/state/placeholder';

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
  const subject = `SSM parameter '${found.parameterName}' holds '${found.value}'`;
  const remedy = `refresh the look-up with: cdk context --reset "${found.contextKey}" `
    + '(after correcting the parameter, if it is your own), or name the release with AmiTracking.pinned()';
  try {
    const { releaseVersion } = amiType.releaseFromParameterValue(found.value);
    const release = isPublishedByAws(found.parameterName)
      ? amiType.parseRelease(releaseVersion)
      : amiType._parseChosenRelease(releaseVersion);
    if (release.kubernetesVersion && isKnownAtSynth(kubernetesVersion) && release.kubernetesVersion !== kubernetesVersion) {
      reportError(scope, 'releaseOfOtherMinor', `${subject}, a release of Kubernetes ${release.kubernetesVersion}, `
        + `but the node group runs ${kubernetesVersion}; ${remedy}`);
    }
    return release.releaseVersion;
  } catch (error) {
    reportError(scope, 'releaseMalformed', `${subject}: ${(error as Error).message}; ${remedy}`);
    return found.value;
  }
}

function reportFailure(scope: Construct, parameterName: string, group: TrackedNodeGroup, failure: string): void {
  const { account, region } = Stack.of(scope);
  const purpose = group.amiType ? ` for AMI type ${group.amiType} and Kubernetes ${group.kubernetesVersion}` : '';
  reportError(scope, 'releaseLookupFailed', `SSM parameter '${parameterName}'${purpose} could not be read `
    + `in account ${account}, region ${region}: ${failure}; check that AWS publishes it there and that you may call ssm:GetParameter, `
    + 'then run the command again (nothing was cached), or name the release with AmiTracking.pinned()');
}

function isPublishedByAws(parameterName: string): boolean {
  return parameterName.startsWith('/aws/service/');
}
