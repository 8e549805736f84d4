import { CfnResource, Stack } from 'aws-cdk-lib';
import { Carried } from '../diagnostics/carried';
import { stacksAround } from '../diagnostics/stacks-around';

interface Order {
  readonly guards: CfnResource[];
  /** Those in nested stacks included. */
  readonly clusters: CfnResource[];
}

const Orders = new Carried<Order>('GuardOrder');

/**
 * Lets a cluster wait for all guards of its stack, and of the stacks in which that is nested.
 *
 * A guard that refuses rolls the whole stack back; no cluster of it may be on its way by then. A guard refers to no cluster,
 * so that none can come to wait for itself. Guards in stacks nested beside each other run when their stack's turn comes.
 */
export function orderAfterGuards(cluster: CfnResource): void {
  const own = Stack.of(cluster);
  for (const stack of [own, ...stacksAround(own)]) {
    const { guards, clusters } = orderIn(stack);
    guards.forEach((guard) => cluster.node.addDependency(guard));
    clusters.push(cluster);
  }
}

/** Lets all clusters of a guard's stack wait for it, those that are made later included. */
export function orderBeforeClusters(guard: CfnResource): void {
  const { guards, clusters } = orderIn(Stack.of(guard));
  clusters.forEach((cluster) => cluster.node.addDependency(guard));
  guards.push(guard);
}

function orderIn(stack: Stack): Order {
  return Orders.of(stack) ?? Orders.give(stack, { guards: [], clusters: [] });
}
