/**
 * What goes wrong around a deployment without anybody having edited it.
 */
import fc from 'fast-check';
import { plus } from './app-model';
import type { ClusterRecord } from '../../aws/eks-region';
import { isWithinSkew } from '../../aws/eks-rules';
import { nextVersion, passingUpgradeInsights, seenAt } from '../../aws/sample-insights';
import type { Cloud } from '../cloud';

/** A fault; numbers choose among what there is. */
export type Fault =
  | { readonly fault: 'none' }
  /** A PodDisruptionBudget lets no pod of a node group go. */
  | { readonly fault: 'cannot drain'; readonly group: number }
  /** EKS refuses to update or make something, for a reason that nobody could know before. */
  | { readonly fault: 'refused'; readonly action: string }
  | { readonly fault: 'throttled'; readonly action: string; readonly times: number }
  /** The functions may not read something: for a while, until a new permission is known everywhere, or for good. */
  | { readonly fault: 'denied read'; readonly service: 'cloudformation' | 'eks'; readonly action: string }
  | { readonly fault: 'error insight' }
  | { readonly fault: 'unhealthy group'; readonly group: number }
  /** Somebody upgrades the control plane in the console. */
  | { readonly fault: 'console upgrade' };

const UPDATES = [
  'UpdateNodegroupVersion', 'UpdateNodegroupConfig', 'UpdateClusterVersion', 'UpdateAddon', 'CreateNodegroup', 'CreateAddon',
];
const READS = [
  'DescribeCluster', 'DescribeNodegroup', 'DescribeAddon', 'DescribeAddonVersions', 'ListInsights', 'ListUpdates', 'ListNodegroups',
];

/** What the guard reads of CloudFormation. */
const STACK_READS = ['DescribeStacks', 'DescribeChangeSet', 'GetTemplate', 'ListStackResources'];

export const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Fault>({ fault: 'none' }) },
  { weight: 2, arbitrary: fc.record({ fault: fc.constant('cannot drain' as const), group: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ fault: fc.constant('refused' as const), action: fc.constantFrom(...UPDATES) }) },
  fc.record({ fault: fc.constant('throttled' as const), action: fc.constantFrom(...READS), times: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    fault: fc.constant('denied read' as const), service: fc.constant('cloudformation' as const), action: fc.constantFrom(...STACK_READS),
  }),
  fc.record({ fault: fc.constant('denied read' as const), service: fc.constant('eks' as const), action: fc.constantFrom(...READS) }),
  fc.record({ fault: fc.constant('error insight' as const) }),
  fc.record({ fault: fc.constant('unhealthy group' as const), group: fc.nat({ max: 3 }) }),
  fc.record({ fault: fc.constant('console upgrade' as const) }),
);

/** Whether EKS may fail what the guard could not foresee. */
export function isUnforeseeable({ fault }: Fault): boolean {
  return fault === 'cannot drain' || fault === 'refused';
}

/** Whether the guard cannot read something of CloudFormation, which leaves other sources to it. */
export function hides(fault: Fault, action: 'DescribeChangeSet' | 'DescribeStacks' | 'GetTemplate'): boolean {
  return fault.fault === 'denied read' && fault.action === action;
}

/** Lets a fault happen; what comes back ends it. */
export function strike(cloud: Cloud, cluster: ClusterRecord, fault: Fault): () => void {
  const { aws } = cloud;
  const groupAt = (index: number) => [...cluster.nodegroups.values()][index % Math.max(1, cluster.nodegroups.size)];
  const insights = cluster.insights;
  const failing = (kind: 'accessDenied' | 'throttled' | 'serverError', action: string, times?: number) => {
    aws.fail({ service: 'eks', fault: kind, action, times });
    return () => { void aws.clearFaults(); };
  };
  switch (fault.fault) {
    case 'none': return () => {};
    case 'cannot drain': {
      const group = groupAt(fault.group);
      if (group) group.cannotDrain = true;
      return () => { delete group?.cannotDrain; };
    }
    case 'refused': return failing('accessDenied', fault.action, 1);
    case 'throttled': return failing('throttled', fault.action, fault.times);
    case 'denied read':
      if (fault.service === 'cloudformation') cloud.behaviour.deniedToFunctions = [fault.action];
      else aws.deny = ({ service, action }, isSigned) => !isSigned && service === 'eks' && action === fault.action;
      return () => {
        cloud.behaviour.deniedToFunctions = [];
        aws.deny = undefined;
      };
    case 'error insight':
      cluster.insights = insights.map((insight) => ({ ...insight, insightStatus: { status: 'ERROR', reason: 'a removed API is in use' } }));
      return () => { cluster.insights = insights; };
    case 'unhealthy group': {
      const group = groupAt(fault.group);
      group?.issues.push({ code: 'AsgInstanceLaunchFailures', message: 'no capacity', resourceIds: [] });
      return () => { group?.issues.pop(); };
    }
    case 'console upgrade': {
      const before = cluster.version;
      const next = plus(before, 1);
      const isOffered = aws.eks.catalog.versions.some(({ version }) => version === next);
      // EKS refuses it in the console as well where nodes are too old
      const takesNodes = [...cluster.nodegroups.values()].every(({ version }) => version === undefined || isWithinSkew(next, version));
      if (!isOffered || !takesNodes) return () => {};
      cluster.version = next;
      cluster.lastUpgrade = { from: before, completedAt: aws.clock.now() };
      cluster.insights = passingUpgradeInsights(nextVersion(next)).map((insight) => ({ ...seenAt(aws.clock.now()), ...insight }));
      return () => {};
    }
  }
}
