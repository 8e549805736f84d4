import { ClusterDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { wantedCluster } from '../../../src/engine/judgement/wanted-cluster';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { DeployedStack } from '../../../src/engine/state/deployed-stack';
import { aCatalog, aCluster, anUpgradedCluster } from '../a-cluster';

const resources = { Cluster: { type: 'AWS::EKS::Cluster', properties: { Version: '1.35' } } };
const DECLARATION = { path: 'S/Cluster', stackName: 'S', logicalId: 'Cluster', nodeGroups: [], addOns: [], bakes: [] } as unknown as ClusterDeclaration;

describe('a stack that has stopped, whose template names 1.35', () => {
  const previousVersionOf = (state: ClusterState, stack: Partial<DeployedStack> = {}) => wantedCluster({
    declaration: DECLARATION,
    state,
    catalog: aCatalog(),
    wanted: { S: resources },
    deployed: { S: { resources, physicalIds: { Cluster: 'prod' }, status: 'UPDATE_FAILED', ...stack } },
  }).intent.previousVersion;

  test.each<[string, ClusterState, Partial<DeployedStack> | undefined, string | undefined]>([
    ['the cluster has still to get there', aCluster({ version: '1.34' }), {}, undefined],
    ['others have taken it on, and EKS does not take it back', aCluster({ version: '1.36' }), {}, '1.35'],
    ['EKS would take it back, so that this may be still to be sent', anUpgradedCluster(), {}, undefined],
    ['its own update failed, which CloudFormation sends again', aCluster({ version: '1.36' }), { failed: ['Cluster'] }, undefined],
    ['the update of another resource failed', aCluster({ version: '1.36' }), { failed: ['Other'] }, '1.35'],
    ['it has not stopped', aCluster({ version: '1.34' }), { status: 'UPDATE_COMPLETE' }, '1.35'],
  ])('%s', (_, state, stack, expected) => {
    expect(previousVersionOf(state, stack)).toBe(expected);
  });
});
