/**
 * Stands in for AWS Service Quotas as far as the quotas of running instances go.
 */
import { ACCOUNT, AwsError, REGION, type AwsService, type Input } from './aws-service';
import { JSON_1_1 } from './wire-protocol';

/** Values of an account that has asked for more than the default. */
const QUOTAS = {
  'L-1216C47A': { name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances', value: 1152 },
  'L-34B43A08': { name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests', value: 1152 },
  'L-DB2E81BA': { name: 'Running On-Demand G and VT instances', value: 64 },
  'L-3819A6DF': { name: 'All G and VT Spot Instance Requests', value: 64 },
};

export class ServiceQuotas implements AwsService {
  readonly name = 'servicequotas';
  readonly protocol = JSON_1_1;
  readonly errorCodes = {
    accessDenied: { code: 'AccessDeniedException', status: 400 },
    throttled: { code: 'TooManyRequestsException', status: 400 },
    serverError: { code: 'ServiceException', status: 500 },
  };

  /** By code, open to a test's hands. */
  readonly quotas = new Map(Object.entries(QUOTAS).map(([code, quota]) => [code, { ...quota }]));

  readonly actions = {
    GetServiceQuota: ({ ServiceCode, QuotaCode }: Input) => {
      const quota = ServiceCode === 'ec2' ? this.quotas.get(QuotaCode) : undefined;
      if (!quota) throw new AwsError('NoSuchResourceException', 'The request failed because the specified quota does not exist.');
      return {
        Quota: {
          ServiceCode,
          ServiceName: 'Amazon Elastic Compute Cloud (Amazon EC2)',
          QuotaCode,
          QuotaName: quota.name,
          Value: quota.value,
          Unit: 'None',
          Adjustable: true,
        },
      };
    },
  };

  resourceOf({ ServiceCode, QuotaCode }: Input): string {
    return `arn:aws:servicequotas:${REGION}:${ACCOUNT}:${ServiceCode}/${QuotaCode}`;
  }
}
