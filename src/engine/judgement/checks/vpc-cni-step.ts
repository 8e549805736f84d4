import { addOnsOf, offersOfAddOn, wantedOfAddOn } from '../../change/change';
import { addOnPath, minorsBetween, VPC_CNI } from '../../eks/add-on-path';
import { preparationForPin } from '../../eks/add-on-preparation';
import { Check } from '../check';

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

  * examine(change) {
    const { current, target } = change;
    const { version: wanted } = wantedOfAddOn(change, VPC_CNI);
    const installed = addOnsOf(change).find(({ name }) => name === VPC_CNI);
    if (wanted === undefined || !installed || minorsBetween(installed.version, wanted).length === 0) return;
    const [offer, today] = [target, current].map((minor) => offersOfAddOn(change, VPC_CNI, minor));
    const path = addOnPath(VPC_CNI, installed.version, wanted, offer.known ? offer.value.versions : []);
    const preparation = today.known && !path ? preparationForPin({
      name: VPC_CNI, policy: 'recommended', installed: installed.version,
    }, wanted, today.value) : undefined;
    yield {
      about: { kind: 'add-on', name: VPC_CNI },
      message: `${installed.version} to ${wanted} is more than one minor, and EKS moves vpc-cni one minor at a time`,
      remedy: path ? `deploy ${path.join(', then ')}`
        : preparation ? `deploy ${preparation.join(', then ')} while the control plane has ${current}, then ${wanted}`
          : `choose a version nearer to ${installed.version}: EKS does not offer every minor in between`,
    };
  },
};
