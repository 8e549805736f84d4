import { Change, exchangesNodes, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages, Said } from '../../messages/message';
import { describeHealthIssue, HealthIssue } from '../../state/health-issue';
import { isBeingChanged, NodeGroupState } from '../../state/node-group-state';
import { Check, Observation } from '../check';

/** One of the two is given. */
const UNHEALTHY = '{status?the node group is # instead of ACTIVE}{issue?EKS reports #}';

const says = messages({
  busy: { text: 'the node group is {status} instead of ACTIVE', remedy: 'wait until it has finished, then retry' },
  broken: { text: UNHEALTHY, remedy: 'repair or replace the node group first' },
  curable: { text: UNHEALTHY, remedy: 'make sure that the new {by} fixes this; otherwise repair the node group first' },
  incurable: { text: UNHEALTHY, remedy: 'repair or replace the node group first: no {by} fixes this' },
  empty: { text: UNHEALTHY, remedy: 'repair it before you scale it up; it has no nodes now' },
  tolerated: { text: UNHEALTHY, remedy: 'repair it before its own update, which needs new nodes' },
});

/**
 * Node groups are `ACTIVE` and without health issues, all of them before the control plane moves, else those that are to be updated.
 *
 * A group that already has trouble to launch or drain nodes will have it in the midst of the upgrade, too. A warning is what EKS
 * itself lets through (want of capacity, of addresses, or of a connection to the cluster), what a group without nodes has that
 * nobody touches, and what the new release of a group may cure, or its new launch template; a role, a launch template or a group that
 * is gone, neither brings back.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Issue.html
 * @see https://github.com/aws/containers-roadmap/issues/2326
 */
export const nodeGroupHealth: Check = {
  id: 'node-group-health',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      if (wantedOfNodeGroup(change, group.name).removed || !change.isAboutVersion && !exchangesNodes(change, group)) continue;
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

/** What another version of the launch template may set right besides. */
const CURABLE_BY_TEMPLATE = [...CURABLE, 'Ec2InstanceTypeDoesNotExist', 'Ec2LaunchTemplateInvalidConfiguration'];

function objectionTo(group: NodeGroupState, change: Change): Omit<Observation, 'about'> | undefined {
  const { status, healthIssues } = group;
  if (status === 'ACTIVE' && healthIssues.length === 0) return undefined;
  const details = healthIssues.flatMap((issue) => [describeHealthIssue(issue), ...issue.resourceIds]);
  if (isBeingChanged(group)) {
    return { ...says.busy({ status }), details };
  }
  const isDegraded = status === 'ACTIVE' || status === 'DEGRADED';
  const values = status === 'ACTIVE' ? { issue: describeHealthIssue(healthIssues[0]) } : { status };
  return { ...isDegraded ? weigh(group, change, values) : says.broken(values), details };
}

type Unhealthy = Parameters<typeof says.broken>[0];

function weigh(group: NodeGroupState, change: Change, values: Unhealthy): Said & Pick<Observation, 'severity'> {
  const { healthIssues, scaling } = group;
  if (exchangesNodes(change, group)) {
    const isByTemplate = (wantedOfNodeGroup(change, group.name).otherChanges ?? []).includes('LaunchTemplate');
    const by = isByTemplate ? 'launch template' : 'release';
    return haveOnly(healthIssues, isByTemplate ? CURABLE_BY_TEMPLATE : CURABLE)
      ? { severity: 'warning', ...says.curable({ ...values, by }) }
      : says.incurable({ ...values, by });
  }
  if (scaling?.desiredSize === 0) return { severity: 'warning', ...says.empty(values) };
  return healthIssues.length > 0 && haveOnly(healthIssues, TOLERATED)
    ? { severity: 'warning', ...says.tolerated(values) }
    : says.broken(values);
}

function haveOnly(issues: readonly HealthIssue[], codes: readonly string[]): boolean {
  return issues.every(({ code }) => codes.includes(code));
}
