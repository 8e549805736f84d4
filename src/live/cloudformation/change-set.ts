import {
  Change, CloudFormationClient, DescribeChangeSetCommand, DescribeChangeSetOutput, ResourceChange as DescribedChange, ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { withPart } from './with-part';
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
  const after = propertiesIn(AfterContext);
  return {
    action: Action!,
    type: ResourceType!,
    ...PhysicalResourceId && { physicalId: PhysicalResourceId },
    replacement: Replacement ?? 'False',
    ...PolicyAction === 'Retain' && { isRetained: true },
    details: Details.filter((detail) => !isInSync(detail)).map(changedAttributeOf),
    before: withActual(propertiesIn(BeforeContext), after, Details.filter(isInSync)),
    after,
  };
}

/**
 * Whether the resource is there already what the template now says, so that only the drift status changes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
function isInSync({ Target: target }: ResourceChangeDetail): boolean {
  return target?.AttributeChangeType === 'SyncWithActual';
}

/** The properties before, which may be those of the last deployment, with what is in sync as the resource has it: as after. */
function withActual(before: ResourceChange['before'], after: ResourceChange['after'], inSync: readonly ResourceChangeDetail[]) {
  if (!before.known || !after.known) return before;
  const paths = inSync.flatMap(({ Target: target }) => target?.Path?.startsWith('/Properties/') ? [namesIn(target.Path).slice(1)] : []);
  // from the last item of a list to its first, since one that is absent after moves up those behind it
  return known(paths.reduceRight((actual, path) => withPart(actual, after.value, path) as typeof actual, before.value));
}

/** The names in a JSON pointer: `Properties`, `Labels` and `team` of `/Properties/Labels/team`. */
function namesIn(pointer: string): string[] {
  return pointer.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
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
