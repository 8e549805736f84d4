import { addOnCalled, offersOfAddOn, wantedOfAddOn } from '../../change/change';
import { addOnPath, minorsBetween } from '../../eks/add-on-path';
import { preparationForPin } from '../../eks/add-on-preparation';
import { messages } from '../../messages/message';
import { VPC_CNI } from '../../state/add-on-names';
import { Check } from '../check';

const TOO_FAR = '{installed} to {wanted} is more than one minor, and EKS updates vpc-cni one minor at a time';

const says = messages({
  stepwise: { text: TOO_FAR, remedy: 'deploy {path, then}' },
  prepare: { text: TOO_FAR, remedy: 'deploy {preparation, then} while the control plane is at {current}, then {wanted}' },
  noWay: { text: TOO_FAR, remedy: 'choose a version closer to {installed}: EKS does not offer every minor in between' },
});

/**
 * The add-on vpc-cni moves one minor at a time, up or down.
 *
 * EKS refuses more with `Updating VPC-CNI can only go up or down 1 minor version at a time`. The remedy names the stopovers.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html
 */
export const vpcCniStep: Check = {
  id: 'vpc-cni-step',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html',
  messages: says,

  * examine(change) {
    const { current, target } = change;
    const { version: wanted } = wantedOfAddOn(change, VPC_CNI);
    const installed = addOnCalled(change, VPC_CNI);
    if (wanted === undefined || !installed || minorsBetween(installed.version, wanted).length === 0) return;
    const [offer, today] = [target, current].map((minor) => offersOfAddOn(change, VPC_CNI, minor));
    const path = addOnPath(VPC_CNI, installed.version, wanted, offer.known ? offer.value.versions : []);
    const preparation = today.known && !path
      ? preparationForPin({ name: VPC_CNI, policy: 'recommended', installed: installed.version }, wanted, today.value)
      : undefined;
    const versions = { installed: installed.version, wanted };
    yield {
      about: { kind: 'add-on', name: VPC_CNI },
      ...path ? says.stepwise({ ...versions, path })
        : preparation ? says.prepare({ ...versions, preparation, current }) : says.noWay(versions),
    };
  },
};
