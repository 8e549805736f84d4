import { CustomResourceEvent, ResourceData } from './custom-resource-event';
import { AddOnVersionsProperties, TrackedAddOn } from './resource-properties';
import { readAddOn } from '../live/add-on';
import { readAddOnOffer } from '../live/add-on-offer';
import { AwsClients } from '../live/aws-clients';
import { isRollingBack } from '../live/stack';
import { chooseAddOnVersion } from '../upgrade/add-on-version-choice';

/**
 * Resolves the versions of a cluster's add-ons, each into its attribute.
 *
 * In a rollback of the stack add-ons stay as they are: what was installed worked with the control plane, which does not go back.
 *
 * @throws if a version cannot be resolved; the message says why, for every add-on that is concerned
 */
export async function resolveAddOnVersions(event: CustomResourceEvent<AddOnVersionsProperties>, aws: AwsClients): Promise<ResourceData> {
  const { ClusterName, KubernetesVersion, AddOns } = event.ResourceProperties;
  const rollingBack = await isRollingBack(aws.cloudFormation, event.StackId);

  const resolve = async ({ Name, Policy }: TrackedAddOn): Promise<string> => {
    const installed = (await readAddOn(aws.eks, ClusterName, Name))?.addonVersion;
    return rollingBack && installed !== undefined
      ? installed
      : chooseAddOnVersion({ name: Name, policy: Policy, installed }, await readAddOnOffer(aws.eks, Name, KubernetesVersion));
  };

  const results = await Promise.allSettled(AddOns.map(resolve));
  const failures = results.flatMap((result) => result.status === 'rejected' ? [String(result.reason.message)] : []);
  if (failures.length > 0) {
    throw new Error([...new Set(failures)].join(' | '));
  }
  return Object.fromEntries(results.map((result, index) => [AddOns[index].Attribute, (result as PromiseFulfilledResult<string>).value]));
}
