import { ClusterState } from './cluster-state';
import { known } from './known';

/** A cluster that does not exist yet, as EKS would show it right after it was created with nothing in it. */
export function stateOfNewCluster({ name, version, observedAt }: Pick<ClusterState, 'name' | 'version' | 'observedAt'>): ClusterState {
  return {
    name,
    arn: '',
    observedAt,
    version,
    status: 'CREATING',
    healthIssues: [],
    supportType: known('EXTENDED'),
    autoMode: false,
    updatesInProgress: known([]),
    versionHistory: known([]),
    nodeGroups: known([]),
    unreadNodeGroups: [],
    addOns: known([]),
    unreadAddOns: [],
    insights: known([]),
    subnets: known([]),
    fargateProfiles: known([]),
  };
}
