import {
  Change, CloudFormationClient, DescribeChangeSetCommand, DescribeChangeSetOutput, ResourceChange as DescribedChange, ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { ChangedAttribute, ChangeSetState, isKnownAfterApply, ResourceChange } from '../../engine/state/change-set-state';
import { Known, known, notKnown } from '../../engine/state/known';
import { StackState } from '../../engine/state/stack-state';
import { attempt } from '../attempt';

/**
 * The change set that CloudFormation is executing; the value is undefined where it is executing none, because the stack is
 * created or updated without one.
 *
 * Whether AWS describes a change set while it executes it is not documented: where it does not, that is the reason of what is not known.
 * Needs `cloudformation:DescribeChangeSet` on the stack.
 *
 * @param stack what {@link readStackState} tells of it
 */
export async function readExecutingChangeSet(
  cloudFormation: CloudFormationClient, { changeSetId }: Pick<StackState, 'changeSetId'>,
): Promise<Known<ChangeSetState | undefined>> {
  if (changeSetId === undefined) return known(undefined);
  const changeSet = await attempt(async () => readChangeSet(cloudFormation, changeSetId));
  return changeSet.known && !changeSet.value.isExecuting ? known(undefined) : changeSet;
}

/**
 * A change set with all that it does. Needs `cloudformation:DescribeChangeSet` on the stack.
 *
 * @param changeSetId its ARN
 * @throws AwsCallError
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html
 */
export async function readChangeSet(cloudFormation: CloudFormationClient, changeSetId: string): Promise<ChangeSetState> {
  const changes: Change[] = [];
  let page: DescribeChangeSetOutput;
  let NextToken: string | undefined;
  do {
    page = await cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: changeSetId, IncludePropertyValues: true, NextToken }));
    changes.push(...page.Changes ?? []);
    NextToken = page.NextToken;
  } while (NextToken);
  return {
    isExecuting: page.ExecutionStatus === 'EXECUTE_IN_PROGRESS',
    resources: Object.fromEntries(changes.flatMap(({ ResourceChange: change }) =>
      change ? [[change.LogicalResourceId!, resourceChangeOf(change)]] : [])),
  };
}

function resourceChangeOf(change: DescribedChange): ResourceChange {
  const { Action, ResourceType, PhysicalResourceId, PolicyAction, Replacement, Details = [], BeforeContext, AfterContext } = change;
  return {
    action: Action!,
    type: ResourceType!,
    ...PhysicalResourceId && { physicalId: PhysicalResourceId },
    replacement: Replacement ?? 'False',
    ...PolicyAction === 'Retain' && { isRetained: true },
    details: Details.map(changedAttributeOf),
    before: propertiesIn(BeforeContext),
    after: propertiesIn(AfterContext),
  };
}

function changedAttributeOf({ Target: target = {}, Evaluation }: ResourceChangeDetail): ChangedAttribute {
  return {
    attribute: target.Attribute ?? 'Properties',
    ...target.Name && { name: target.Name },
    ...target.Path && { path: target.Path },
    requiresRecreation: target.RequiresRecreation ?? 'Never',
    evaluation: Evaluation ?? 'Static',
    ...target.BeforeValue !== undefined && { before: valueOf(target.BeforeValue) },
    ...target.AfterValue !== undefined && { after: valueOf(target.AfterValue) },
  };
}

/** Where CloudFormation cuts a value it says so by no member; the properties of the whole resource are told in full, or not at all. */
function valueOf(value: string): Known<string> {
  return isKnownAfterApply(value) ? notKnown('it is known after other resources have been deployed') : known(value);
}

/** The context of a resource is JSON; a very large one is cut. */
function propertiesIn(context: string | undefined): ResourceChange['before'] {
  if (!context) return notKnown('CloudFormation does not tell the properties of the resource');
  try {
    return known(JSON.parse(context).Properties ?? {});
  } catch {
    return notKnown('CloudFormation tells the properties of the resource in part only');
  }
}
