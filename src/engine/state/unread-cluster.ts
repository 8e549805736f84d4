import { ClusterState } from './cluster-state';
import { notKnown } from './known';

/** A cluster of which only that is known what its stack tells. */
export function unreadCluster({ name, version, stackId, now, why }: StackTold): ClusterState {
  const [, partition, , region, account] = stackId.split(':');
  const unread = notKnown(why);
  return {
    name,
    arn: `arn:${partition}:eks:${region}:${account}:cluster/${name}`,
    observedAt: now.toISOString(),
    version,
    creation: {},
    status: 'UNKNOWN',
    healthIssues: [],
    supportType: unread,
    autoMode: false,
    updatesInProgress: unread,
    versionHistory: unread,
    nodeGroups: unread,
    unreadNodeGroups: [],
    addOns: unread,
    unreadAddOns: [],
    insights: unread,
    subnets: unread,
    fargateProfiles: unread,
  };
}

/** What a stack tells of its cluster. */
interface StackTold {
  readonly name: string;
  readonly version: string;
  readonly stackId: string;
  readonly now: Date;
  /** Why nothing else is known. */
  readonly why: string;
}
