import { Stacks } from '../change/cluster-in-templates';
import { nodeGroupNameOf } from '../change/deployment-intent';
import { AddOnIntent, NodeGroupIntent, UpgradeIntent } from '../change/upgrade-intent';
import { AddOnDeclaration, ClusterDeclaration, policyOf } from '../declaration/cluster-declaration';
import { mapValues } from '../state/map-values';

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

/**
 * What an app wants of a cluster beyond the step of its upgrade path: node groups that only the step holds back follow the control plane,
 * those that the app itself holds stay held.
 */
export function intentBeyondStep(
  intent: UpgradeIntent, { nodeGroups, upgradePath }: Pick<ClusterDeclaration, 'nodeGroups' | 'upgradePath'>, deployed: Stacks['deployed'],
): UpgradeIntent {
  if (upgradePath?.step === undefined) return intent;
  const { appVersion, nodeVersion = appVersion } = upgradePath;
  const following = new Set(nodeGroups.flatMap((group) =>
    (group.versionOffPath ?? nodeVersion) === appVersion ? [nodeGroupNameOf(group, deployed)] : []));
  const isHeldByStep = (name: string, { version }: NodeGroupIntent) =>
    following.has(name) && version !== undefined && version !== intent.version; // golden images name none
  return {
    ...intent,
    nodeGroups: mapValues(intent.nodeGroups ?? {}, (group, name) =>
      isHeldByStep(name, group) ? { ...group, version: intent.version, releaseVersion: undefined } : group),
  };
}

function addOnWithVersion(addOn: AddOnIntent, declared: AddOnDeclaration | undefined): AddOnIntent {
  const policy = declared && policyOf(declared);
  return policy === undefined || addOn.removed ? addOn : { ...addOn, policy, version: undefined };
}
