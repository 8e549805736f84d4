import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { addHandlerCode } from './handler-code';
import { UpgradeHandlerOptions } from './upgrade-handler-options';

/** The longest that a Lambda function may run. */
export const HANDLER_TIMEOUT = Duration.minutes(15);

/** What the handler's function runs with. */
export interface HandlerFunctionProps extends Pick<UpgradeHandlerOptions, 'vpc' | 'vpcSubnets' | 'securityGroups' | 'reservedConcurrentExecutions'> {
  readonly role: iam.IRole;
  readonly log: logs.CfnLogGroup;
}

/**
 * The handler's function, as a plain resource: for `lambda.Function` and its asset the CDK loads its table of regions and a good part of itself,
 * which takes an app longer than the rest of this library.
 */
export function makeHandlerFunction(scope: Construct, id: string, props: HandlerFunctionProps): lambda.CfnFunction {
  const parent = new Construct(scope, id);
  const { bucketName, objectKey } = addHandlerCode(parent);
  return new lambda.CfnFunction(parent, 'Resource', {
    description: 'Guards EKS upgrades and resolves add-on versions (cdk-eks-upgrades)',
    code: { s3Bucket: bucketName, s3Key: objectKey },
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    role: props.role.roleArn,
    loggingConfig: { logGroup: props.log.ref },
    timeout: HANDLER_TIMEOUT.toSeconds(),
    memorySize: 256,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    vpcConfig: props.vpc && vpcConfigOf(parent, props.vpc, props),
  });
}

/** @throws if some of the subnets are public */
function vpcConfigOf(scope: Construct, vpc: ec2.IVpc, props: HandlerFunctionProps): lambda.CfnFunction.VpcConfigProperty {
  const { subnetIds, hasPublic } = vpc.selectSubnets(props.vpcSubnets);
  if (hasPublic) {
    throw new Error('vpcSubnets selects public subnets, in which a Lambda function gets no public address and so reaches nothing: select private ones '
      + `[${scope.node.path}]`);
  }
  const securityGroups = props.securityGroups ?? [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'EKS upgrades (cdk-eks-upgrades)' })];
  return { subnetIds, securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId) };
}
