import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';

/**
 * How the function runs that guards the clusters of a stack and resolves the versions of their add-ons: for those whose rules ask for it.
 */
export interface UpgradeHandlerOptions {
  /**
   * VPC in which the function runs. From there it must reach, by NAT or by VPC endpoints, CloudFormation, EC2, EKS, SSM, and S3, to
   * which it answers CloudFormation; Step Functions (`states`) where something bakes, CloudWatch (`monitoring`) where `notWhile` names
   * alarms, and the Kubernetes API of the cluster where the guard looks into it (`workloads`). For the latter, the cluster's security
   * group must let the function in on port 443: see `securityGroups`.
   *
   * Without Auto Scaling (`autoscaling`) and Service Quotas (`servicequotas`), the guard waits 90 seconds for them when a node group rolls,
   * and goes on without their checks. In the same stack, routes and VPC endpoints of these services are there before the function is first
   * called, and until it has answered its deletion: all but endpoints that themselves wait for a cluster, as by a security group's rule.
   *
   * @default - in no VPC of yours
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of the VPC in which the function runs. Not public ones: the function gets no public address there.
   *
   * @default - private subnets, those with a way out before isolated ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the function in the VPC. It only opens connections, to port 443.
   *
   * In the cluster's VPC, the guard reads workloads (`workloads`) only if the cluster's security group lets one of these in on port 443.
   * Make it in the stack of the cluster or of its VPC.
   *
   * @default - one is made, which no cluster lets in
   * @example
   * declare const vpc: ec2.IVpc;
   * const group = new ec2.SecurityGroup(this, 'UpgradeGroup', { vpc });
   * UpgradeHandler.configure(this, { vpc, securityGroups: [group] });
   *
   * const cluster = new UpgradableCluster(this, 'Cluster', {
   *   vpc,
   *   version: eks.KubernetesVersion.V1_36,
   *   upgradeGuard: UpgradeGuard.enforce({ workloads: true }),
   * });
   * cluster.connections.allowFrom(group, ec2.Port.tcp(443));
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Role of the function, which `lambda.amazonaws.com` may assume. What the function needs is added as policies of its own, unless the role
   * is imported as immutable; in a VPC it also needs `AWSLambdaVPCAccessExecutionRole`, which is added to roles of this app.
   *
   * @default - one is made
   */
  readonly role?: iam.IRole;

  /**
   * How long the function's log is kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Key that encrypts the function's log. CloudWatch Logs is allowed to use it for logs of the account and Region; where the key is
   * imported, its policy must allow it already.
   *
   * @default - encrypted by CloudWatch Logs
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logEncryptionKey?: kms.IKey;

  /**
   * How many invocations of the function are reserved. CloudFormation calls it for all clusters and all their add-ons at once, so that
   * fewer than there are of both make some of them wait.
   *
   * @default - none
   */
  readonly reservedConcurrentExecutions?: number;
}
