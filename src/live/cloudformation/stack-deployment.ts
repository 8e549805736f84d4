import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { readExecutingChangeSet } from './change-set';
import { isThere } from './resource-status';
import { readStackState } from './stack-state';
import { readTemplate } from './template';
import { ChangeSetState } from '../../engine/state/change-set-state';
import { Template } from '../../engine/state/deployed-stack';
import { Known, known } from '../../engine/state/known';
import { StackState } from '../../engine/state/stack-state';
import { allPages } from '../all-pages';
import { attempt } from '../attempt';

/** A stack in the middle of a deployment, as CloudFormation tells it. */
export interface StackDeployment {
  readonly stack: Known<StackState>;
  /** During an update the one that is wanted, in a rollback the one that it goes back to. */
  readonly template: Known<Template>;
  /** Undefined where none is being executed. */
  readonly changeSet: Known<ChangeSetState | undefined>;
  /** What the stack has. */
  readonly resources: Known<readonly StackResource[]>;
}

/** A resource that a stack has. */
export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** Whether its last update failed. */
  readonly hasFailed: boolean;
}

/**
 * Reads what CloudFormation tells of a stack and of what it is doing to it.
 *
 * @returns undefined where the stack is rolling back, which waits for nothing but this answer: whatever else fails cannot block it
 */
export async function readStackDeployment(cloudFormation: CloudFormationClient, stackId: string): Promise<StackDeployment | undefined> {
  const besides = Promise.all([
    attempt(async () => readTemplate(cloudFormation, stackId)), attempt(async () => readStackResources(cloudFormation, stackId)),
  ]);
  besides.catch(() => undefined); // awaited below, but not in a rollback
  const state = await attempt(async () => readStackState(cloudFormation, stackId));
  if (state.known && state.value.isRollingBack) return undefined;
  const [{ stack, changeSet }, [template, resources]] = await Promise.all([withChangeSet(cloudFormation, state), besides]);
  return { stack, changeSet, template, resources };
}

async function withChangeSet(
  cloudFormation: CloudFormationClient, stack: Known<StackState>,
): Promise<Pick<StackDeployment, 'stack' | 'changeSet'>> {
  if (!stack.known) return { stack, changeSet: stack };
  const [isExpress, changeSet] = await Promise.all([
    isDeployedInExpressMode(cloudFormation, stack.value), readExecutingChangeSet(cloudFormation, stack.value),
  ]);
  return { stack: known({ ...stack.value, isExpress }), changeSet };
}

/**
 * A nested stack is deployed in the mode of the one at the top; whether CloudFormation says so of itself is not documented.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-express-mode.html#express-mode-nested-stacks
 */
async function isDeployedInExpressMode(cloudFormation: CloudFormationClient, { isExpress, rootId }: StackState): Promise<boolean> {
  if (isExpress || rootId === undefined) return isExpress;
  const root = await attempt(async () => readStackState(cloudFormation, rootId));
  return root.known && root.value.isExpress;
}

/** Needs `cloudformation:ListStackResources`. */
async function readStackResources(cloudFormation: CloudFormationClient, stackId: string): Promise<StackResource[]> {
  const pages = paginateListStackResources({ client: cloudFormation }, { StackName: stackId });
  const listed = await allPages(pages, ({ StackResourceSummaries }) => StackResourceSummaries);
  return listed
    .filter(isThere)
    .filter(({ PhysicalResourceId }) => PhysicalResourceId)
    .map(({ LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus }) => ({
      logicalId: LogicalResourceId!, physicalId: PhysicalResourceId!, type: ResourceType!, hasFailed: ResourceStatus === 'UPDATE_FAILED',
    }));
}
