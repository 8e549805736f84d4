import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BAKE_DEFINITION, Substitution } from './bake-definition';
import { giveNagReason } from '../diagnostics/nag-reason';
import { UpgradeHandler } from '../upgrade-guard/upgrade-handler';
import { giveReasonForWildcards } from '../upgrade-guard/wildcard-reason';

const ID = 'CdkEksUpgradesBakes';

/**
 * The one state machine of a stack that bakes, made when it is needed.
 */
export class BakeMachine extends Construct {
  /** The machine of a construct's stack. */
  public static of(scope: Construct): BakeMachine {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as BakeMachine | undefined ?? new BakeMachine(stack, ID);
  }

  /** ARN of the machine. */
  public readonly arn: string;

  private readonly handler: UpgradeHandler;
  private readonly role: iam.Role;
  private readonly start: iam.Policy;

  private constructor(scope: Construct, id: string) {
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
    const substitutions: Record<Substitution, string> = { Partition: Stack.of(this).partition, FunctionName: this.handler._functionArn };
    const machine = new CfnStateMachine(this, 'Resource', {
      roleArn: this.role.roleArn,
      definitionString: JSON.stringify(BAKE_DEFINITION),
      definitionSubstitutions: substitutions,
    });
    giveNagReason(machine, 'AwsSolutions-SF1', 'Step Functions keeps what happened in each execution for 90 days, and the handler logs how a bake has ended; '
      + 'a log of its own would need permissions for all log deliveries of the account.');
    giveNagReason(machine, 'AwsSolutions-SF2', 'There is nothing to trace: the machine asks EKS and CloudWatch how something is, and calls one function at its end.');
    this.arn = machine.attrArn;
    this.start = this.handler._allowLater('StartBakes', [new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [this.arn] })]);
  }

  /**
   * Lets the machine serve a bake: with permissions of its own, so that no bake waits for what only another one looks at.
   */
  public serve(bake: CfnResource, statements: iam.PolicyStatement[], wildcardReason: string): void {
    const place = bake.node.path.slice(Stack.of(this).node.path.length + 1).replaceAll('/', '-'); // the same wherever the stack is
    const policy = new iam.Policy(this, `${place}-Policy`, { statements });
    this.role.attachInlinePolicy(policy);
    giveReasonForWildcards(policy, policy.document, () => wildcardReason);
    bake.node.addDependency(policy, this.start);
  }
}
