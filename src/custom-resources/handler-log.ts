import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';

/** `logs.RetentionDays.ONE_MONTH`, for which the CDK would load all about log groups. */
const ONE_MONTH = 30;

/**
 * The log group of the handler.
 *
 * Kept when it leaves the stack: the reason of a refusal points to it, and the rollback of the deployment that created it would otherwise
 * take the reason along.
 */
export function makeHandlerLog(scope: Construct, id: string, { logRetention, logEncryptionKey }: HandlerLogOptions): CfnResource {
  if (logEncryptionKey) allowLogsToUse(logEncryptionKey, Stack.of(scope));
  const parent = new Construct(scope, id);
  const log = new logs.CfnLogGroup(parent, 'Resource', {
    retentionInDays: retentionOf(logRetention), kmsKeyId: logEncryptionKey?.keyArn,
  });
  log.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return log;
}

/** What of the handler's options is about its log. */
export interface HandlerLogOptions {
  readonly logRetention?: logs.RetentionDays;
  readonly logEncryptionKey?: kms.IKey;
}

/** CloudFormation knows no number for "infinitely". */
function retentionOf(retention?: logs.RetentionDays): number | undefined {
  return retention === undefined ? ONE_MONTH : retention === logs.RetentionDays.INFINITE ? undefined : retention;
}

/**
 * The service goes by the name of its Region, with the suffix of the partition: as the CDK knows it, else as CloudFormation does. It may
 * use the key for logs of the account and Region alone: whoever knows its ARN could name it for a log group of another account otherwise.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function allowLogsToUse(key: kms.IKey, { partition, region, account, urlSuffix }: Stack): void {
  const suffix = RegionInfo.get(region).domainSuffix ?? urlSuffix;
  const principal = new iam.ServicePrincipal(`logs.${region}.${suffix}`, {
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:*` } },
  });
  key.grant(principal, 'kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*');
}
