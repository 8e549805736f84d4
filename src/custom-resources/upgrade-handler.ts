import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { HANDLER_TIMEOUT, makeHandlerFunction } from './handler-function';
import { makeHandlerLog } from './handler-log';
import { HandlerPermissions } from './handler-permissions';
import { says } from './messages';
import { UpgradeHandlerOptions } from './upgrade-handler-options';
import { giveReasonForWildcards } from './wildcard-reason';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';
import { Carried } from '../diagnostics/carried';
import { takeCondition } from '../diagnostics/rendered-properties';
import { topLevelStack } from '../diagnostics/stacks-around';
import { refusal } from '../engine/messages/refusal';

const ID = 'CdkEksUpgradesHandler';

const ANSWER_TIMEOUT = HANDLER_TIMEOUT.plus(Duration.minutes(1));

/** A custom resource for {@link UpgradeHandler._serve}. */
export interface ServedResource {
  readonly resourceType: string;
  readonly properties: { [key: string]: any };
  /**
   * What the handler needs for this resource, beyond writing its log and looking at its own stack. Names nothing that waits for
   * a cluster.
   */
  readonly permissions: iam.PolicyStatement[];
  /** What it needs beyond that for resources of the template, such as a cluster whose name CloudFormation makes up. */
  readonly ownPermissions?: iam.PolicyStatement[];
  /** Why some of the permissions are for resources by wildcard. */
  readonly wildcardReason?: string;
  /**
   * How long CloudFormation waits for an answer.
   *
   * @default - as long as the handler can run, and a little longer
   */
  readonly timeout?: Duration;
}

/**
 * The one function of a stack that guards its clusters, resolves the versions of their add-ons, and lets bakes begin and end.
 *
 * It is made when it is needed. Give it options before, where your rules ask for them.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * UpgradeHandler.configure(this, { vpc, logRetention: logs.RetentionDays.ONE_YEAR });
 */
export class UpgradeHandler extends Construct {
  /**
   * Says how the function of a stack runs. Call it before the first cluster of this library in that stack.
   *
   * @param scope the stack, or any construct in it
   * @throws if the stack's function exists already, or has other options
   */
  public static configure(scope: Construct, options: UpgradeHandlerOptions): void {
    const stack = Stack.of(scope);
    const before = GivenOptions.of(stack);
    if (before ? !isDeepStrictEqual(before, options) : stack.node.tryFindChild(ID)) {
      throw refusal(says.configuredTooLate({ isTwice: before !== undefined }), { at: stack.node.path });
    }
    GivenOptions.give(stack, options);
  }

  /**
   * The handler of a construct's stack, made when it is first asked for.
   *
   * @internal
   */
  public static _of(scope: Construct): UpgradeHandler {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as UpgradeHandler | undefined ?? new UpgradeHandler(stack, ID, GivenOptions.of(stack) ?? {});
  }

  private readonly permissions = new HandlerPermissions();
  private readonly handler: CfnResource;
  private readonly role: iam.IRole;
  /** Only for an imported role: one of the app has its permissions from the start. */
  private readonly policy?: iam.Policy;

  private constructor(scope: Construct, id: string, options: UpgradeHandlerOptions) {
    super(scope, id);
    const log = makeHandlerLog(this, 'Logs', options);
    this.permissions.add([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], log.getAtt('Arn').toString()),
      allow(READS_OF_STACK, Stack.of(this).stackId),
      // for the mode of the deployment
      ...Stack.of(this).nested ? [allow(['cloudformation:DescribeStacks'], topLevelStack(Stack.of(this)).stackId)] : [],
    ]);
    this.role = options.role ?? this.permissions.makeRole(this, 'Role');
    this.policy = options.role && this.permissions.makePolicy(this, 'Policy', options.role);
    if (options.vpc) letIntoVpc(this.role);

    this.handler = makeHandlerFunction(this, 'Function', { ...options, role: this.role, log });
    acknowledgeRule(this.handler, 'AwsSolutions-L1',
      'The code is bundled and tested for this version of Node.js; a newer one comes with a newer version of cdk-eks-upgrades.');
  }

  /**
   * ARN of the function.
   *
   * @internal
   */
  public get _functionArn(): string {
    return this.handler.getAtt('Arn').toString();
  }

  /**
   * ARN of the role that the function runs with.
   *
   * @internal
   */
  public get _roleArn(): string {
    return this.role.roleArn;
  }

  /**
   * Makes a custom resource that this handler serves.
   *
   * Permissions that name a cluster of the template are a policy of their own, because they depend on that cluster, and must not hold up
   * the guard, which runs before it. The policy goes with the role, whatever the removal policy of the cluster: IAM deletes no
   * role to which a policy is left. It is there under the same condition as the custom resource, and so as the cluster.
   *
   * @internal
   */
  public _serve(scope: Construct, id: string, served: ServedResource): CfnResource {
    this.permissions.add(served.permissions, served.wildcardReason);
    const resource = new CfnResource(new Construct(scope, id), 'Default', { // as `CustomResource` makes it
      type: served.resourceType,
      properties: {
        ServiceToken: this._functionArn,
        ServiceTimeout: String((served.timeout ?? ANSWER_TIMEOUT).toSeconds()),
        ...served.properties,
      },
    });
    resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
    if (this.policy) resource.node.addDependency(this.policy);
    const { ownPermissions, wildcardReason } = served;
    if (ownPermissions) {
      const policy = this._allowLater(`${Names.nodeUniqueId(scope.node)}${id}Policy`, ownPermissions, wildcardReason);
      takeCondition(resource, policy.node.defaultChild as CfnResource);
      resource.node.addDependency(policy);
    }
    return resource;
  }

  /**
   * Allows the handler more of what names nothing that waits for a cluster.
   *
   * @internal
   */
  public _allow(statements: iam.PolicyStatement[], wildcardReason: string): void {
    this.permissions.add(statements, wildcardReason);
  }

  /**
   * Allows the handler what names resources that are made after it, by a policy of its own, for which whatever needs it has to wait.
   *
   * @internal
   */
  public _allowLater(id: string, statements: iam.PolicyStatement[], wildcardReason = ''): iam.Policy {
    const policy = new iam.Policy(this, id, { statements });
    this.role.attachInlinePolicy(policy);
    giveReasonForWildcards(policy, policy.document, () => wildcardReason);
    return policy;
  }
}

const GivenOptions = new Carried<UpgradeHandlerOptions>('UpgradeHandlerOptions');

/** What the handler asks CloudFormation about its own stack. */
const READS_OF_STACK = ['DescribeChangeSet', 'DescribeStacks', 'GetTemplate', 'ListStackResources'].map(
  (action) => `cloudformation:${action}`,
);

/** A function in a VPC makes network interfaces of its own there. */
const VPC_POLICY = 'service-role/AWSLambdaVPCAccessExecutionRole';

function letIntoVpc(role: iam.IRole): void {
  role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(VPC_POLICY));
  acknowledgeRule(role, `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${VPC_POLICY}]`,
    'Lambda publishes this policy for functions in a VPC, which make network interfaces there; AWS keeps it up to date.');
}

function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}
