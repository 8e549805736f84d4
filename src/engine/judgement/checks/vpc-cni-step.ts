import { addOnsOf, wantedOfAddOn } from '../../change/change';
import { addOnPath, minorsBetween, VPC_CNI } from '../../eks/add-on-path';
import { addOnOfferOf } from '../../state/region-catalog';
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
    const { target, catalog } = change;
    const { version: wanted } = wantedOfAddOn(change, VPC_CNI);
    const installed = addOnsOf(change).find(({ name }) => name === VPC_CNI);
    if (wanted === undefined || !installed || minorsBetween(installed.version, wanted).length === 0) return;
    const offer = addOnOfferOf(catalog, VPC_CNI, target.toString());
    const path = addOnPath(VPC_CNI, installed.version, wanted, offer.known ? offer.value.versions : []);
    yield {
      about: { kind: 'add-on', name: VPC_CNI },
      message: `${installed.version} to ${wanted} is more than one minor, and EKS moves vpc-cni one minor at a time`,
      remedy: path ? `deploy ${path.join(', then ')}` : `choose a version nearer to ${installed.version}: EKS does not offer every minor in between`,
    };
  },
};
