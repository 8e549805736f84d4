import { CustomResourceEvent, ResourceData } from './custom-resource-event';
import { AlreadyLoggedError, refusalIn } from './refusal';
import { RequestScope } from './runtime';
import { asksAnew } from '../engine/change/add-on-question';
import { AddOnVersionsProperties, TrackedAddOn } from '../engine/change/resource-properties';
import { newestAddOnVersion } from '../engine/eks/add-on-version';
import { chooseAddOnVersion } from '../engine/eks/add-on-version-choice';
import { onPlatform } from '../engine/eks/platform-version';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { Known } from '../engine/state/known';
import { AddOnOffer } from '../engine/state/region-catalog';
import { readAddOn } from '../live/add-on';
import { readAddOnOffer, readAddOnVersions } from '../live/add-on-offer';
import { attempt } from '../live/attempt';
import { AwsClients } from '../live/aws-clients';
import { AwsConnection } from '../live/aws-connection';
import { readCluster } from '../live/cluster';
import { eksOf } from '../live/eks-client';

/** What takes the place of a version when EKS has none: nothing of the add-on is installed, so that nothing can be updated to it. */
const NO_VERSION = 'not-offered';

/** A request to resolve versions. */
export type VersionsEvent = CustomResourceEvent<AddOnVersionsProperties>;

/**
 * Resolves the versions of a cluster's add-ons, each into its attribute.
 *
 * @param rollsBack whether the stack is rolling back
 * @throws if a version cannot be resolved; the message says why, for every add-on that is concerned
 */
export async function resolveVersions(
  event: VersionsEvent, rollsBack: Known<boolean>, aws: AwsConnection, { log }: RequestScope,
): Promise<ResourceData> {
  const eks = eksOf(aws);
  const forth = async (addOn: TrackedAddOn) => versionOf(addOn, event, eks);
  const back = async (addOn: TrackedAddOn) => versionInRollback(addOn, event, eks);
  const forgiving = async (addOn: TrackedAddOn) => forth(addOn).catch(async (error: Error) => {
    log({ message: error.message, ...refusalIn(error) });
    return back(addOn);
  });
  const resolve = rollsBack.known ? rollsBack.value ? back : forth : forgiving;

  const { AddOns } = event.ResourceProperties;
  const results = await Promise.allSettled(AddOns.map(resolve));
  const failures = new Map(
    results.flatMap((result) => result.status === 'rejected' ? [[String(result.reason.message), result.reason]] : []),
  );
  failures.forEach((error, message) => log({ message, ...refusalIn(error) }));
  if (failures.size > 0) throw new AlreadyLoggedError([...failures.keys()].join(' | '));
  return Object.fromEntries(results.map((result, index) => [AddOns[index].Attribute, (result as PromiseFulfilledResult<string>).value]));
}

async function versionOf(addOn: TrackedAddOn, event: VersionsEvent, eks: AwsClients['eks']): Promise<string> {
  const { Name, Policy } = addOn;
  const { ClusterName } = event.ResourceProperties;
  const installed = (await readAddOn(eks, ClusterName, Name))?.addonVersion;
  return installed !== undefined && !asksAnew(Name, event.ResourceProperties, event.OldResourceProperties)
    ? installed
    : chooseAddOnVersion({ name: Name, policy: Policy, installed }, await readOffer(event, Name, eks));
}

/** What EKS offers to the cluster, for the version that it will run; its platform version counts where EKS names some. */
async function readOffer(
  { ResourceProperties: now, OldResourceProperties: before }: VersionsEvent, name: string, eks: AwsClients['eks'],
): Promise<AddOnOffer> {
  const { ClusterName, KubernetesVersion: wanted } = now;
  const cluster = await attempt(async () => readCluster(eks, ClusterName));
  if (!cluster.known) return readAddOnOffer(eks, name, wanted); // what the template says is the best that is known
  const { version: live = wanted, platformVersion, status } = cluster.value;
  const version = versionToRun(live, wanted, before?.KubernetesVersion, status === 'UPDATING');
  return onPlatform(await readAddOnOffer(eks, name, version), version === live ? platformVersion : undefined);
}

/**
 * The Kubernetes version that the cluster will run. Its control plane comes before its add-ons: unless it still goes to the version of the
 * template, one that is newer than that stays, as after an upgrade whose stack was rolled back.
 */
function versionToRun(live: string, wanted: string, before: string | undefined, isUpdating: boolean): string {
  const isGoingBack = isUpdating && before === live;
  return KubernetesMinor.parse(live).isNewerThan(KubernetesMinor.parse(wanted)) && !isGoingBack ? live : wanted;
}

/**
 * The installed version, else any that EKS offers: the add-on, or the cluster, is gone, and only a value is wanted.
 *
 * @throws AwsCallError if EKS could not be asked until the end: the rollback can be continued then, and asks again
 */
async function versionInRollback(
  { Name, Policy }: TrackedAddOn, { ResourceProperties }: VersionsEvent, eks: AwsClients['eks'],
): Promise<string> {
  const { ClusterName, KubernetesVersion } = ResourceProperties;
  const addOn = await attempt(async () => readAddOn(eks, ClusterName, Name));
  if (addOn.known && addOn.value?.addonVersion) return addOn.value.addonVersion;

  const offer = await readAddOnOffer(eks, Name, KubernetesVersion);
  return offer.versions.length > 0
    ? chooseAddOnVersion({ name: Name, policy: Policy }, offer)
    : newestAddOnVersion(await readAddOnVersions(eks, Name)) ?? NO_VERSION;
}
