import { AddOnIntent, UpgradeIntent } from '../change/upgrade-intent';
import { AddOnDeclaration, ClusterDeclaration } from '../declaration/cluster-declaration';
import { AddOnVersionPolicy } from '../state/add-on-policy';

/**
 * What an app would want of a cluster if its version prop said another minor: all that follows the control plane follows it there, and what
 * the app holds or pins stays held and pinned. Releases and versions that the app chooses for a minor count for that minor only.
 *
 * @param intent what the app wants as it is written
 */
export function intentWithVersion(intent: UpgradeIntent, { addOns }: Pick<ClusterDeclaration, 'addOns'>, version: string): UpgradeIntent {
  const { previousVersion, isMovedElsewhere: _, addOns: wanted = {}, ...rest } = intent;
  return {
    ...rest,
    version,
    previousVersion: previousVersion === version ? undefined : previousVersion, // what CloudFormation would not send
    addOns: Object.fromEntries(Object.entries(wanted).map(([name, addOn]) => {
      return [name, addOnWithVersion(addOn, addOns.find((declared) => declared.name === name))];
    })),
  };
}

function addOnWithVersion(addOn: AddOnIntent, declared: AddOnDeclaration | undefined): AddOnIntent {
  const policy = declared && policyOf(declared);
  return policy === undefined || addOn.removed ? addOn : { ...addOn, policy, version: undefined };
}

/** How the app chooses the version of an add-on for a minor; undefined where it names one. */
export function policyOf({ policy, choice }: AddOnDeclaration): AddOnVersionPolicy | undefined {
  switch (policy) {
    case 'pinned': return undefined;
    case 'tracked': return choice;
    default: return policy;
  }
}
