import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterEnvironment } from './sdk-environment';
import type { CredentialProviderSource } from '../../src/live/credential-plugins';
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

describe('a lookup role is assumed as the CDK CLI assumes it', () => {
  const assumed = async (lookupRole: LookupEnvironment['lookupRole']) => {
    await credentialsFor({ ...ENVIRONMENT, lookupRole });
    return aws.requests.at(-1)!.input;
  };

  afterEach(() => { delete process.env.CDK_ROLE_SESSION_NAME; });

  test('with the options of the synthesizer; its session tags pass on to further roles', async () => {
    const additionalOptions = { Tags: [{ Key: 'Team', Value: 'platform' }, { Key: 'CostCenter', Value: '7' }], DurationSeconds: 900 };
    const input = await assumed({ ...ROLE, additionalOptions });
    expect(input).toMatchObject({ RoleSessionName: 'cdk-eks-upgrades', ExternalId: 'of-the-app', DurationSeconds: '900' });
    expect(JSON.stringify(input)).toMatch(/Team.*platform.*CostCenter.*7/);
    expect(JSON.stringify(input)).toMatch(/TransitiveTagKeys.*Team.*CostCenter/);
  });

  test('with a name of the session that the environment gives, before which those options count', async () => {
    process.env.CDK_ROLE_SESSION_NAME = 'of-the-pipeline';
    expect(await assumed(ROLE)).toMatchObject({ RoleSessionName: 'of-the-pipeline' });
    expect(await assumed({ ...ROLE, additionalOptions: { RoleSessionName: 'of-the-app' } })).toMatchObject({ RoleSessionName: 'of-the-app' });
  });
});

describe('credentials of a plugin of the CLI', () => {
  const ELSEWHERE = { account: '444455556666', region: 'us-west-2' };
  const KEY = { accessKeyId: 'AKIAOFPLUGIN', secretAccessKey: 'secret' };
  let given: unknown;
  let fetched: string[];
  let source: CredentialProviderSource;

  beforeEach(() => {
    given = { ...KEY }; // the SDK notes in it where it is from
    fetched = [];
    source = {
      name: 'vault',
      isAvailable: async () => true,
      canProvideCredentials: async (account) => account === ELSEWHERE.account,
      getProvider: async (account, mode, options) => {
        fetched.push(`${account} ${mode} ${JSON.stringify(options)}`);
        return given;
      },
    };
  });

  const get = async (environment: LookupEnvironment, ...sources: readonly CredentialProviderSource[]) =>
    new LookupCredentials({}, sources).for(environment)();

  test('are those of an account of which the caller has none', async () => {
    expect(await get(ELSEWHERE, source)).toMatchObject(KEY);
    expect(fetched).toEqual(['444455556666 0 {"supportsV3Providers":true}']);
  });

  test.each<[string, LookupEnvironment]>([
    ['of the account of the caller', ENVIRONMENT],
    ['of an account of which no plugin has any', { ...ENVIRONMENT, account: '777788889999' }],
  ])('are not used %s', async (_, environment) => {
    expect(await get(environment, source)).toMatchObject({ accessKeyId: 'ASIAEXAMPLE' }); // of the lookup role
    expect(fetched).toEqual([]);
  });

  test('are not used where the caller has some of the account, though a plugin has some, too', async () => {
    const every = { ...source, canProvideCredentials: async () => true };
    const { lookupRole: _, ...own } = ENVIRONMENT;
    expect(await get(own, every)).toMatchObject({ accessKeyId: process.env.AWS_ACCESS_KEY_ID });
    expect(fetched).toEqual([]);
  });

  test('assume the lookup role, and read themselves where that may not be assumed', async () => {
    const signedBy: string[] = [];
    aws.admit = ({ action }, _, key) => signedBy.push(`${action} ${key}`) > 0;
    expect(await get({ ...ENVIRONMENT, ...ELSEWHERE }, source)).toMatchObject({ accessKeyId: 'ASIAEXAMPLE' });
    expect(signedBy).toEqual([expect.stringMatching(/^GetCallerIdentity /), 'AssumeRole AKIAOFPLUGIN']);

    aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });
    expect(await get({ ...ENVIRONMENT, ...ELSEWHERE }, source)).toMatchObject(KEY);
  });

  test.each<[string, () => unknown]>([
    ['a provider', () => async () => ({ ...KEY })],
    ['credentials', () => ({ ...KEY })],
    ['what version 2 of the SDK has', () => ({ ...KEY, expireTime: null, getPromise: async () => undefined })],
  ])('are taken as %s', async (_, value) => {
    given = value();
    expect(await get(ELSEWHERE, source)).toMatchObject(KEY);
  });

  test('are fetched once for all Regions of an account, and anew once they end', async () => {
    const credentials = new LookupCredentials({}, [source]);
    await Promise.all(['us-west-2', 'eu-west-1'].map(async (region) => credentials.for({ ...ELSEWHERE, region })()));
    expect(fetched).toHaveLength(1);

    given = { ...KEY, expiration: new Date(Date.now() + 60_000) };
    const ending = new LookupCredentials({}, [source]).for(ELSEWHERE);
    await ending();
    await ending();
    expect(fetched).toHaveLength(3);
    await Promise.all([ending(), ending()]);
    expect(fetched).toHaveLength(4);
  });

  test('are asked for where the caller has none at all', async () => {
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', fault: 'accessDenied' });
    expect(await get(ELSEWHERE, source)).toMatchObject(KEY);
    await expect(get({ ...ELSEWHERE, account: '777788889999' }, source)).rejects.toThrow('not allowed to call sts:GetCallerIdentity');
  });

  test('come from the next plugin where one is not available or fails, which is told once none has any', async () => {
    const broken = { ...source, name: 'broken', isAvailable: async () => { throw new Error('no network'); } };
    const off = { ...source, name: 'off', isAvailable: async () => false };
    expect(await get(ELSEWHERE, broken, off, source)).toMatchObject(KEY);
    await expect(get(ELSEWHERE, broken, off)).rejects.toThrow(
      'the credentials are those of account 111122223333, not of 444455556666, the plugin broken failed: no network',
    );
  });

  test('that a plugin cannot give are told of its account alone, also where the caller has none at all', async () => {
    const broken = { ...source, isAvailable: async () => { throw new Error('log in first'); } };
    const credentials = new LookupCredentials({}, [broken]);
    for (const account of ['444455556666', '777788889999']) {
      await expect(credentials.for({ ...ELSEWHERE, account })()).rejects.toThrow(
        new RegExp(`^the credentials are those of account 111122223333, not of ${account}, the plugin vault failed: log in first$`),
      );
    }
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', fault: 'accessDenied' });
    await expect(get(ELSEWHERE, broken)).rejects.toThrow(/not allowed to call sts:GetCallerIdentity.*, the plugin vault failed: log in first$/);
  });

  test.each<[string, () => unknown, string]>([
    ['an error', () => async () => { throw new Error('log in first'); }, ': log in first'],
    ['a text that is thrown', () => async () => { throw 'log in first'; }, ': log in first'],
    ['something else', () => ({ token: 'secret' }), ', but something else'],
    ['nothing', () => undefined, ', but something else'],
  ])('that are %s are told as such, and nobody else reads in their place', async (_, value, why) => {
    given = value();
    await expect(get({ ...ENVIRONMENT, ...ELSEWHERE }, source)).rejects.toThrow(
      `the plugin vault gave no credentials for account 444455556666${why}`,
    );
    expect(fetched).toHaveLength(1);
  });
});
