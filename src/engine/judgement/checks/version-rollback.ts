import { Change } from '../../change/change';
import { messages, Said } from '../../messages/message';
import { VersionChange } from '../../state/cluster-state';
import { isWithinWayBack, lastVersionChange, WAY_BACK_DAYS } from '../../state/version-history';
import { aboutCluster, Check, unread, unreadable } from '../check';

const STAY = 'stay on {current} and fix the problem there, or build a new cluster with {target}';

const says = messages({
  unread: unread('when the cluster was upgraded'),
  tooFar: {
    text: '{target} is more than one minor below {current}, and EKS rolls back one minor at most',
    remedy: 'choose {nearest}, or build a new cluster with {target}',
  },
  neverUpgraded: { text: 'the cluster was created with {current}, and EKS can only roll back upgrades', remedy: STAY },
  rolledBack: { text: 'the cluster was already rolled back to {to} on {day}', remedy: STAY },
  otherUpgrade: { text: 'the last upgrade that EKS lists led to {to}, not to {current}', remedy: STAY },
  back: {
    text: 'the deployment takes the control plane back from {current} to {target}, which EKS does once, within {days} days of the upgrade',
    remedy: 'keep {current} unless you mean to go back: a deployment of an older state of the app goes back as well',
  },
  tooLate: { text: 'the upgrade to {current} was on {day}, and EKS rolls back only within {days} days of it', remedy: STAY },
});

/**
 * The control plane goes back one minor at most, and only within 7 days of the upgrade that brought it where it is.
 *
 * A version rollback undoes the last in-place upgrade: not the version that a cluster was created with, and nothing after a further
 * upgrade or rollback.
 * EKS counts from the upgrade's end but tells only its start, so the window closes a little early here.
 * A way back that is open is a warning: a pipeline that deploys an older commit asks for it as well.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const versionRollback: Check = {
  id: 'version-rollback',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
  messages: says,

  * examine(change) {
    const { current, target, direction, state: { versionHistory } } = change;
    if (direction !== 'down') return;
    const about = aboutCluster(change);
    if (current.minorsAheadOf(target) > 1) {
      yield { about, ...says.tooFar({ target, current, nearest: current.plus(-1) }) };
      return;
    }
    if (versionHistory.known) {
      const objection = objectionToUndoing(lastVersionChange(versionHistory.value), change);
      yield objection ? { about, ...objection } : { about, severity: 'warning', ...says.back({ current, target, days: WAY_BACK_DAYS }) };
    } else {
      yield unreadable(change, says.unread({ why: versionHistory.why }));
    }
  },
};

function objectionToUndoing(last: VersionChange | undefined, { current, target, state }: Change): Said | undefined {
  const versions = { current, target };
  if (!last) return says.neverUpgraded(versions);
  if (last.kind === 'rollback') return says.rolledBack({ ...versions, to: last.to, day: last.startedAt });
  if (last.to !== current.toString()) return says.otherUpgrade({ ...versions, to: last.to });
  return isWithinWayBack(last, state.observedAt) ? undefined : says.tooLate({ ...versions, day: last.startedAt, days: WAY_BACK_DAYS });
}
