import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { errors, says } from './messages';
import { missingEnvironment } from './missing-environment';
import { failureIn } from './plugin-look-up';
import { reportError } from '../diagnostics/annotations';
import { awaitsLookUp, isKnownAtSynth } from '../diagnostics/known-at-synth';
import { ADD_ON_PROVIDER, ADD_ON_VARIABLE, AddOnLookUp, LiveAddOnPlace } from '../engine/eks/add-on-look-up';
import { TrackedAddOnPlace, trackedAddOnEntryIn, trackedAddOnKey, versionOfMinorBefore } from '../engine/eks/tracked-add-on';
import { refusal } from '../engine/messages/refusal';
import { shellWord } from '../engine/messages/shell-word';
import { TrackedChoice } from '../engine/state/add-on-policy';
import { dummyFor } from '../engine/state/placeholder';
import { askPlugin } from '../preview/ask-plugin';

/** The add-on that asks for a version. */
export interface TrackingAddOn {
  readonly name: string;
  readonly choice: TrackedChoice;
  /** Kubernetes minor of the control plane. */
  readonly kubernetesVersion: string;
  /** The cluster's name, or its construct path. */
  readonly cluster: string;
  readonly live: LiveAddOnPlace;
}

/** The answer to a {@link TrackingAddOn}. */
export interface TrackedAddOnVersion {
  /** A literal, or the dummy value of a first look-up pass. */
  readonly version: string;
  /** Key in `cdk.context.json`. */
  readonly contextKey: string;
}

/**
 * Refuses what can never be looked up, before any construct exists.
 *
 * @throws if the stack has no account or Region, or the Kubernetes version is a token
 */
export function requireTrackable(scope: Construct, { name, kubernetesVersion }: Pick<TrackingAddOn, 'name' | 'kubernetesVersion'>): void {
  const missing = missingEnvironment(scope);
  if (missing.length > 0) {
    throw refusal(says.addOnWithoutEnvironment({ name, stackName: Stack.of(scope).stackName, missing }));
  }
  if (!isKnownAtSynth(kubernetesVersion) && !awaitsLookUp(kubernetesVersion)) {
    throw refusal(says.versionOfClusterIsToken({ name }));
  }
}

/**
 * Reads the version of an add-on from the context. What is not there yet is asked of the CLI's plugin where that is on, else
 * reported as an error on `scope` that names the command by which it gets there.
 */
export function lookUpAddOnVersion(scope: Construct, addOn: TrackingAddOn): TrackedAddOnVersion {
  const { account, region } = Stack.of(scope);
  const { name, choice, kubernetesVersion, cluster } = addOn;
  const dummy = dummyFor(`add-on-${name}`);
  const tracked: TrackedAddOnPlace = { account, region, cluster, kubernetesVersion, addOn: name, choice };
  const contextKey = trackedAddOnKey(tracked);
  if ([kubernetesVersion, cluster].some(awaitsLookUp)) return { version: dummy, contextKey };

  const value = scope.node.tryGetContext(contextKey);
  const entry = trackedAddOnEntryIn(value);
  if (entry) return { version: entry.version, contextKey };

  if (value === undefined) {
    if (process.env[ADD_ON_VARIABLE] === undefined) reportMissing(scope, addOn);
    else askPlugin(scope, contextKey, ADD_ON_PROVIDER, questionAbout(scope, addOn, tracked));
  } else {
    reportUnusable(scope, addOn, contextKey, value);
  }
  return { version: dummy, contextKey };
}

function questionAbout(scope: Construct, { live }: TrackingAddOn, tracked: TrackedAddOnPlace): AddOnLookUp {
  const before = versionOfMinorBefore(tracked, (key) => scope.node.tryGetContext(key));
  return { ...tracked, before, live };
}

function reportMissing(scope: Construct, { name, kubernetesVersion }: TrackingAddOn): void {
  reportError(scope, errors.addOnVersionMissing({ name, kubernetesVersion, scope: shellWord(scope.node.path) }));
}

function reportUnusable(scope: Construct, { name, kubernetesVersion }: TrackingAddOn, contextKey: string, value: unknown): void {
  const failure = failureIn(value);
  if (failure === undefined) {
    reportError(scope, errors.addOnVersionMalformed({ value: JSON.stringify(value), name, contextKey, scope: shellWord(scope.node.path) }));
  } else {
    reportError(scope, errors.addOnVersionLookupFailed({ name, kubernetesVersion, failure }));
  }
}
