import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { freeFrom } from './prerequisites-first';
import { followsLatest, templateIn } from '../node-group/launch-template-image';

/**
 * Lets the launch template of this app whose latest version a node group follows wait for what guards the node group. Else
 * CloudFormation would publish a version before the guard refuses, and one more when it rolls back: the node group would roll
 * with a later deployment, to a version that says the same.
 *
 * @param first undefined where there is no guard
 */
export function launchAfter(group: CfnNodegroup, first: CfnResource | undefined): void {
  const template = templateIn(group.launchTemplate);
  if (template && first && Stack.of(template) === Stack.of(first) && followsLatest(versionIn(group))) {
    template.node.addDependency(first);
    template.node.addValidation({
      validate: () => {
        freeFrom(first, [template]); // where the cluster waits for a construct that holds the launch template
        return [];
      },
    });
  }
}

function versionIn({ launchTemplate }: CfnNodegroup): string | undefined {
  return launchTemplate && 'version' in launchTemplate ? launchTemplate.version : undefined;
}
