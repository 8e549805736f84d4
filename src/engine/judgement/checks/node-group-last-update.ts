import { Change } from '../../change/change';
import { messages, Said } from '../../messages/message';
import { describeHealthIssue } from '../../state/health-issue';
import { Known } from '../../state/known';
import { NodeGroupUpdateRecord } from '../../state/node-room';
import { Check } from '../check';
import { exchangedNodeGroups } from '../rolls';
import { HeldBack, heldBack, heldInWords, heldWorkloads, POD_EVICTION_FAILURE } from '../workloads/held-back';

const FAILED = 'its last update, on {day}, failed with {why}, and nothing has changed since';

const says = messages({
  failed: { text: FAILED, remedy: 'remove the cause before you roll the nodes again' },
  evictionFailed: {
    text: FAILED,
    remedy: [
      "find the pods and budgets that blocked it with 'cdk-eks-upgrades drain --node-group {nodeGroup}',",
      'and fix them before you roll the nodes again',
    ],
  },
  heldNoMore: {
    text: FAILED,
    remedy: [
      'no budget blocks its pods now: deploy again; pods that take longer than 15 minutes to terminate block it, too, and so do those that',
      'tolerate every taint, and come back to the node',
    ],
  },
  stillHeld: {
    text: 'its last update, on {day}, failed with {why}, and what blocked its pods still does: {workloads}',
    remedy: 'unblock the pods before you roll the nodes again, as {findings} describes',
  },
});

/**
 * The last update of a node group that is rolled has not failed.
 *
 * Nothing of the group has changed since, so that what made it fail (pods that cannot be evicted, nodes that do not join) is likely to make
 * the next one fail, too, after the same wait. Where pods could not be evicted, EKS names a node at most: with `workloads` the
 * pods and budgets that still stand in the way are named.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html
 */
export const nodeGroupLastUpdate: Check = {
  id: 'node-group-last-update',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html',
  messages: says,

  * examine(change) {
    for (const { name } of exchangedNodeGroups(change)) {
      const lastUpdate = lastUpdateOf(change, name);
      if (!lastUpdate?.known || lastUpdate.value?.status !== 'Failed') continue;
      const { errors, startedAt } = lastUpdate.value;
      const why = errors.length > 0 ? describeHealthIssue(errors[0]) : 'a reason that EKS does not tell';
      const evictions = errors.filter(({ code }) => code === POD_EVICTION_FAILURE);
      const held = evictions.length === 0 ? undefined : heldNow(change, name, evictions);
      yield {
        about: { kind: 'node group', name },
        ...failure(name, { day: startedAt.slice(0, 10), why }, evictions.length > 0, held),
        details: [...errors.flatMap((error) => [describeHealthIssue(error), ...error.resourceIds]), ...(held ?? []).map(heldInWords)],
      };
    }
  },
};

/** Read with the room for new nodes, or for itself. */
function lastUpdateOf(
  { state: { nodeRoom, lastUpdates } }: Change, nodeGroup: string,
): Known<NodeGroupUpdateRecord | undefined> | undefined {
  return nodeRoom?.nodeGroups[nodeGroup]?.lastUpdate ?? lastUpdates?.[nodeGroup];
}

/** Undefined where nobody has looked into the cluster. */
function heldNow({ state: { workloads } }: Change, nodeGroup: string, evictions: NodeGroupUpdateRecord['errors']): HeldBack[] | undefined {
  const resourceIds = evictions.flatMap((error) => error.resourceIds);
  return workloads?.known ? heldBack(nodeGroup, { resourceIds }, workloads.value) : undefined;
}

function failure(
  nodeGroup: string, values: { readonly day: string; readonly why: string }, isEviction: boolean, held: readonly HeldBack[] | undefined,
): Said {
  if (!isEviction) return says.failed(values);
  if (!held) return says.evictionFailed({ ...values, nodeGroup });
  const workloads = heldWorkloads(held);
  return workloads.length === 0
    ? says.heldNoMore(values)
    : says.stillHeld({ ...values, workloads, findings: workloads.map((name) => `[drain:${name}]`) });
}
