import { leavesDeployment, Place, Stacks } from './cluster-in-templates';
import { CLUSTER_TYPES } from '../state/deployed-stack';

/** A cluster that a stack has, and that CloudFormation deletes with a deployment. */
export interface LeavingCluster extends Place {
  /** In EKS. */
  readonly name: string;
}

/** The clusters that leave their template, or go with a nested stack, and are not retained. */
export function leavingClusters(stacks: Stacks): LeavingCluster[] {
  return Object.entries(stacks.deployed).flatMap(([stackName, { resources, physicalIds }]) => {
    const wanted = stacks.wanted[stackName];
    if (!wanted && !leavesDeployment(stackName, stacks)) return [];
    return Object.keys(resources)
      .filter((id) => CLUSTER_TYPES.includes(resources[id].type) && !resources[id].isRetained && !wanted?.[id])
      .flatMap((logicalId) => physicalIds[logicalId] === undefined ? [] : [{ stackName, logicalId, name: physicalIds[logicalId] }]);
  });
}
