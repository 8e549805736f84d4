import { addOnCalled, Change, movesAddOn, offersOfAddOn, wantedOfAddOn } from '../../change/change';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages, Said } from '../../messages/message';
import { aboutCluster, Check, Observation } from '../check';

const PINNED = [
  'the deployed template pins {version}, which EKS does not offer for Kubernetes {target}:',
  'if a later step fails, CloudFormation cannot restore that version',
] as const;

const COMPLETES = [
  "nothing is lost: 'cdk rollback --orphan' with the add-on's logical ID completes the rollback, and the add-on keeps its",
  'version',
] as const;

const says = messages({
  awsEks: {
    text: [
      'the cluster is a custom resource of aws-eks: if a later step fails and the stack rolls back, it asks EKS to roll the '
        + 'control plane back from {target}',
      'to {current}, which fails or takes hours, and leaves the stack in UPDATE_ROLLBACK_FAILED',
    ],
    remedy: "deploy with 'cdk deploy --no-rollback', which leaves what has succeeded in place",
  },
  pinned: {
    text: PINNED,
    remedy: 'remove the pin in an earlier deployment, with AddOnVersion.keepWhileCompatible(), or pin a version that EKS offers for both',
  },
  pinnedForOne: { text: PINNED, remedy: COMPLETES },
  installed: {
    text: [
      'if a later step fails, CloudFormation may try to restore the installed {version}, which EKS does not offer for Kubernetes {target};',
      'the rollback would then fail',
    ],
    remedy: COMPLETES,
  },
});

/**
 * A rollback of the deployment finds the add-on versions that it goes back to, and asks EKS for no older control plane.
 *
 * When a later step fails, CloudFormation reverts the add-ons to the versions of the old template, while the control plane
 * stays where it is; a version that EKS does not offer for it leaves the stack in `UPDATE_ROLLBACK_FAILED`. A warning: the
 * deployment itself works.
 * Tracked add-ons are asked for what is installed, unless CloudFormation uses the answer that it had before: what it does is not
 * documented.
 * Clusters of the older `aws-eks` are a custom resource that asks EKS for the version of the old template.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
 */
export const stackRollback: Check = {
  id: 'stack-rollback',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
  messages: says,

  * examine(change) {
    if (!change.isAboutVersion) return;
    if (change.intent.isTakenBack && change.direction === 'up') yield objectionToTakingBack(change);
    for (const name of Object.keys(change.intent.addOns ?? {})) {
      const objection = objectionTo(name, change);
      if (objection) yield { about: { kind: 'add-on', name }, ...objection };
    }
  },
};

function objectionToTakingBack(change: Change): Observation {
  const { current, target } = change;
  return {
    about: aboutCluster(change),
    ...says.awsEks({ target, current }),
  };
}

function objectionTo(name: string, change: Change): Said | undefined {
  const { target } = change;
  const offer = offersOfAddOn(change, name, target);
  const isGone = (
    version: string | undefined,
  ): version is string => version !== undefined && offer.known && !offer.value.versions.includes(version);

  const { version, previousVersion } = wantedOfAddOn(change, name);
  if (previousVersion !== undefined) {
    if (previousVersion === version || !isGone(previousVersion)) return undefined;
    return (needsOneForEach(name, change) ? says.pinnedForOne : says.pinned)({ version: previousVersion, target });
  }
  const installed = addOnCalled(change, name);
  return installed === undefined || !movesAddOn(change, installed) || !isGone(installed.version)
    ? undefined
    : says.installed({ version: installed.version, target });
}

/** Whether no pin would do before and after: EKS offers no version for both minors, or the change goes back, before which none was chosen. */
function needsOneForEach(name: string, change: Change): boolean {
  const { current, target, direction, intent: { previousVersion } } = change;
  const before = direction === 'none' && previousVersion !== undefined ? KubernetesMinor.parse(previousVersion) : current; // moved already
  const [older, newer] = [before, target].map((minor) => offersOfAddOn(change, name, minor));
  return before.isNewerThan(target)
    || (older.known && newer.known && !newer.value.versions.some((version) => older.value.versions.includes(version)));
}
