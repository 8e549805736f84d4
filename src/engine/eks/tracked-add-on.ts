import { parseAddOnVersion } from './add-on-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { TrackedChoice } from '../state/add-on-policy';
import { contextKey } from '../state/context-key';

/** What an entry of `cdk.context.json` is for. */
export interface TrackedAddOnPlace {
  readonly account: string;
  readonly region: string;
  /** The cluster's name; its construct path where CloudFormation makes up the name. */
  readonly cluster: string;
  /** Kubernetes minor of the control plane. */
  readonly kubernetesVersion: string;
  readonly addOn: string;
  readonly choice: TrackedChoice;
}

/** An entry of `cdk.context.json`: the version in use, and the newer ones that wait for their turn. */
export interface TrackedAddOnEntry {
  readonly version: string;
  /** By version, the day on which it was first seen: EKS does not tell when it published one. */
  readonly seen?: Readonly<Record<string, string>>;
}

/** The key of an entry, in the form of the CDK's own keys: `cdk context --reset` takes it, globs too. */
export function trackedAddOnKey({ account, region, cluster, kubernetesVersion, addOn, choice }: TrackedAddOnPlace): string {
  return contextKey('add-on', { account, region, cluster, kubernetesVersion, addOn, choice });
}

/** The entry in a value of the context; undefined for anything else. */
export function trackedAddOnEntryIn(value: unknown): TrackedAddOnEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, seen } = value as Record<string, unknown>;
  if (typeof version !== 'string' || !parseAddOnVersion(version)) return undefined;
  return typeof seen === 'object' && seen !== null ? { version, seen: daysIn(seen) } : { version };
}

function daysIn(seen: object): Record<string, string> {
  return Object.fromEntries(Object.entries(seen).filter(([, day]) => typeof day === 'string' && !Number.isNaN(Date.parse(day))));
}

/** How far back a cluster may have come from: an entry that is older tells nothing of it. */
const MINORS_BACK = [1, 2, 3];

function minorsBefore(kubernetesVersion: string): string[] {
  const version = KubernetesMinor.parse(kubernetesVersion);
  return MINORS_BACK.filter((step) => step <= version.minor).map((step) => version.plus(-step).toString());
}

/**
 * The version that an app has tracked for the nearest minor before, by any choice: what a cluster that comes to a new minor has had.
 *
 * @param valueOf the context of the app, by key
 */
export function versionOfMinorBefore(addOn: TrackedAddOnPlace, valueOf: (key: string) => unknown): string | undefined {
  const choices: TrackedChoice[] = addOn.choice === 'latest' ? ['latest', 'recommended'] : ['recommended', 'latest'];
  const places = minorsBefore(addOn.kubernetesVersion)
    .flatMap((kubernetesVersion) => choices.map((choice) => ({ ...addOn, kubernetesVersion, choice })));
  return places.map((place) => trackedAddOnEntryIn(valueOf(trackedAddOnKey(place)))?.version).find((version) => version !== undefined);
}
