import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterEnvironment } from './sdk-environment';
import { callerCredentials, LookupCredentials, LookupEnvironment } from '../../src/live/lookup-credentials';
import { LocalAws } from '../aws/aws-server';
import { Waves } from '../aws/waves';

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

describe('who calls', () => {
  const environments = ['af-south-1', 'us-west-2', 'eu-west-1'].map((region) => ({ account: '111122223333', region }));
  const providers = () => { // of one run
    const credentials = new LookupCredentials();
    return environments.map((environment) => credentials.for(environment));
  };
  const actions = () => aws.requests.map(({ action }) => action);

  test('is asked once for all environments, side by side and one after the other', async () => {
    const run = providers();
    await Promise.all(run.slice(0, 2).map(async (provider) => provider()));
    await run[2]();
    expect(actions()).toEqual(['GetCallerIdentity']);
  });

  test('is asked again where a Region does not answer, such as one that is not enabled: the others are read all the same', async () => {
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', fault: 'accessDenied', times: 1 });
    const [disabled, ...enabled] = providers();
    await expect(disabled()).rejects.toThrow('not allowed to call sts:GetCallerIdentity');
    for (const provider of enabled) expect(await provider()).toMatchObject({ accessKeyId: process.env.AWS_ACCESS_KEY_ID });
    expect(actions()).toEqual(['GetCallerIdentity', 'GetCallerIdentity']);
  });

  test('is asked in each Region also where others have waited for that one, side by side', async () => {
    const { passed } = aws.waves = new Waves();
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', fault: 'accessDenied', times: 1 });
    const answers = await Promise.allSettled(providers().map(async (provider) => provider()));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(passed.map((wave) => wave.length)).toEqual([1, 2]);
  });

  test('is told for each where no Region answers', async () => {
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', fault: 'accessDenied' });
    const answers = await Promise.allSettled(providers().map(async (provider) => provider()));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(actions()).toHaveLength(3);
  });
});

test('without a lookup role, the caller reads in their own account only', async () => {
  const { lookupRole: _, ...environment } = ENVIRONMENT;
  expect(await credentialsFor(environment)).toMatchObject({ accessKeyId: process.env.AWS_ACCESS_KEY_ID });
  await expect(credentialsFor({ ...environment, account: '444455556666' })).rejects.toThrow(/not of 444455556666$/);
});

describe('who calls a cluster, by a profile that assumes a role and names no Region,', () => {
  const CONFIG = `[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = secret
[profile ops]
role_arn = arn:aws-us-gov:iam::111122223333:role/ops
source_profile = base
`;
  let folder: string;
  let assumedIn: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'profile-'));
    writeFileSync(join(folder, 'config'), CONFIG);
    Object.assign(process.env, { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') });
    ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID'].forEach((name) => delete process.env[name]);
    assumedIn = [];
    aws.admit = ({ action }, region) => {
      if (action === 'AssumeRole') assumedIn.push(region);
      return true;
    };
  });

  afterEach(() => {
    delete process.env.AWS_CONFIG_FILE;
    delete process.env.AWS_SHARED_CREDENTIALS_FILE;
    rmSync(folder, { recursive: true });
  });

  test('asks STS of the Region of the cluster, once in each', async () => {
    const credentials = callerCredentials({ profile: 'ops' });
    for (const region of ['us-gov-west-1', 'us-gov-east-1', 'us-gov-west-1']) {
      expect(await credentials(region)()).toMatchObject({ accessKeyId: 'ASIAEXAMPLE' });
    }
    expect(assumedIn).toEqual(['us-gov-west-1', 'us-gov-east-1']);
  });
});
