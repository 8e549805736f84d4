import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { callerConfig } from '../../src/live/caller';
import { LookupCredentials } from '../../src/live/lookup-credentials';
import { LocalAws } from '../aws/aws-server';
import { ProxyStandIn } from '../aws/proxy-stand-in';

const OUTSIDE = process.env;
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAOFVARIABLES', AWS_SECRET_ACCESS_KEY: 'secret' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caller-'));
  files({ credentials: '', config: '' });
});

afterEach(() => {
  process.env = OUTSIDE;
  rmSync(folder, { recursive: true });
});

/** The shared files of a user, of which the SDK keeps what it has read by their paths. */
function files({ credentials, config }: { credentials: string; config: string }): void {
  const own = mkdtempSync(join(folder, 'aws-'));
  writeFileSync(join(own, 'credentials'), credentials);
  writeFileSync(join(own, 'config'), config);
  process.env = { AWS_SHARED_CREDENTIALS_FILE: join(own, 'credentials'), AWS_CONFIG_FILE: join(own, 'config'), AWS_EC2_METADATA_DISABLED: 'true' };
}

const set = (environment: Record<string, string>) => Object.assign(process.env, environment);
const regionFor = async (profile?: string) => new STSClient(callerConfig({ profile })).config.region();
const keyFor = async (profile?: string) => (await new STSClient(callerConfig({ profile })).config.credentials()).accessKeyId;

describe('the Region of a stack that names none is', () => {
  const CONFIG = '[default]\nregion = eu-central-1\n[profile ops]\nregion = eu-west-3\n[profile bare]\noutput = json\n';

  test.each([
    [{ AWS_REGION: 'us-west-2', AMAZON_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-west-2'],
    [{ AWS_REGION: '', AMAZON_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-east-2' }, 'us-west-1'],
    [{ AWS_DEFAULT_REGION: 'us-east-2', AMAZON_DEFAULT_REGION: 'sa-east-1', AWS_PROFILE: 'ops' }, 'us-east-2'],
    [{ AMAZON_DEFAULT_REGION: 'sa-east-1' }, 'sa-east-1'],
    [{ AWS_PROFILE: 'ops' }, 'eu-west-3'],
    [{ AWS_DEFAULT_PROFILE: 'ops' }, 'eu-west-3'],
    [{ AWS_PROFILE: 'bare', AWS_DEFAULT_PROFILE: 'ops' }, 'eu-central-1'],
    [{}, 'eu-central-1'],
  ] as [Record<string, string>, string][])('with %j', async (environment, region) => {
    files({ credentials: '', config: CONFIG });
    set(environment);
    expect(await regionFor()).toBe(region);
  });

  test('that of the profile of an option, and of the file of credentials first', async () => {
    files({ credentials: '[ops]\nregion = ap-south-1\n', config: CONFIG });
    set({ AWS_PROFILE: 'bare' });
    expect(await regionFor('ops')).toBe('ap-south-1');
  });

  test('refused where nothing names one: the CLI would take us-east-1, and the truth about another one would be wrong', async () => {
    const aws = await LocalAws.start();
    try {
      set({ ...KEYS, AWS_ENDPOINT_URL_STS: aws.environment.AWS_ENDPOINT_URL_STS! });
      await expect(new LookupCredentials(callerConfig({ profile: undefined })).for({})()).rejects.toThrow(
        "sts:GetCallerIdentity failed: neither the stack nor the environment nor the profile 'default' names a Region; set AWS_REGION, or give the stack an env",
      );
      expect(aws.requests).toEqual([]);
    } finally {
      await aws.stop();
    }
  });
});

test('the Region of a stack comes before that of the environment', async () => {
  const aws = await LocalAws.start();
  const asked: string[] = [];
  aws.admit = (_, region) => asked.push(region) > 0;
  try {
    set({ ...KEYS, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_STS: aws.environment.AWS_ENDPOINT_URL_STS! });
    const credentials = new LookupCredentials(callerConfig({}));
    await credentials.for({ region: 'eu-west-1' })();
    await new LookupCredentials(callerConfig({})).for({})();
    expect(asked).toEqual(['eu-west-1', 'us-east-1']);
  } finally {
    await aws.stop();
  }
});

describe('the credentials are', () => {
  const CREDENTIALS = ['default', 'ops', 'other'].map((name) => `[${name}]\naws_access_key_id = OF${name.toUpperCase()}\naws_secret_access_key = secret\n`).join('');

  test.each([
    [{ ...KEYS, AWS_PROFILE: 'ops' }, undefined, 'AKIAOFVARIABLES'],
    [{ ...KEYS, AWS_PROFILE: 'ops' }, 'other', 'OFOTHER'],
    [{ AWS_ACCESS_KEY_ID: 'half', AWS_PROFILE: 'ops' }, undefined, 'OFOPS'],
    [{ AWS_DEFAULT_PROFILE: 'ops' }, undefined, 'OFOPS'],
    [{ AWS_DEFAULT_PROFILE: 'ops' }, 'other', 'OFOTHER'],
    [{ AWS_DEFAULT_PROFILE: 'other', AWS_PROFILE: 'ops' }, undefined, 'OFOPS'],
    [{ AWS_PROFILE: '' }, undefined, 'OFDEFAULT'],
  ] as [Record<string, string>, string | undefined, string][])('with %j and the profile %s of an option', async (environment, profile, key) => {
    files({ credentials: CREDENTIALS, config: '' });
    set(environment);
    expect(await keyFor(profile)).toBe(key);
  });

  test('none where an option names a profile that is not there, whatever else there is', async () => {
    set({ ...KEYS, AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'), AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/pod' });
    writeFileSync(join(folder, 'token'), 'token');
    await expect(keyFor('prdo')).rejects.toThrow(/profile: \[prdo\]/);
  });

  test.each([
    ['of an option', {}, 'ops', /^with profile ops, /],
    ['of the environment', { AWS_PROFILE: 'ops' }, undefined, /^with profile ops, /],
    ['of the environment beside variables with credentials, which are used', { ...KEYS, AWS_PROFILE: 'ops' }, undefined, /^not allowed/],
  ] as [string, Record<string, string>, string | undefined, RegExp][])('named where they do not do: the profile %s', async (_, environment, profile, said) => {
    const aws = await LocalAws.start();
    try {
      files({ credentials: CREDENTIALS, config: '' });
      set({ ...environment, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL_STS: aws.environment.AWS_ENDPOINT_URL_STS! });
      aws.fail({ service: 'sts', fault: 'accessDenied' });
      await expect(new LookupCredentials(callerConfig({ profile })).for({})()).rejects.toThrow(said);
    } finally {
      await aws.stop();
    }
  });

  test.each([['of an option', {}, 'ops'], ['of the environment', { AWS_PROFILE: 'ops' }, undefined]] as [string, Record<string, string>, string | undefined][])(
    'from the portal of IAM Identity Center by the proxy that leads to AWS: the profile %s', async (_, environment, profile) => {
      const startUrl = 'https://company.awsapps.com/start';
      const cache = join(folder, '.aws', 'sso', 'cache');
      mkdirSync(cache, { recursive: true });
      writeFileSync(
        join(cache, `${createHash('sha1').update(startUrl).digest('hex')}.json`),
        JSON.stringify({ accessToken: 'token', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
      );
      files({
        credentials: '',
        config: `[profile ops]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = reader\n`,
      });
      set({ ...environment, HOME: folder, USERPROFILE: folder });
      const proxy = await new ProxyStandIn().start();
      proxy.manner = 'refuses';
      try {
        const { config } = new STSClient({ ...callerConfig({ profile, proxy: proxy.url }), region: 'us-west-2', maxAttempts: 1 });
        await expect(config.credentials()).rejects.toThrow();
        expect(new Set(proxy.asked)).toEqual(new Set(['portal.sso.eu-west-1.amazonaws.com']));
      } finally {
        proxy.stop();
      }
    },
  );
});
