import { ContextProvider, Stack, Token } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { TrackedNodeGroup, TrackedRelease } from './tracked-release';
import { reportError } from '../diagnostics/annotations';

/*
 * Names of the protocol between the CDK and its CLI, as in `cloud-assembly-schema` and `cx-api`: loading these two modules would take an app
 * as long as a third of this library.
 */
const SSM_PARAMETER_PROVIDER = 'ssm';
const PROVIDER_ERROR_KEY = '$providerError';

/**
 * Reads a release version from an SSM parameter through the CDK's context look-up, once for each parameter and environment.
 *
 * What the environment causes (parameter missing, access denied, a value that is no release version or one of another
 * Kubernetes minor) is reported as an error on `scope` that names parameter, value and remedy.
 */
export function lookUpRelease(scope: Construct, parameterName: string, group: TrackedNodeGroup): TrackedRelease {
  const contextKey = contextKeyOf(Stack.of(scope), parameterName);
  const value = scope.node.tryGetContext(contextKey);
  if (value === undefined) { // the first pass: the CLI looks the parameter up and runs the app again
    return { releaseVersion: ssm.StringParameter.valueFromLookup(scope, parameterName), contextKey };
  }
  const failure = value[PROVIDER_ERROR_KEY];
  if (failure !== undefined) {
    reportFailure(scope, parameterName, group, failure);
    return { releaseVersion: `dummy-value-for-${parameterName}`, contextKey };
  }
  return { releaseVersion: readValue(scope, { parameterName, contextKey, value }, group), contextKey };
}

/** The CDK takes longer to make a key than to read a value, and the node groups of a stack share few parameters. */
const CONTEXT_KEYS = new WeakMap<Stack, Map<string, string>>();

function contextKeyOf(stack: Stack, parameterName: string): string {
  const keys = CONTEXT_KEYS.get(stack) ?? new Map<string, string>();
  CONTEXT_KEYS.set(stack, keys);
  const key = keys.get(parameterName)
    ?? ContextProvider.getKey(stack, { provider: SSM_PARAMETER_PROVIDER, props: { parameterName } }).key;
  keys.set(parameterName, key);
  return key;
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
    const release = isPublishedByAws(found.parameterName) ? amiType.parseRelease(releaseVersion) : amiType._parseChosenRelease(releaseVersion);
    if (release.kubernetesVersion && !Token.isUnresolved(kubernetesVersion) && release.kubernetesVersion !== kubernetesVersion) {
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
