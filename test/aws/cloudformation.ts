/**
 * Stands in for AWS CloudFormation as far as reading stacks goes: it deploys nothing, stacks are what a test says they are.
 */
import type { ResourceChange, Stack, Tag } from '@aws-sdk/client-cloudformation';
import { ACCOUNT, AwsError, REGION, type AwsService, type Input } from './aws-service';
import { pageOf } from './pages';
import { awsQuery } from './wire-protocol';

const LARGEST_PAGE = 100;

/** A stack as a test describes it. */
export interface StackSeed {
  readonly name: string;

  /** @default 'UPDATE_IN_PROGRESS', which is what a custom resource sees */
  readonly status?: string;

  /** @default - none */
  readonly resources?: readonly StackResourceSeed[];

  /** @default - an empty template */
  readonly template?: object | string;

  /** The last one. @default - it was never deployed by one */
  readonly changeSet?: ChangeSetSeed;

  /** @default - none */
  readonly parameters?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;

  /** @default - CloudFormation says nothing of it */
  readonly mode?: 'STANDARD' | 'EXPRESS';

  /** ARN of the stack that holds it. @default - it is at the top */
  readonly rootId?: string;
}

/** A change set as a test describes it, named as in the API. */
export interface ChangeSetSeed {
  /** @default 'EXECUTE_IN_PROGRESS' */
  readonly executionStatus?: string;

  readonly changes: readonly ResourceChange[];
}

export interface StackResourceSeed {
  readonly logicalId: string;
  readonly type: string;

  /** Undefined while CloudFormation has not created it. */
  readonly physicalId?: string;

  /** @default 'CREATE_COMPLETE' */
  readonly status?: string;
}

export class CloudFormation implements AwsService {
  readonly name = 'cloudformation';
  readonly protocol = awsQuery('http://cloudformation.amazonaws.com/doc/2010-05-15/');
  readonly errorCodes = {
    accessDenied: { code: 'AccessDenied', status: 403 },
    throttled: { code: 'Throttling', status: 400 },
    serverError: { code: 'InternalFailure', status: 500 },
  };

  readonly actions = {
    DescribeStacks: ({ StackName, NextToken }: Input) => {
      const stacks = StackName ? [this.find(StackName)] : [...this.stacks.values()];
      const { items, nextToken } = pageOf(stacks, { nextToken: NextToken }, LARGEST_PAGE, 'ValidationError');
      return { Stacks: items.map(describeStack), NextToken: nextToken };
    },

    ListStacks: ({ NextToken }: Input) => {
      const { items, nextToken } = pageOf([...this.stacks.values()], { nextToken: NextToken }, LARGEST_PAGE, 'ValidationError');
      const summaries = items.map(describeStack)
        .map(({ StackId, StackName, StackStatus, CreationTime }) => ({ StackId, StackName, StackStatus, CreationTime }));
      return { StackSummaries: summaries, NextToken: nextToken };
    },

    DescribeStackResource: ({ StackName, LogicalResourceId }: Input) => {
      const stack = this.find(StackName);
      const resource = stack.resources?.find(({ logicalId }) => logicalId === LogicalResourceId);
      if (!resource) {
        throw new AwsError('ValidationError', `Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
      }
      return { StackResourceDetail: describeResource(stack, resource, 'LastUpdatedTimestamp') };
    },

    DescribeStackResources: ({ StackName, PhysicalResourceId, LogicalResourceId }: Input) => {
      const stack = StackName ? this.find(StackName) : this.findByResource(PhysicalResourceId);
      const resources = stack.resources?.filter(({ logicalId }) => (LogicalResourceId ?? logicalId) === logicalId) ?? [];
      return { StackResources: resources.map((resource) => describeResource(stack, resource, 'Timestamp')) };
    },

    ListStackResources: ({ StackName, NextToken }: Input) => {
      const stack = this.find(StackName);
      const { items, nextToken } = pageOf(stack.resources ?? [], { nextToken: NextToken }, LARGEST_PAGE, 'ValidationError');
      return {
        StackResourceSummaries: items.map((resource) => describeResource(stack, resource, 'LastUpdatedTimestamp')), NextToken: nextToken,
      };
    },

    GetTemplate: ({ StackName }: Input) => {
      const { template = {} } = this.find(StackName);
      return {
        TemplateBody: typeof template === 'string' ? template : JSON.stringify(template), StagesAvailable: ['Original', 'Processed'],
      };
    },

    DescribeChangeSet: ({ ChangeSetName, IncludePropertyValues, NextToken }: Input) => {
      const stack = [...this.stacks.values()].find((candidate) => candidate.changeSet && changeSetArn(candidate) === ChangeSetName);
      if (!stack) {
        throw new AwsError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, 404);
      }
      const { changes, executionStatus = 'EXECUTE_IN_PROGRESS' } = stack.changeSet!;
      const { items, nextToken } = pageOf(changes, { nextToken: NextToken }, this.changesAPage, 'ValidationError');
      return {
        ChangeSetId: ChangeSetName,
        StackId: stackArn(stack),
        Status: 'CREATE_COMPLETE',
        ExecutionStatus: executionStatus,
        Parameters: parameterList(stack),
        Changes: items.map((change) => ({
          Type: 'Resource', ResourceChange: IncludePropertyValues === 'true' ? change : withoutValues(change),
        })),
        NextToken: nextToken,
      };
    },
  };

  /** How many changes of a change set are told at once; CloudFormation counts bytes. */
  changesAPage = LARGEST_PAGE;

  private readonly stacks = new Map<string, StackSeed>();

  /** Puts a stack in place of whatever had its name. */
  putStack(stack: StackSeed): void {
    this.stacks.set(stack.name, stack);
  }

  resourceOf({ StackName = '*', ChangeSetName }: Input): string {
    const changed = [...this.stacks.values()].find((stack) => stack.changeSet && changeSetArn(stack) === ChangeSetName);
    if (changed) return stackArn(changed); // the only resource that the action knows
    return StackName.startsWith('arn:') ? StackName : `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${StackName}/*`;
  }

  private find(nameOrArn: string): StackSeed {
    const stack = [...this.stacks.values()].find((candidate) => [candidate.name, stackArn(candidate)].includes(nameOrArn));
    if (!stack) {
      throw new AwsError('ValidationError', `Stack with id ${nameOrArn} does not exist`);
    }
    return stack;
  }

  private findByResource(id: string): StackSeed {
    const stack = [...this.stacks.values()].find(({ resources }) => resources?.some(({ physicalId }) => physicalId === id));
    if (!stack) {
      throw new AwsError('ValidationError', `Stack for ${id} does not exist`);
    }
    return stack;
  }
}

/** The ARN that CloudFormation gives a stack. */
export function stackArn({ name }: Pick<StackSeed, 'name'>): string {
  return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/00000000-0000-4000-8000-000000000000`;
}

/** The ARN of a stack's last change set. */
export function changeSetArn({ name }: Pick<StackSeed, 'name'>): string {
  return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:changeSet/of-${name}/00000000-0000-4000-8000-000000000000`;
}

function describeStack(stack: StackSeed): Stack {
  return {
    StackId: stackArn(stack),
    StackName: stack.name,
    StackStatus: (stack.status ?? 'UPDATE_IN_PROGRESS') as Stack['StackStatus'],
    CreationTime: new Date(0),
    ChangeSetId: stack.changeSet && changeSetArn(stack),
    Parameters: parameterList(stack),
    Tags: tagList(stack.tags),
    DeploymentConfig: stack.mode && { Mode: stack.mode },
    RootId: stack.rootId,
  };
}

function parameterList({ parameters = {} }: StackSeed): { ParameterKey: string; ParameterValue: string }[] {
  return Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

function tagList(tags: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** What is told unless somebody asks for values. */
function withoutValues({ BeforeContext: _, AfterContext: __, Details, ...change }: ResourceChange): ResourceChange {
  return {
    ...change,
    Details: Details?.map(({ Target, ...detail }) => {
      const { BeforeValue: ___, AfterValue: ____, Path: _____, AttributeChangeType: ______, ...target } = Target ?? {};
      return { ...detail, Target: target };
    }),
  };
}

function describeResource(stack: StackSeed, resource: StackResourceSeed, timestamp: 'LastUpdatedTimestamp' | 'Timestamp'): object {
  return {
    StackId: stackArn(stack),
    StackName: stack.name,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status ?? 'CREATE_COMPLETE',
    [timestamp]: new Date(0),
  };
}
