import { CfnResource, Stack } from 'aws-cdk-lib';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { referencesIn } from '../engine/change/template-references';

/**
 * Lets nothing that an add-on waits for wait for the add-on.
 *
 * Add-ons belong to the cluster's construct, those that come after nodes included. To make nodes, their launch template or role
 * wait for that construct or for one that holds it, `group.node.addDependency(cluster)`, works with the L2, and means all of it
 * that can be there before.
 *
 * To be called when dependencies between constructs have become those between resources, for what is deployed last first.
 *
 * @param users what waits for the add-on and is meant to
 */
export function freePrerequisitesFrom(addOn: CfnResource, users: readonly CfnResource[]): void {
  freeFrom(addOn, resourcesBeside(addOn).filter((resource) => !users.includes(resource)));
}

/**
 * Lets none of the given resources wait for a resource that itself waits for them.
 *
 * To be called when dependencies between constructs have become those between resources.
 */
export function freeFrom(resource: CfnResource, waiting: readonly CfnResource[]): void {
  const dependents = waiting.filter((one) => one.obtainDependencies().includes(resource));
  if (dependents.length > 0) {
    const byLogicalId = new Map(resourcesBeside(resource).map((one) => [Stack.of(one).resolve(one.logicalId) as string, one]));
    const needed = neededBy(resource, byLogicalId);
    dependents.filter((one) => needed.has(one)).forEach((one) => one.removeDependency(resource));
  }
}

function resourcesBeside(resource: CfnResource): CfnResource[] {
  const stack = Stack.of(resource);
  return stack.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child) && Stack.of(child) === stack);
}

/** All that CloudFormation makes before a resource. */
function neededBy(resource: CfnResource, byLogicalId: Map<string, CfnResource>): Set<CfnResource> {
  const needed = new Set<CfnResource>();
  const visit = (user: CfnResource) => {
    const used = [...referencesIn(renderedProperties(user)).map((id) => byLogicalId.get(id)), ...user.obtainDependencies()];
    used.filter((one): one is CfnResource => one instanceof CfnResource && !needed.has(one)).forEach((one) => {
      needed.add(one);
      visit(one);
    });
  };
  visit(resource);
  return needed;
}
