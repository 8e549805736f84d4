import { Change, movesNodeGroup, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { describeHealthIssue, HealthIssue } from '../../state/health-issue';
import { isBeingChanged, NodeGroupState } from '../../state/node-group-state';
import { Check, Observation } from '../check';
import { Severity } from '../finding';

/** One of the two is given. */
const UNHEALTHY = '{status?the node group is # instead of ACTIVE}{issue?EKS reports #}';

const says = messages({
  busy: { text: 'the node group is {status} instead of ACTIVE', remedy: 'wait until it has finished, then retry' },
  broken: { text: UNHEALTHY, remedy: 'repair or replace the node group first' },
  curable: { text: UNHEALTHY, remedy: 'make sure that the new release fixes this; otherwise repair the node group first' },
  incurable: { text: UNHEALTHY, remedy: 'repair or replace the node group first: no release fixes this' },
  empty: { text: UNHEALTHY, remedy: 'repair it before you scale it up; it has no nodes now' },
  tolerated: { text: UNHEALTHY, remedy: 'repair it before its own update, which needs new nodes' },
});

/**
 * Node groups are `ACTIVE` and without health issues, all of them before the control plane moves, else those that are to be updated.
 *
 * A group that already has trouble to launch or drain nodes will have it in the midst of the upgrade, too. A warning is what EKS
 * itself lets through (want of capacity, of addresses, or of a connection to the cluster), what a group without nodes has that
 * nobody touches, and what the new release of a group may cure; a role, a launch template or a group that is gone, no release brings back.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html
 * @see https://github.com/aws/containers-roadmap/issues/2326
 */
export const nodeGroupHealth: Check = {
  id: 'node-group-health',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      if (wantedOfNodeGroup(change, group.name).removed || !change.isAboutVersion && !movesNodeGroup(change, group)) continue;
      const objection = objectionTo(group, change);
      if (objection) yield { about: { kind: 'node group', name: group.name }, ...objection };
    }
  },
};

/** EKS updates a node group all the same that has only these. */
const TOLERATED = ['AsgInstanceLaunchFailures', 'InstanceLimitExceeded', 'InsufficientFreeAddresses', 'ClusterUnreachable'];

/** What nodes of another release may do better than those that there are. */
const CURABLE = [
  ...TOLERATED, 'AmiIdNotFound', 'NodeCreationFailure', 'NodeTerminationFailure', 'PodEvictionFailure',
  'InternalFailure', 'Unknown',
];

function objectionTo(group: NodeGroupState, change: Change): Omit<Observation, 'about'> | undefined {
  const { status, healthIssues } = group;
  if (status === 'ACTIVE' && healthIssues.length === 0) return undefined;
  const details = healthIssues.flatMap((issue) => [describeHealthIssue(issue), ...issue.resourceIds]);
  if (isBeingChanged(group)) {
    return { ...says.busy({ status }), details };
  }
  const isDegraded = status === 'ACTIVE' || status === 'DEGRADED';
  const values = status === 'ACTIVE' ? { issue: describeHealthIssue(healthIssues[0]) } : { status };
  const { severity, say } = isDegraded ? weigh(group, change) : { severity: undefined, say: says.broken };
  return { ...severity && { severity }, ...say(values), details };
}

function weigh(group: NodeGroupState, change: Change): { readonly severity?: Severity; readonly say: typeof says.broken } {
  const { healthIssues, scaling } = group;
  if (movesNodeGroup(change, group)) {
    return haveOnly(healthIssues, CURABLE)
      ? { severity: 'warning', say: says.curable }
      : { say: says.incurable };
  }
  if (scaling?.desiredSize === 0) return { severity: 'warning', say: says.empty };
  return healthIssues.length > 0 && haveOnly(healthIssues, TOLERATED)
    ? { severity: 'warning', say: says.tolerated }
    : { say: says.broken };
}

function haveOnly(issues: readonly HealthIssue[], codes: readonly string[]): boolean {
  return issues.every(({ code }) => codes.includes(code));
}
