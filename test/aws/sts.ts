/**
 * Stands in for AWS STS: tells everybody that they are in the one account, and lets them assume any role.
 */
import { ACCOUNT, type AwsService, type Input } from './aws-service';
import { awsQuery } from './wire-protocol';

export class Sts implements AwsService {
  readonly name = 'sts';
  readonly protocol = awsQuery('https://sts.amazonaws.com/doc/2011-06-15/');
  readonly errorCodes = {
    accessDenied: { code: 'AccessDenied', status: 403 },
    throttled: { code: 'Throttling', status: 400 },
    serverError: { code: 'InternalFailure', status: 500 },
  };

  readonly actions = {
    GetCallerIdentity: () => ({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/developer`, UserId: 'AIDAEXAMPLE' }),

    AssumeRole: ({ RoleArn, RoleSessionName }: Input) => ({
      AssumedRoleUser: {
        Arn: `${RoleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${RoleSessionName}`,
        AssumedRoleId: `AROAEXAMPLE:${RoleSessionName}`,
      },
      Credentials: {
        AccessKeyId: 'ASIAEXAMPLE',
        SecretAccessKey: 'secret',
        SessionToken: 'session',
        Expiration: new Date(Date.now() + 3_600_000),
      },
    }),
  };

  resourceOf({ RoleArn }: Input): string {
    return RoleArn ?? '*';
  }
}
