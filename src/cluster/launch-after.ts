import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { templateIn } from '../node-group/launch-template-image';
import { imageOf } from '../node-group/launched-image';

/**
 * Lets the launch template that names the golden image of a node group wait for what guards it. Else CloudFormation would publish a version before the guard
 * refuses, and one more when it rolls back: the node group, which follows the latest version, would roll with the next deployment.
 *
 * @param first undefined where there is no guard
 */
export function launchAfter(group: CfnNodegroup, first: CfnResource | undefined): void {
  const template = imageOf(group) && templateIn(group.launchTemplate);
  if (template && first && Stack.of(template) === Stack.of(first)) {
    template.node.addDependency(first);
  }
}
