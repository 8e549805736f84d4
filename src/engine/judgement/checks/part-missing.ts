import { AddOnIntent, NodeGroupIntent } from '../../change/upgrade-intent';
import { messages } from '../../messages/message';
import { UnreadPart } from '../../state/cluster-state';
import { Known } from '../../state/known';
import { isMissingPart } from '../../state/unread-part';
import { Check, Observation } from '../check';

const says = messages({
  deleted: {
    text: 'somebody has deleted it from the cluster, but the stack still has it, and this deployment updates it: the update would fail',
    remedy: [
      'remove it from the app and deploy, then add it again{isAddOn?, with conflictPolicy: AddOnConflictPolicy.OVERWRITE if its software',
      'is still there}',
    ],
  },
});

/**
 * What a deployment updates still exists in EKS.
 *
 * CloudFormation neither notices that somebody has deleted a node group or an add-on, nor creates it again: its update fails, after the
 * control plane has moved. What the deployment leaves alone, removes or replaces may be gone.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/best-practices.html#donttouch
 */
export const partMissing: Check = {
  id: 'part-missing',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/best-practices.html#donttouch',
  messages: says,

  * examine(change) {
    const { intent, state } = change;
    yield* among('node group', intent.nodeGroups, state.nodeGroups, state.unreadNodeGroups);
    yield* among('add-on', intent.addOns, state.addOns, state.unreadAddOns);
  },
};

function* among(
  kind: 'node group' | 'add-on',
  intents: Readonly<Record<string, NodeGroupIntent | AddOnIntent>> = {},
  read: Known<ReadonlyArray<{ readonly name: string }>>,
  unread: readonly UnreadPart[],
): Iterable<Observation> {
  for (const [name, { isUpdated, removed, replacedBy = [] }] of Object.entries(intents)) {
    if (!isUpdated || removed || replacedBy.length > 0 || !isMissingPart(name, read, unread)) continue;
    yield { about: { kind, name }, ...says.deleted({ isAddOn: kind === 'add-on' }) };
  }
}
