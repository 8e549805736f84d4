import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { rollOrderOf } from '../engine/change/roll-order';
import { GuardedOrder } from '../guard/guarded-schedule';
import { declarationsOf, nameOf } from '../preview/app-declarations';

/** In which order the node groups of a cluster roll that are in a stack, and what bakes, as the guard there is told of it. */
export function guardedOrder(cluster: IConstruct, stack: Stack): GuardedOrder {
  const declaration = declarationsOf(cluster.node.root).clusters.find(({ path }) => path === cluster.node.path);
  if (!declaration) return {};
  const nodeGroups = declaration.nodeGroups.filter(({ stackName }) => stackName === nameOf(stack));
  const { order, controlPlaneBakeSeconds } = rollOrderOf({ ...declaration, nodeGroups }, ({ logicalId }) => stack.resolve(logicalId));
  return {
    Order: Object.fromEntries(
      Object.entries(order).map(([id, { after, bakeSeconds }]) => [id, { After: after, BakeSeconds: String(bakeSeconds) }]),
    ),
    ControlPlaneBakeSeconds: controlPlaneBakeSeconds === 0 ? undefined : String(controlPlaneBakeSeconds),
  };
}
