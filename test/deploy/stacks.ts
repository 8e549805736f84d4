/**
 * CloudFormation's stacks, driven through its API: a template in, what became of it out.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ContinueUpdateRollbackCommand, CreateChangeSetCommand, CreateStackCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStackEventsCommand,
  DescribeStackResourcesCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand, RollbackStackCommand, UpdateStackCommand,
  type CloudFormationClient, type StackEvent,
  type UpdateStackCommandInput,
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
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;
}

const CAPABILITIES = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
const POLL_MILLIS = 50;

export class Stacks {
  constructor(private readonly client: CloudFormationClient) {}

  /** Creates the stack, or updates it. Nothing to update is an operation without steps. */
  async deploy(name: string, template: Template | string, { rollback = true }: { readonly rollback?: boolean } = {}): Promise<Operation> {
    const input = { StackName: name, TemplateBody: typeof template === 'string' ? template : JSON.stringify(template), ...CAPABILITIES };
    return this.operation(name, async () => {
      switch (await this.status(name)) {
        case undefined: return this.client.send(new CreateStackCommand({ ...input, DisableRollback: !rollback }));
        // MiniStack updates what has stopped by a change set only, which is how the CDK's CLI does it
        case 'UPDATE_FAILED': return this.deployChangeSet(input, !rollback);
        default: return this.client.send(new UpdateStackCommand({ ...input, DisableRollback: !rollback })).catch(unlessNothingChanged);
      }
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

  /** All steps of a stack since it was created, oldest first. */
  async steps(name: string): Promise<Step[]> {
    const events: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new DescribeStackEventsCommand({ StackName: name, NextToken }));
      events.push(...page.StackEvents ?? []);
      NextToken = page.NextToken;
    } while (NextToken);
    return events.reverse().map(({ LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason }) => ({
      logicalId: LogicalResourceId!, type: ResourceType!, status: ResourceStatus!, ...(ResourceStatusReason && { reason: ResourceStatusReason }),
    }));
  }

  /** What happens to a stack while something runs, such as the CDK's CLI. */
  async operation(name: string, run: () => Promise<unknown>): Promise<Operation> {
    const before = await this.status(name) === undefined ? 0 : (await this.steps(name)).length;
    await run();
    const steps = await this.settledSteps(name);
    return { status: await this.status(name) ?? 'DELETE_COMPLETE', steps: steps.slice(before) };
  }

  private async deployChangeSet(input: UpdateStackCommandInput, DisableRollback: boolean): Promise<void> {
    const ids = { StackName: input.StackName, ChangeSetName: `again-${Date.now()}` };
    await this.client.send(new CreateChangeSetCommand({ ...input, ...ids }));
    let status: string | undefined;
    while (!['CREATE_COMPLETE', 'FAILED'].includes(status ?? '')) {
      await sleep(POLL_MILLIS);
      ({ Status: status } = await this.client.send(new DescribeChangeSetCommand(ids)));
    }
    if (status === 'CREATE_COMPLETE') await this.client.send(new ExecuteChangeSetCommand({ ...ids, DisableRollback }));
  }

  private async settledSteps(name: string): Promise<Step[]> {
    for (let status = await this.status(name); status?.endsWith('_IN_PROGRESS'); status = await this.status(name)) {
      await sleep(POLL_MILLIS);
    }
    return this.steps(name);
  }
}

function unlessNothingChanged(error: Error): void {
  if (!error.message.includes('No updates are to be performed')) throw error;
}
