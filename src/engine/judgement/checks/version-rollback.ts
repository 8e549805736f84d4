import { Change } from '../../change/change';
import { VersionChange } from '../../state/cluster-state';
import { isWithinWayBack, lastVersionChange, WAY_BACK_DAYS } from '../../state/version-history';
import { aboutCluster, Check, unreadable } from '../check';

/**
 * The control plane goes back one minor at most, and only within 7 days of the upgrade that brought it where it is.
 *
 * A version rollback undoes the last in-place upgrade: not the version that a cluster was created with, and nothing after a further
 * upgrade or rollback.
 * EKS counts from the upgrade's end but tells only its start, so the window closes a little early here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const versionRollback: Check = {
  id: 'version-rollback',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',

  * examine(change) {
    const { current, target, direction, state: { versionHistory } } = change;
    if (direction !== 'down') return;
    const about = aboutCluster(change);
    if (current.minorsAheadOf(target) > 1) {
      yield {
        about,
        message: `${target} is more than one minor below ${current}, and EKS rolls back one minor at most`,
        remedy: `choose ${current.plus(-1)}, or build a new cluster with ${target}`,
      };
      return;
    }
    if (versionHistory.known) {
      const objection = objectionToUndoing(lastVersionChange(versionHistory.value), change);
      if (objection) {
        yield {
          about, message: objection, remedy: `stay on ${current} and repair what troubles you there, or build a new cluster with ${target}`,
        };
      }
    } else {
      yield unreadable(change, 'when the cluster was upgraded', versionHistory.why);
    }
  },
};

function objectionToUndoing(last: VersionChange | undefined, { current, state }: Change): string | undefined {
  if (!last) return `the cluster was created with ${current}, and EKS only undoes upgrades`;
  if (last.kind === 'rollback') return `the cluster was already rolled back to ${last.to} on ${last.startedAt}`;
  if (last.to !== current.toString()) return `the last upgrade that EKS lists led to ${last.to}, not to ${current}`;
  return isWithinWayBack(last, state.observedAt)
    ? undefined
    : `the upgrade to ${current} was on ${last.startedAt}, and EKS rolls back only within ${WAY_BACK_DAYS} days of it`;
}
