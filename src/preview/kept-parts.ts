import { Part, partsOf } from '../engine/change/cluster-in-templates';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { ADD_ON_TYPE, NODE_GROUP_TYPE } from '../engine/state/deployed-stack';

/** What a stack has made and keeps, whether or not something declares it. */
export function keptParts(
  type: typeof NODE_GROUP_TYPE | typeof ADD_ON_TYPE, { declaration, state, wanted, deployed }: WantedCluster,
): Part[] {
  return partsOf(type, declaration, state.name, { wanted, deployed }).filter(({ isDeployed, isWanted }) => isDeployed && isWanted);
}
