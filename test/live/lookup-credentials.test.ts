import { enterEnvironment } from './sdk-environment';
import { LookupCredentials, LookupEnvironment } from '../../src/live/lookup-credentials';
import { LocalAws } from '../aws/aws-server';

const ROLE = { arn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-lookup-${AWS::Region}', externalId: 'of-the-app' };
const ENVIRONMENT = { account: '111122223333', region: 'us-west-2', lookupRole: ROLE };

let aws: LocalAws;
let leaveEnvironment: () => void;

beforeEach(async () => {
  aws = await LocalAws.start();
  leaveEnvironment = enterEnvironment(aws);
});

afterEach(async () => {
  leaveEnvironment();
  await aws.stop();
});

const credentialsFor = async (environment: LookupEnvironment) => new LookupCredentials().for(environment)();
const asked = () => aws.requests.map(({ action, input }) => [action, input.RoleArn, input.ExternalId]);

test.each([
  ['us-west-2', 'aws'], ['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov'], ['eusc-de-east-1', 'aws-eusc'],
])('the lookup role of %s is assumed by the first call of all, in partition %s', async (region, partition) => {
  expect(await credentialsFor({ ...ENVIRONMENT, region })).toMatchObject({ accessKeyId: 'ASIAEXAMPLE' });
  expect(asked()).toEqual([['AssumeRole', `arn:${partition}:iam::111122223333:role/cdk-lookup-${region}`, 'of-the-app']]);
});

describe('a lookup role that may not be assumed', () => {
  beforeEach(() => aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' }));

  test('the caller reads, in their own account', async () => {
    expect(await credentialsFor(ENVIRONMENT)).toMatchObject({ accessKeyId: process.env.AWS_ACCESS_KEY_ID });
  });

  test('nobody reads in another account, and both reasons are told', async () => {
    await expect(credentialsFor({ ...ENVIRONMENT, account: '444455556666' })).rejects.toThrow(
      /^the credentials are those of account 111122223333, not of 444455556666, and its lookup role arn:.* could not be assumed: not allowed to call sts:AssumeRole/,
    );
  });
});

test('without a lookup role, the caller reads in their own account only', async () => {
  const { lookupRole: _, ...environment } = ENVIRONMENT;
  expect(await credentialsFor(environment)).toMatchObject({ accessKeyId: process.env.AWS_ACCESS_KEY_ID });
  await expect(credentialsFor({ ...environment, account: '444455556666' })).rejects.toThrow(/not of 444455556666$/);
});
