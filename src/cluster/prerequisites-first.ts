import { CfnResource } from 'aws-cdk-lib';
import { neededBy, resourcesBeside } from '../custom-resources/needed-resources';
import { removeDependency } from '../diagnostics/resource-dependencies';
import { NESTED_STACK_TYPE } from '../engine/state/deployed-stack';

/** Something that an app lets wait for an add-on which itself waits for it. */
export interface WaitingInCircle {
  readonly addOn: CfnResource;
  readonly waiting: CfnResource;
}

/**
 * Lets nothing that an add-on waits for wait for the add-on, but for what the app lets wait for the add-on itself.
 *
 * Add-ons belong to the cluster's construct, those that come after nodes included. To make nodes, their launch template or role
 * wait for that construct or for one that holds it, `group.node.addDependency(cluster)`, works with the L2, and means all of it
 * that can be there before.
 *
 * To be called when dependencies between constructs have become those between resources, for what is deployed last first.
 *
 * @param users what waits for the add-on and is meant to
 * @returns what the app lets wait for the add-on itself: a circle that only the app can open
 */
export function freePrerequisitesFrom(addOn: CfnResource, users: readonly CfnResource[]): WaitingInCircle[] {
  const circle = waitingInCircle(addOn, resourcesBeside(addOn).filter((resource) => !users.includes(resource)));
  const meant = circle.filter((one) => isMeant(one, addOn));
  circle.filter((one) => !meant.includes(one)).forEach((one) => removeDependency(one, addOn));
  return meant.map((waiting) => ({ addOn, waiting }));
}

/**
 * Lets none of the given resources wait for a resource that itself waits for them.
 *
 * To be called when dependencies between constructs have become those between resources.
 */
export function freeFrom(resource: CfnResource, waiting: readonly CfnResource[]): void {
  waitingInCircle(resource, waiting).forEach((one) => removeDependency(one, resource));
}

function waitingInCircle(resource: CfnResource, waiting: readonly CfnResource[]): CfnResource[] {
  const dependents = waiting.filter((one) => one.obtainDependencies().includes(resource));
  if (dependents.length === 0) return [];
  const needed = neededBy(resource);
  return dependents.filter((one) => needed.has(one));
}

/**
 * Whether a resource, or a construct that holds it, was told to wait for the add-on, and not for the cluster that holds it. Of a
 * nested stack, which waits for whatever something in it was told to wait for, nobody can say.
 */
function isMeant(resource: CfnResource, addOn: CfnResource): boolean {
  if (resource.cfnResourceType === NESTED_STACK_TYPE) return false;
  const causes = resource.node.scopes.flatMap(({ node }) => node.dependencies).filter((cause) => addOn.node.scopes.includes(cause));
  return causes.length === 0 || causes.some((cause) => cause === addOn || cause === addOn.node.scope);
}
