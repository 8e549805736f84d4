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
 * What this update is not about stays as it is: an add-on moves with the Kubernetes version or its own policy, not because another one was
 * added. In a rollback of the stack all of them stay: what was installed worked with the control plane, which does not go back.
 *
 * @throws if a version cannot be resolved; the message says why, for every add-on that is concerned
 */
export async function resolveAddOnVersions(event: CustomResourceEvent<AddOnVersionsProperties>, aws: AwsClients): Promise<ResourceData> {
  const { ResourceProperties: { ClusterName, KubernetesVersion, AddOns }, OldResourceProperties: before } = event;
  const rollingBack = await isRollingBack(aws.cloudFormation, event.StackId);

  const sameCluster = before?.ClusterName === ClusterName && before.KubernetesVersion === KubernetesVersion;
  const stays = ({ Name, Policy }: TrackedAddOn) => rollingBack
    || (sameCluster && before.AddOns.some((addOn) => addOn.Name === Name && addOn.Policy === Policy));

  const resolve = async (addOn: TrackedAddOn): Promise<string> => {
    const { Name, Policy } = addOn;
    const installed = (await readAddOn(aws.eks, ClusterName, Name))?.addonVersion;
    return installed !== undefined && stays(addOn)
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
