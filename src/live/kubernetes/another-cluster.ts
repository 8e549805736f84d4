import type { Cluster } from '@aws-sdk/client-eks';
import { KubernetesConnection } from './kubernetes-api';
import { NodeGroupState } from '../../engine/state/node-group-state';
import { WorkloadState } from '../../engine/state/workloads/workload-state';

/** The ID that EKS gives to an endpoint, such as `https://0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com`. */
const ENDPOINT_ID = /^https:\/\/([0-9A-F]{32})\./i;

/**
 * A connection of somebody's own, such as the context of a kubeconfig, leads to the cluster, and not to another one of EKS. A proxy or tunnel
 * may have any name.
 *
 * @throws if it leads to another one
 */
export function requireEndpointOf({ name, endpoint = '' }: Cluster, { server, called = server }: KubernetesConnection): void {
  const [there, here] = [server, endpoint].map((url) => ENDPOINT_ID.exec(url)?.[1].toUpperCase());
  if (there && here && there !== here) throw new Error(`${called} leads to another cluster than ${name}: ${server}, not ${endpoint}`);
}

/**
 * What was read by such a connection has nodes of the cluster's node groups, where EKS says that there are some.
 *
 * @throws if it has none of any of them
 */
export function requireNodesOf(
  { name }: Cluster, groups: readonly NodeGroupState[], { nodes }: Pick<WorkloadState, 'nodes'>,
  { server, called = server }: KubernetesConnection,
): void {
  const running = groups.filter(({ status, scaling }) => status === 'ACTIVE' && (scaling?.desiredSize ?? 0) > 0);
  const isThere = groups.some((group) => nodes.some(({ nodeGroup }) => nodeGroup === group.name));
  if (running.length === 0 || isThere) return;
  const names = running.map((group) => group.name).join(', ');
  throw new Error(`${called} leads to a cluster without any node of ${names}, which ${running.length === 1 ? 'is a node group' : 'are node groups'} `
    + `of ${name} with nodes: give the kubeconfig and context of ${name}, or see why its nodes do not join`);
}
