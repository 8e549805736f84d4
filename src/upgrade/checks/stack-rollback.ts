import { Change, wantedOfAddOn } from '../change';
import { Check, Observation } from '../check';
import { addOnOfferOf } from '../region-catalog';

/**
 * The pinned add-on versions to which a rollback of the deployment goes back can be had with the new control plane.
 *
 * When a later step fails, CloudFormation takes the add-ons back to the versions of the old template, while the control plane stays where it
 * is; a version that EKS does not offer for it leaves the stack in `UPDATE_ROLLBACK_FAILED`. A warning: the deployment itself works.
 * Tracked add-ons keep what is installed.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
 */
export const stackRollback: Check = {
  id: 'stack-rollback',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',

  * examine(change) {
    if (!change.isAboutVersion) return;
    for (const name of Object.keys(change.intent.addOns ?? {})) {
      const objection = objectionTo(name, change);
      if (objection) yield { about: { kind: 'add-on', name }, ...objection };
    }
  },
};

function objectionTo(name: string, change: Change): Pick<Observation, 'message' | 'remedy'> | undefined {
  const { target } = change;
  const { version, previousVersion } = wantedOfAddOn(change, name);
  const offer = addOnOfferOf(change.catalog, name, target.toString());
  const isPinMoved = previousVersion !== undefined && previousVersion !== version;
  if (!isPinMoved || !offer.known || offer.value.versions.includes(previousVersion)) return undefined;
  return {
    message: `the deployed template pins ${previousVersion}, which EKS does not offer for Kubernetes ${target}: `
      + 'if a later step fails, CloudFormation cannot take the add-on back',
    remedy: 'let go of the pin in a deployment before, with AddOnVersion.keepWhileCompatible(), or pin a version that EKS offers for both',
  };
}
