import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BAKE_DEFINITION, INTEGRATIONS, Substitution } from './bake-definition';
import { MOST_NAMED_ALARMS } from '../custom-resources/most-named-alarms';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { giveReasonForWildcards } from '../custom-resources/wildcard-reason';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';

const ID = 'CdkEksUpgradesBakes';

/**
 * So many bakes have room in the policies of one role, with the longest names of clusters and node groups, and so many alarms with usual
 * names: all inline policies of a role together hold 10,240 characters.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MOST_BAKES = 12;

/**
 * A state machine of a stack that bakes, made when it is needed: the first for a dozen bakes, another one for each dozen more.
 */
export class BakeMachine extends Construct {
  /** The machine of a construct's stack that serves its next bake. */
  public static of(scope: Construct): BakeMachine {
    const stack = Stack.of(scope);
    for (let number = 1; ; number++) {
      const suffix = number === 1 ? '' : String(number);
      const machine = stack.node.tryFindChild(ID + suffix) as BakeMachine | undefined ?? new BakeMachine(stack, ID + suffix, suffix);
      if (machine.bakes < MOST_BAKES) return machine;
    }
  }

  /** ARN of the machine. */
  public readonly arn: string;

  private bakes = 0;
  private namedAlarms = 0;
  private readonly handler: UpgradeHandler;
  private readonly role: iam.Role;
  private readonly start: iam.Policy;

  private constructor(scope: Construct, id: string, suffix: string) {
    super(scope, id);
    this.handler = UpgradeHandler._of(this);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        Answer: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.handler._functionArn] })],
        }),
      },
    });
    const substitutions = {
      ...Object.fromEntries(
        Object.entries(INTEGRATIONS).map(([name, integration]) => [name, `arn:${Stack.of(this).partition}:states:::${integration}`]),
      ),
      FunctionName: this.handler._functionArn,
    } as Record<Substitution, string>;
    const machine = new CfnStateMachine(this, 'Resource', {
      roleArn: this.role.roleArn,
      definitionString: JSON.stringify(BAKE_DEFINITION),
      definitionSubstitutions: substitutions,
    });
    acknowledgeRule(machine, 'AwsSolutions-SF1', 'Step Functions keeps what happened in each execution for 90 days, and the '
      + 'handler logs how a bake has ended; '
      + 'a log of its own would need permissions for all log deliveries of the account.');
    acknowledgeRule(
      machine, 'AwsSolutions-SF2',
      'There is nothing to trace: the machine asks EKS and CloudWatch how something is, and calls one function at its end.',
    );
    this.arn = machine.attrArn;
    this.answerWhenBrokenOff();
    this.start = this.handler._allowLater(`StartBakes${suffix}`, [
      new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [this.arn] }),
    ]);
  }

  /** An execution that somebody stops, or that fails in itself, cannot answer: without this, CloudFormation would wait to its limit. */
  private answerWhenBrokenOff(): void {
    const functionArn = this.handler._functionArn;
    const rule = new CfnRule(this, 'BrokenOff', {
      description: 'Answers CloudFormation for bakes that were stopped or failed in themselves (cdk-eks-upgrades)',
      eventPattern: {
        'source': ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        'detail': { stateMachineArn: [this.arn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [{ id: 'Handler', arn: functionArn }],
    });
    new CfnPermission(this, 'BrokenOffPermission', {
      action: 'lambda:InvokeFunction', functionName: functionArn, principal: 'events.amazonaws.com', sourceArn: rule.attrArn,
    });
  }

  /** Whether these alarms may be named in what the machine is allowed. */
  public namesAlarms(count: number): boolean {
    const fits = this.namedAlarms + count <= MOST_NAMED_ALARMS;
    this.namedAlarms += fits ? count : 0;
    return fits;
  }

  /**
   * Lets the machine serve a bake: with permissions of its own, so that no bake waits for what only another one looks at.
   *
   * @returns the resource of the permissions
   */
  public serve(bake: CfnResource, statements: iam.PolicyStatement[], wildcardReason: string): CfnResource {
    this.bakes++;
    const place = bake.node.path.slice(Stack.of(this).node.path.length + 1).replaceAll('/', '-'); // the same wherever the stack is
    const policy = new iam.Policy(this, `${place}-Policy`, { statements });
    this.role.attachInlinePolicy(policy);
    giveReasonForWildcards(policy, policy.document, () => wildcardReason);
    bake.node.addDependency(policy, this.start);
    return policy.node.defaultChild as CfnResource;
  }
}
