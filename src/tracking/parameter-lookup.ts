import { ContextProvider, Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { says } from './messages';
import { missingEnvironment } from './missing-environment';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { refusal } from '../engine/messages/refusal';

/*
 * Names of the protocol between the CDK and its CLI, as in `cloud-assembly-schema` and `cx-api`: loading these two modules would
 * take an app as long as a third of this library.
 */
const SSM_PARAMETER_PROVIDER = 'ssm';
const PROVIDER_ERROR_KEY = '$providerError';

/** What came of looking up an SSM parameter: one of value, failure and dummy. */
export interface ParameterLookup {
  /** Key in `cdk.context.json`. */
  readonly contextKey: string;
  readonly value?: string;
  /** Why the CLI could not read it. */
  readonly failure?: string;
  /** What stands for the value in the first pass, after which the CLI looks the parameter up and runs the app again. */
  readonly dummy?: string;
}

/** Reads an SSM parameter through the CDK's context look-up, once for each parameter and environment. */
export function lookUpParameter(scope: Construct, parameterName: string): ParameterLookup {
  const contextKey = contextKeyOf(Stack.of(scope), parameterName);
  const value = scope.node.tryGetContext(contextKey);
  if (value === undefined) {
    return { contextKey, dummy: ssm.StringParameter.valueFromLookup(scope, parameterName) };
  }
  const failure = value[PROVIDER_ERROR_KEY];
  return failure === undefined ? { contextKey, value } : { contextKey, failure };
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

/** A name, with or without a label, or the ARN of a parameter that another account shares. */
const PARAMETER_NAME = /^(arn:[\w-]+:ssm:[\w-]+:\d{12}:parameter)?\/?[\w.\-/]+(:[\w.-]+)?$/;

/**
 * Refuses what is no name of an SSM parameter; what is not known at synthesis passes.
 *
 * @param example a name as it could be
 */
export function requireParameter(parameterName: string, example: string): void {
  if (typeof parameterName !== 'string' || (isKnownAtSynth(parameterName) && !PARAMETER_NAME.test(parameterName))) {
    throw refusal(says.notAParameter({ parameterName, example }));
  }
}

/**
 * Refuses to look something up in a stack that does not say where it is.
 *
 * @param what what is looked up, such as `a release`
 * @param otherwise what can be done instead
 */
export function requireLookUps(scope: Construct, what: string, otherwise: string): void {
  const missing = missingEnvironment(scope);
  if (missing.length > 0) {
    throw refusal(says.lookUpWithoutEnvironment({ what, stackName: Stack.of(scope).stackName, missing, otherwise }));
  }
}
