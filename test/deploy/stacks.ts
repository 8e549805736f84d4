/**
 * CloudFormation's stacks, driven through its API: a template in, what became of it out.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ContinueUpdateRollbackCommand, CreateChangeSetCommand, CreateStackCommand, DeleteChangeSetCommand, DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand, DescribeStackResourcesCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand,
  paginateDescribeChangeSet, RollbackStackCommand, UpdateStackCommand,
  type ChangeSetType, type CloudFormationClient, type ResourceChange, type StackEvent, type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';

/** A stack's or a resource's step, as `<logical ID> <status>`. */
export interface Step {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** One operation of a stack. */
export interface Operation {
  /** Where it ended. */
  readonly status: string;

  /** In the order in which they happened. */
  readonly steps: readonly Step[];
}

/** A synthesised template. */
export interface Template {
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: string }>;
  readonly Resources: Record<string, {
    readonly Type: string;
    readonly Properties?: Record<string, unknown>;
    readonly DependsOn?: readonly string[];
    readonly DeletionPolicy?: string;
  }>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

/** How a template is deployed. */
export interface DeployOptions {
  /** @default true */
  readonly rollback?: boolean;

  /** Whether CloudFormation waits for nothing to be ready. @default false */
  readonly express?: boolean;

  /** As the CDK's CLI does it. @default false */
  readonly byChangeSet?: boolean;

  /** Of the stack. @default - those that it has */
  readonly tags?: Readonly<Record<string, string>>;

  /** @default - the template's */
  readonly parameters?: Readonly<Record<string, string>>;
}

const CAPABILITIES = { Capabilities: ['CAPABILITY_NAMED_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const] };
const NESTED_ID = /^arn:[^:]+:cloudformation:[^:]+:[^:]+:stack\//;
const POLL_MILLIS = 100;
const LONGEST_POLL_MILLIS = 400;

/** What has been read of the events of stacks. */
interface ReadEvents {
  /** Their IDs. */
  readonly seen: Set<string>;
  /** The IDs of the stacks that were nested in one, by its name or ID. */
  readonly nested: Map<string, ReadonlySet<string>>;
}

export class Stacks {
  private readonly read: ReadEvents = { seen: new Set(), nested: new Map() };

  constructor(private readonly client: CloudFormationClient) {}

  /** Creates the stack, or updates it. Nothing to update is an operation without steps. */
  async deploy(name: string, template: Template | string, options: DeployOptions = {}): Promise<Operation> {
    const input = {
      StackName: name,
      TemplateBody: typeof template === 'string' ? template : JSON.stringify(template),
      ...CAPABILITIES,
      ...inputOf(options),
    };
    return this.operation(name, async () => {
      const status = await this.status(name);
      // MiniStack updates what has stopped by a change set only, which is how the CDK's CLI does it
      if (options.byChangeSet || status === 'UPDATE_FAILED') return this.deployChangeSet(input, status === undefined ? 'CREATE' : 'UPDATE');
      return status === undefined
        ? this.client.send(new CreateStackCommand(input))
        : this.client.send(new UpdateStackCommand(input)).catch(unlessNothingChanged);
    });
  }

  async delete(name: string): Promise<Operation> {
    return this.operation(name, async () => this.client.send(new DeleteStackCommand({ StackName: name })));
  }

  /** Rolls back what failed without a rollback. */
  async rollback(name: string): Promise<Operation> {
    return this.operation(name, async () => this.client.send(new RollbackStackCommand({ StackName: name })));
  }

  /** Goes on with a rollback that failed. */
  async continueRollback(name: string, skipped: readonly string[] = []): Promise<Operation> {
    return this.operation(name, async () =>
      this.client.send(new ContinueUpdateRollbackCommand({ StackName: name, ResourcesToSkip: [...skipped] })));
  }

  /** Undefined when there is no such stack. */
  async status(name: string): Promise<string | undefined> {
    try {
      const { Stacks: [stack] = [] } = await this.client.send(new DescribeStacksCommand({ StackName: name }));
      return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack?.StackStatus;
    } catch (error) {
      if ((error as Error).message.includes('does not exist')) return undefined;
      throw error;
    }
  }

  /** The template that the stack has now. */
  async template(name: string): Promise<Template> {
    const { TemplateBody } = await this.client.send(new GetTemplateCommand({ StackName: name }));
    return JSON.parse(TemplateBody!);
  }

  /** Physical IDs by logical ID. */
  async resources(name: string): Promise<Record<string, string>> {
    const { StackResources = [] } = await this.client.send(new DescribeStackResourcesCommand({ StackName: name }));
    return Object.fromEntries(StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId!, PhysicalResourceId!]));
  }

  /** By key. */
  async outputs(name: string): Promise<Record<string, string>> {
    const { Stacks: [{ Outputs = [] }] = [{}] as never } = await this.client.send(new DescribeStacksCommand({ StackName: name }));
    return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
  }

  /** All steps of a stack since it was created, oldest first, with those of the stacks nested in it. */
  async steps(name: string): Promise<Step[]> {
    return stepsOf(await this.events(name, { seen: new Set(), nested: new Map() }));
  }

  /** The IDs of the stacks that are nested in one, by logical ID. */
  async nestedIn(name: string): Promise<Record<string, string>> {
    return Object.fromEntries(Object.entries(await this.resources(name)).filter(([, id]) => NESTED_ID.test(id)));
  }

  /** What happens to a stack while something runs, such as the CDK's CLI. */
  async operation(name: string, run: () => Promise<unknown>): Promise<Operation> {
    if (await this.status(name) === undefined) this.read.nested.delete(name);
    else await this.events(name, this.read);
    await run();
    const status = await this.settled(name);
    return { status: status ?? 'DELETE_COMPLETE', steps: stepsOf(await this.events(name, this.read)) };
  }

  /** What a change set says that it will do, without doing it. */
  async preview(name: string, template: Template, options: DeployOptions = {}): Promise<ResourceChange[]> {
    const ids = await this.createChangeSet({
      StackName: name, TemplateBody: JSON.stringify(template), ...CAPABILITIES, ...inputOf(options),
    }, 'UPDATE');
    const changes: ResourceChange[] = [];
    for await (const { Changes } of paginateDescribeChangeSet({ client: this.client }, { ...ids, IncludePropertyValues: true })) {
      changes.push(...(Changes ?? []).map(({ ResourceChange: change }) => change!));
    }
    await this.client.send(new DeleteChangeSetCommand(ids));
    return changes;
  }

  /** Those that have not been read, oldest first. */
  private async events(name: string, read: ReadEvents): Promise<StackEvent[]> {
    const own = await this.ownEvents(name, read);
    const nested = new Set([...read.nested.get(name) ?? [], ...own
      .filter(({ ResourceType, PhysicalResourceId, StackId }) =>
        ResourceType === 'AWS::CloudFormation::Stack' && PhysicalResourceId && PhysicalResourceId !== StackId)
      .map(({ PhysicalResourceId }) => PhysicalResourceId!)]);
    read.nested.set(name, nested);
    const inner = await Promise.all([...nested].map(async (id) => this.events(id, read)));
    // what happens within one millisecond has happened within first
    return [...inner.flat(), ...own].sort((one, other) => Number(one.Timestamp) - Number(other.Timestamp));
  }

  /** CloudFormation tells the newest first. */
  private async ownEvents(name: string, { seen }: ReadEvents): Promise<StackEvent[]> {
    const own: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new DescribeStackEventsCommand({ StackName: name, NextToken }));
      const fresh = (page.StackEvents ?? []).filter(({ EventId }) => !seen.has(EventId!));
      own.push(...fresh);
      NextToken = fresh.length === page.StackEvents?.length ? page.NextToken : undefined;
    } while (NextToken);
    own.forEach(({ EventId }) => seen.add(EventId!));
    return own.reverse();
  }

  private async deployChangeSet({ DisableRollback, ...input }: UpdateStackCommandInput, type: ChangeSetType): Promise<void> {
    const { Status, ...ids } = await this.createChangeSet(input, type);
    if (Status === 'CREATE_COMPLETE') await this.client.send(new ExecuteChangeSetCommand({ ...ids, DisableRollback }));
  }

  private async createChangeSet(
    input: Omit<UpdateStackCommandInput, 'DisableRollback'>, ChangeSetType: ChangeSetType,
  ): Promise<{ StackName: string; ChangeSetName: string; Status?: string }> {
    const ids = { StackName: input.StackName!, ChangeSetName: `deploy-${randomUUID()}` };
    await this.client.send(new CreateChangeSetCommand({ ...input, ...ids, ChangeSetType }));
    let Status: string | undefined;
    while (!['CREATE_COMPLETE', 'FAILED'].includes(Status ?? '')) {
      await sleep(POLL_MILLIS);
      ({ Status } = await this.client.send(new DescribeChangeSetCommand(ids)));
    }
    return { ...ids, Status };
  }

  private async settled(name: string): Promise<string | undefined> {
    for (let polls = 0; ; polls++) {
      const status = await this.status(name);
      if (!status?.endsWith('_IN_PROGRESS')) return status;
      await sleep(Math.min(LONGEST_POLL_MILLIS, POLL_MILLIS * (polls + 1) / 2));
    }
  }
}

function stepsOf(events: readonly StackEvent[]): Step[] {
  return events.map(({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) => ({
    logicalId: LogicalResourceId!,
    type: ResourceType!,
    status: ResourceStatus!,
    ...ResourceStatusReason && { reason: ResourceStatusReason },
  }));
}

function inputOf({ rollback, express, tags, parameters = {} }: DeployOptions) {
  return {
    ...rollback !== undefined && { DisableRollback: !rollback },
    ...express && { DeploymentConfig: { Mode: 'EXPRESS' as const } },
    ...tags && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
  };
}

function unlessNothingChanged(error: Error): void {
  if (!error.message.includes('No updates are to be performed')) throw error;
}
