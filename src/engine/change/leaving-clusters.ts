import { leavesDeployment, Place, Stacks } from './cluster-in-templates';
import { clustersOf } from '../state/deployed-stack';

/** A cluster that a stack has, and that CloudFormation deletes with a deployment. */
export interface LeavingCluster extends Place {
  /** In EKS. */
  readonly name: string;
}

/** The clusters that leave their template, or go with a nested stack, and are not retained. */
export function leavingClusters(stacks: Stacks): LeavingCluster[] {
  return Object.entries(stacks.deployed).flatMap(([stackName, deployed]) => {
    const wanted = stacks.wanted[stackName];
    if (!wanted && !leavesDeployment(stackName, stacks)) return [];
    return clustersOf(deployed)
      .filter(({ logicalId, resource }) => !resource.isRetained && !wanted?.[logicalId])
      .map(({ logicalId, name }) => ({ stackName, logicalId, name }));
  });
}
