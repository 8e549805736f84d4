import { CustomResourceEvent, ResourceData } from './custom-resource-event';
import { letThrough } from './let-through';
import { RequestScope } from './runtime';
import { UpgradeGuardProperties } from '../engine/change/resource-properties';
import { AwsConnection } from '../live/aws-connection';
import { cloudFormationOf } from '../live/cloudformation/cloudformation-client';
import { readStackDeployment } from '../live/cloudformation/stack-deployment';

/**
 * Guards a cluster: refuses what a deployment is about to do with it when that would fail or hurt, before CloudFormation touches it.
 *
 * Lets through what changes nothing that is judged, what creates the cluster, and everything in a rollback of the stack. Where it
 * cannot be told whether the stack is rolling back, only what moves a cluster forward or replaces something is refused. Reads only, but
 * for asking EKS to look anew where its insights are too old.
 *
 * A rollback waits for the state of the stack alone. What judges is loaded once CloudFormation has been asked.
 *
 * @throws if the change is refused, with the first findings in the message, or if the cluster cannot be read
 */
export async function guardUpgrade(
  event: CustomResourceEvent<UpgradeGuardProperties>, aws: AwsConnection, scope: RequestScope,
): Promise<ResourceData> {
  const deployment = await readStackDeployment(cloudFormationOf(aws), event.StackId);
  if (deployment === undefined) return letThrough('the stack is rolling back', scope);

  const { judge } = await import('./guard-judgement.js');
  return judge(event, deployment, aws, scope);
}
