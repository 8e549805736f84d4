import { CfnResource, Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { addHandlerCode } from './handler-code';
import { says } from './messages';
import { UpgradeHandlerOptions } from './upgrade-handler-options';
import { waitForWayOut } from './way-out';
import { refusal } from '../engine/messages/refusal';

/** The longest that a Lambda function may run. */
export const HANDLER_TIMEOUT = Duration.minutes(15);

/** What the handler's function runs with. */
export interface HandlerFunctionProps
  extends Pick<UpgradeHandlerOptions, 'vpc' | 'vpcSubnets' | 'securityGroups' | 'reservedConcurrentExecutions'> {
  readonly role: iam.IRole;
  readonly log: CfnResource;
}

/**
 * The handler's function, as an L1, for which Aspects look: for `lambda.Function` and its asset the CDK loads its table of regions and a
 * good part of itself, which takes an app longer than the rest of this library.
 */
export function makeHandlerFunction(scope: Construct, id: string, props: HandlerFunctionProps): CfnResource {
  const parent = new Construct(scope, id);
  const { bucketName, objectKey } = addHandlerCode(parent);
  const made = new lambda.CfnFunction(parent, 'Resource', {
    code: { s3Bucket: bucketName, s3Key: objectKey },
    description: 'Guards EKS upgrades and resolves add-on versions (cdk-eks-upgrades)',
    handler: 'index.handler',
    loggingConfig: { logGroup: props.log.ref },
    memorySize: 256,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    role: props.role.roleArn,
    runtime: 'nodejs24.x', // a literal: older versions of the CDK do not know it, and the one before is deprecated in April 2027
    timeout: HANDLER_TIMEOUT.toSeconds(),
    vpcConfig: props.vpc && vpcConfigOf(parent, props.vpc, props),
  });
  if (props.vpc) waitForWayOut(made, props.vpc, props);
  return made;
}

/** @throws if some of the subnets are public */
function vpcConfigOf(scope: Construct, vpc: ec2.IVpc, props: HandlerFunctionProps): lambda.CfnFunction.VpcConfigProperty {
  const { subnetIds, hasPublic } = vpc.selectSubnets(props.vpcSubnets);
  if (hasPublic) {
    throw refusal(says.publicSubnets({}), { at: scope.node.path });
  }
  const securityGroups = props.securityGroups ?? [
    new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'EKS upgrades (cdk-eks-upgrades)' }),
  ];
  return { securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId), subnetIds };
}
