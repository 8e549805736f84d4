import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { AppObjects } from '../../src/engine/state/app-objects';
import { known, notKnown } from '../../src/engine/state/known';
import { GuardedStack } from '../../src/handler/guarded-stack';
import { theOnly } from '../cluster/_fixtures';

/** With the paths of constructs in its templates, as the CDK's CLI has them made; without them, the guard is told of everything. */
export const WITH_PATHS = { 'aws:cdk:enable-path-metadata': true };

/** What the guard of a stack knows of what the app applies to its cluster, from the template alone. */
export function toldOfObjects(stack: Stack): AppObjects {
  const template = Template.fromStack(stack).toJSON();
  const { logicalId, Properties } = theOnly(template.Resources, 'Custom::EksUpgradeGuard');
  const { objects } = new GuardedStack({
    RequestType: 'Update',
    StackId: 'arn:aws:cloudformation:us-west-2:111122223333:stack/Stack/1',
    LogicalResourceId: logicalId,
    ResourceProperties: Properties as never,
  }, {
    stack: notKnown('not asked'), template: known(template), changeSet: known(undefined), resources: known([]),
  }).cluster;
  return objects!;
}
