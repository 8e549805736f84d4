import { Change } from '../../change/change';
import { messages } from '../../messages/message';
import { aboutCluster, Check, Observation, unread, unreadable } from '../check';

const says = messages({
  unread: unread('the upgrade policy of the cluster'),
  tooEarly: {
    text: [
      'the app sets the upgrade policy to STANDARD in the same deployment that moves the cluster from {current}, which is in '
        + 'extended support,',
      'to {target}',
    ],
    remedy: 'move to {target} first, then set the policy: EKS refuses it while the cluster is in extended support',
  },
  cannotLeave: {
    text: 'the app sets the upgrade policy to STANDARD, but {target} is in extended support, which a cluster leaves only by an upgrade',
    remedy: 'keep EXTENDED until the cluster runs a version in standard support',
  },
  excluded: {
    text: "{target} is in extended support, which the cluster's upgrade policy STANDARD excludes",
    remedy: 'set the upgrade policy to EXTENDED first',
  },
});

/**
 * The upgrade policy `STANDARD` goes with versions in standard support only.
 *
 * EKS refuses to disable extended support for a cluster that has entered it, and to take a cluster with `STANDARD` back into it.
 * Where the same change brings the cluster into standard support, the order of the two updates is not documented: a warning.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/disable-extended-support.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const supportPolicy: Check = {
  id: 'support-policy',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/disable-extended-support.html',
  messages: says,

  * examine(change) {
    const { current, target, direction, intent: { supportType: wanted }, state: { supportType } } = change;
    const changesPolicy = wanted !== undefined && !(supportType.known && supportType.value === wanted);
    if (direction !== 'down' && !changesPolicy) return;
    const [before, after] = [isInExtendedSupport(change, current.toString()), isInExtendedSupport(change, target.toString())];
    if (!after && !before) return;
    if (wanted === undefined && !supportType.known) {
      yield unreadable(change, says.unread({ why: supportType.why }));
    } else if ((wanted ?? (supportType.known && supportType.value)) === 'STANDARD') {
      yield objectionTo(change, after, changesPolicy);
    }
  },
};

function objectionTo(change: Change, staysInExtendedSupport: boolean, changesPolicy: boolean): Observation {
  const { current, target } = change;
  const about = aboutCluster(change);
  if (!staysInExtendedSupport) return { about, severity: 'warning', ...says.tooEarly({ current, target }) };
  return { about, ...changesPolicy ? says.cannotLeave({ target }) : says.excluded({ target }) };
}

function isInExtendedSupport({ catalog: { offeredVersions } }: Change, wanted: string): boolean {
  return offeredVersions.known && offeredVersions.value.some(({ version, status }) => version === wanted && status === 'EXTENDED_SUPPORT');
}
