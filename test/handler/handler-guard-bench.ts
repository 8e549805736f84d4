/**
 * A stack with a cluster that is about to be upgraded, for tests of the guard.
 */
import { HandlerBench, type Answer, type Invocation } from './handler-bench';
import type { UpgradeGuardProperties } from '../../src/engine/change/resource-properties';
import type { CustomResourceEvent } from '../../src/handler/custom-resource-event';
import type { StackResourceSeed } from '../aws/cloudformation';
import type { ClusterSeed } from '../aws/eks';
import type { ClusterRecord } from '../aws/eks-region';

/** Starts a local AWS whose stack `app` has the cluster `prod` with 1.35, in good order. */
export async function startGuardBench(): Promise<HandlerBench> {
  const bench = await HandlerBench.start();
  putStack(bench, 'UPDATE_IN_PROGRESS');
  bench.aws.publishAmis({ minors: ['1.34', '1.35', '1.36', '1.37'], date: '2026-11-04' });
  putCluster(bench);
  return bench;
}

/** Puts the stack into a status, with its clusters and whatever else it has. */
export function putStack(bench: HandlerBench, status: string, others: StackResourceSeed[] = [], mode?: 'EXPRESS'): void {
  bench.aws.cloudFormation.putStack({
    name: 'app',
    status,
    mode,
    resources: [
      { logicalId: 'Cluster', type: 'AWS::EKS::Cluster', physicalId: 'prod' },
      { logicalId: 'Cluster2', type: 'AWS::EKS::Cluster', physicalId: 'staging' },
      { logicalId: 'BeingCreated', type: 'AWS::EKS::Cluster', status: 'CREATE_IN_PROGRESS' },
      { logicalId: 'Deleted', type: 'AWS::EKS::Cluster', physicalId: 'prod', status: 'DELETE_COMPLETE' },
      ...others,
    ],
  });
}

/** Puts a cluster in place of `prod`. */
export function putCluster(bench: HandlerBench, seed: Partial<ClusterSeed> = {}): ClusterRecord {
  return bench.aws.eks.addCluster({
    version: '1.35',
    nodegroups: [{ name: 'workers' }],
    addons: [{ name: 'coredns' }, { name: 'kube-proxy' }],
    ...seed,
  });
}

/** What CloudFormation asks the guard of `prod` when the version changes to 1.36; before, the template wanted what is. */
export function guardEvent(
  bench: HandlerBench, properties: Partial<UpgradeGuardProperties> = {}, members: Partial<CustomResourceEvent> = {},
): CustomResourceEvent {
  const all: UpgradeGuardProperties = {
    ClusterLogicalId: 'Cluster',
    TargetVersion: '1.36',
    Mode: 'enforce',
    Ignore: [],
    MaxInsightAgeMinutes: '60',
    WaitForOngoingUpdateSeconds: '0',
    AddOns: [],
    NodeGroups: [],
    ...properties,
  };
  return bench.event({
    RequestType: 'Update',
    ResourceType: 'Custom::EksUpgradeGuard',
    ResourceProperties: all,
    OldResourceProperties: { ...all, TargetVersion: bench.aws.eks.clusters.get('prod')?.version, AddOns: [], NodeGroups: [] },
    ...members,
  });
}

/** Lets the guard look at {@link guardEvent}. */
export async function guard(bench: HandlerBench, properties: Partial<UpgradeGuardProperties> = {}, invocation: Invocation = {}): Promise<Answer> {
  return bench.serve(guardEvent(bench, properties), invocation);
}

/** The ids of the findings in the log. */
export function findingsIn(bench: HandlerBench, kind: 'finding' | 'acceptedFinding' = 'finding'): string[] {
  return bench.log.flatMap((entry) => (entry[kind] as { id: string } | undefined)?.id ?? []);
}
