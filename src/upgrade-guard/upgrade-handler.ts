import { CustomResource, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ClusterUpgradesFunction } from './cluster-upgrades-function';
import { giveReasonForWildcards } from './wildcard-reason';
import { giveNagReason } from '../diagnostics/nag-reason';

const ID = 'CdkEksUpgradesHandler';

/** The longest that a Lambda function may run. */
const TIMEOUT = Duration.minutes(15);

/** A custom resource for {@link UpgradeHandler.serve}. */
export interface ServedResource {
  readonly resourceType: string;
  readonly properties: { [key: string]: any };
  /** What the handler needs for this resource, beyond writing its log and looking at its own stack. */
  readonly permissions: iam.PolicyStatement[];
  /** Why some of the permissions are for resources by wildcard. */
  readonly wildcardReason: string;
}

/**
 * The one function of a stack behind all custom resources of this library.
 */
export class UpgradeHandler extends Construct {
  /** The handler of a construct's stack, made when it is first asked for. */
  public static of(scope: Construct): UpgradeHandler {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as UpgradeHandler | undefined ?? new UpgradeHandler(stack, ID);
  }

  private readonly handler: ClusterUpgradesFunction;
  private readonly role: iam.IRole;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.makeRole(logGroup);
    this.handler = new ClusterUpgradesFunction(this, 'Function', {
      description: 'Guards EKS upgrades and resolves add-on versions (cdk-eks-upgrades)',
      role: this.role,
      logGroup,
      timeout: TIMEOUT,
      memorySize: 256,
    });
    giveNagReason(this.handler, 'AwsSolutions-L1',
      'The code is bundled and tested for this version of Node.js; a newer one comes with a newer version of cdk-eks-upgrades.');
  }

  /**
   * Makes a custom resource that this handler serves.
   *
   * Its permissions are a policy of its own, not a part of the role: permissions that name a cluster depend on that cluster, and must
   * not hold up the guard, which runs before it. The policy goes with the role, whatever the removal policy of the cluster: IAM
   * deletes no role to which a policy is left.
   */
  public serve(scope: Construct, id: string, served: ServedResource): CustomResource {
    const policy = new iam.Policy(this, `${Names.nodeUniqueId(scope.node)}${id}Policy`, { roles: [this.role], statements: served.permissions });
    giveReasonForWildcards(policy, served.wildcardReason);
    const resource = new CustomResource(scope, id, {
      serviceToken: this.handler.functionArn,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      resourceType: served.resourceType,
      properties: served.properties,
    });
    resource.node.addDependency(policy);
    return resource;
  }

  private makeRole(logGroup: logs.ILogGroup): iam.Role {
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        WriteLog: policyOf(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
        ReadStack: policyOf(['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], Stack.of(this).stackId),
      },
    });
  }
}

function policyOf(actions: string[], resource: string): iam.PolicyDocument {
  return new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions, resources: [resource] })] });
}
