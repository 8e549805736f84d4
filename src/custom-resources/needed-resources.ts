import { CfnResource, Stack } from 'aws-cdk-lib';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { referencesIn } from '../engine/change/template-references';

/** The resources of the stack of a resource. */
export function resourcesBeside(resource: CfnResource): CfnResource[] {
  const stack = Stack.of(resource);
  return stack.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child) && Stack.of(child) === stack);
}

/**
 * All that CloudFormation makes before a resource.
 *
 * To be asked when dependencies between constructs have become those between resources.
 */
export function neededBy(resource: CfnResource): Set<CfnResource> {
  const byLogicalId = new Map(resourcesBeside(resource).map((one) => [Stack.of(one).resolve(one.logicalId) as string, one]));
  const needed = new Set<CfnResource>();
  const visit = (user: CfnResource) => {
    const used = [...referencesIn(renderedProperties(user)).map((id) => byLogicalId.get(id)), ...user.obtainDependencies()];
    used.filter((one): one is CfnResource => CfnResource.isCfnResource(one) && !needed.has(one)).forEach((one) => {
      needed.add(one);
      visit(one);
    });
  };
  visit(resource);
  return needed;
}
