import type { VersionsEvent } from './add-on-versions';
import { ResourceData } from './custom-resource-event';
import { RequestScope } from './runtime';
import { Known, known } from '../engine/state/known';
import { attempt } from '../live/attempt';
import { AwsConnection } from '../live/aws-connection';
import { cloudFormationOf } from '../live/cloudformation/cloudformation-client';
import { readStackState } from '../live/cloudformation/stack-state';

/**
 * Resolves the versions of a cluster's add-ons, each into its attribute.
 *
 * What this update is not about stays as it is: an add-on moves with the Kubernetes version or its own policy, not because another one was
 * added. In a rollback of the stack all of them stay: what was installed worked with the control plane, which does not go back. There
 * nothing is refused, because CloudFormation would be stuck between two templates; the same holds when it cannot be told whether it is one.
 *
 * @throws if a version cannot be resolved; the message says why, for every add-on that is concerned
 */
export async function resolveAddOnVersions(event: VersionsEvent, aws: AwsConnection, scope: RequestScope): Promise<ResourceData> {
  const rollsBack = await readRollsBack(event, aws);
  if (!rollsBack.known) scope.log({ message: `whether the stack is rolling back is not known, so nothing is refused: ${rollsBack.why}` });

  const { resolveVersions } = await import('./add-on-versions.js');
  return resolveVersions(event, rollsBack, aws, scope);
}

/** Nothing is created in a rollback. */
async function readRollsBack({ RequestType, StackId }: VersionsEvent, aws: AwsConnection): Promise<Known<boolean>> {
  if (RequestType === 'Create') return known(false);
  return attempt(async () => (await readStackState(cloudFormationOf(aws), StackId)).isRollingBack);
}
