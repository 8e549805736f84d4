import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import { AddressInfo, connect, createServer as createTcpServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeClusterVersionsCommand } from '@aws-sdk/client-eks';
import { awsClients } from '../../src/live/aws-clients';
import { callerConfig } from '../../src/live/caller';
import { LookupCredentials } from '../../src/live/lookup-credentials';
import { NetworkOptions, requestHandlerFor } from '../../src/live/network';
import { LocalAws } from '../aws/aws-server';
import { ProxyStandIn } from '../aws/proxy-stand-in';

const OUTSIDE = process.env;

let aws: LocalAws;
let proxy: ProxyStandIn;

beforeEach(async () => {
  aws = await LocalAws.start();
  proxy = await new ProxyStandIn().start();
  process.env = proxy.environmentOf(aws); // and nothing from outside
});

afterEach(async () => {
  process.env = OUTSIDE;
  proxy.stop();
  await aws.stop();
});

/** Asks EKS, as often as it is said. */
async function askEks(options: NetworkOptions = {}, times = 1): Promise<void> {
  const { eks } = awsClients({ profile: options.profile, requestHandler: requestHandlerFor(options), maxAttempts: 1 });
  try {
    for (let time = 1; time <= times; time++) await eks.send(new DescribeClusterVersionsCommand({}));
  } finally {
    eks.destroy();
  }
}

const eksUrl = () => new URL(process.env.AWS_ENDPOINT_URL_EKS!);
const toEksDirectly = () => { process.env.AWS_ENDPOINT_URL_EKS = `http://127.0.0.1:${eksUrl().port}`; };

describe('the proxy', () => {
  test.each([
    ['HTTP_PROXY'], ['http_proxy'], ['ALL_PROXY'], ['npm_config_proxy'],
  ])('of %s is asked for each connection, which then is kept', async (variable) => {
    delete process.env.HTTP_PROXY;
    process.env[variable] = proxy.url;
    await askEks({}, 2);
    expect(proxy.asked).toEqual(['eks.aws.test']);
    expect(aws.requests).toHaveLength(2);
  });

  test('is asked by who asks for credentials, too', async () => {
    const requestHandler = requestHandlerFor({});
    await new LookupCredentials({ requestHandler, maxAttempts: 1 }).for({ account: '111122223333', region: 'us-west-2' })();
    expect(proxy.asked).toEqual(['sts.aws.test']);
  });

  test('is asked by a profile that assumes a role, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proxied-'));
    writeFileSync(join(folder, 'config'), `[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = secret
[profile ops]
role_arn = arn:aws:iam::111122223333:role/ops
source_profile = base
`);
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
    await new LookupCredentials({ ...callerConfig({ profile: 'ops' }), maxAttempts: 1 }).for({ account: '111122223333', region: 'us-west-2' })();
    expect(aws.requests.map(({ action }) => action)).toEqual(['AssumeRole', 'GetCallerIdentity']);
    expect(new Set(proxy.asked)).toEqual(new Set(['sts.aws.test']));
    rmSync(folder, { recursive: true });
  });

  test('of the CLI comes before those of the environment, and before what NO_PROXY says', async () => {
    Object.assign(process.env, { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '*' });
    await askEks({ proxy: proxy.url });
    expect(proxy.asked).toEqual(['eks.aws.test']);
  });

  test('of the CLI that is empty means none', async () => {
    toEksDirectly();
    await askEks({ proxy: '' });
    expect(proxy.asked).toEqual([]);
    expect(aws.requests).toHaveLength(1);
  });

  test('gets the name and password of its URL', async () => {
    await askEks({ proxy: proxy.url.replace('//', '//jane:p%40ss@') });
    expect(proxy.authorization).toBe(`Basic ${Buffer.from('jane:p@ss').toString('base64')}`);
  });

  test.each(['127.0.0.1', '*', 'example.com,127.0.0.1'])('is not asked for what is in NO_PROXY=%s', async (hosts) => {
    toEksDirectly();
    process.env.NO_PROXY = hosts;
    await askEks();
    expect(proxy.asked).toEqual([]);
    expect(aws.requests).toHaveLength(1);
  });

  test('of SOCKS leads to EKS as well', async () => {
    const socks = await new SocksStandIn().start();
    await askEks({ proxy: socks.url });
    expect(socks.asked).toEqual(['eks.aws.test']);
    socks.stop();
  });
});

describe('says what is wrong with the proxy', () => {
  test('nobody listens', async () => {
    process.env.HTTP_PROXY = 'http://jane:secret@127.0.0.1:9';
    await expect(askEks()).rejects.toThrow(
      'eks:DescribeClusterVersions failed: the proxy http://127.0.0.1:9 that the environment names cannot be used: connect ECONNREFUSED 127.0.0.1:9',
    );
  });

  test('nobody listens, which is tried again', async () => {
    const { eks } = awsClients({ requestHandler: requestHandlerFor({ proxy: 'http://127.0.0.1:9' }), maxAttempts: 2 });
    await expect(eks.send(new DescribeClusterVersionsCommand({}))).rejects.toMatchObject({
      isTemporary: true, cause: { $metadata: { attempts: 2 } },
    });
  });

  test('it refuses', async () => {
    proxy.manner = 'refuses';
    await expect(askEks()).rejects.toThrow(
      `the proxy ${proxy.url} that the environment names refuses to connect to eks.aws.test: 407 Proxy Authentication Required`,
    );
  });

  test('it is silent', async () => {
    proxy.manner = 'is silent';
    await expect(askEks({ proxy: proxy.url })).rejects.toThrow(
      `the proxy ${proxy.url} that the CDK CLI's --proxy names cannot be used: it did not answer within 4.5 seconds`,
    );
  });

  test.each([
    ['proxy.example.com', "the proxy that the CDK CLI's --proxy names is no URL: write one such as http://proxy.example.com:3128"],
    ['pac+http://example.com/proxy.pac', 'cannot be used: write one that begins with http:, https: or socks:'],
    ['socks://127.0.0.1:9', 'cannot be used: connect ECONNREFUSED'],
  ])('it is %s', async (url, why) => {
    await expect(askEks({ proxy: url })).rejects.toThrow(why);
  });
});

describe('a CA bundle', () => {
  let folder: string;
  let bundle: string;
  let server: Server;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ca-'));
    bundle = join(folder, 'ca.pem');
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=test',
      '-addext', 'subjectAltName=DNS:localhost,DNS:eks.aws.test', '-keyout', join(folder, 'key.pem'), '-out', bundle,
    ], { stdio: 'ignore' });
  });

  beforeEach(async () => {
    server = createServer({ cert: readFileSync(bundle), key: readFileSync(join(folder, 'key.pem')) }, (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"clusterVersions": []}'));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    delete process.env.HTTPS_PROXY;
    delete process.env.HTTP_PROXY;
    process.env.AWS_ENDPOINT_URL_EKS = `https://localhost:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** In a profile that has credentials, too. */
  const inProfile = (name: string) => {
    process.env.AWS_CONFIG_FILE = join(folder, `config-${name}`);
    writeFileSync(process.env.AWS_CONFIG_FILE, `[${name === 'default' ? name : `profile ${name}`}]\nca_bundle = ${bundle}\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n`);
    delete process.env.AWS_ACCESS_KEY_ID;
  };

  test('is needed where a proxy looks into what is sent', async () => {
    await expect(askEks()).rejects.toThrow('self-signed certificate');
  });

  test.each<[string, () => NetworkOptions]>([
    ['the CLI', () => ({ caBundlePath: bundle })],
    ['AWS_CA_BUNDLE', () => { process.env.AWS_CA_BUNDLE = bundle; return {}; }],
    ['aws_ca_bundle', () => { process.env.aws_ca_bundle = bundle; return {}; }],
    ['the default profile', () => { inProfile('default'); return {}; }],
    ['a profile of the environment', () => { inProfile('dev'); process.env.AWS_PROFILE = 'dev'; return {}; }],
    ['a profile of the CLI', () => { inProfile('prod'); return { profile: 'prod' }; }],
    ['REQUESTS_CA_BUNDLE', () => { process.env.REQUESTS_CA_BUNDLE = bundle; return {}; }],
  ])('of %s is trusted', async (_, named) => {
    await askEks(named(), 2);
  });

  test('is trusted behind the proxy of HTTPS_PROXY, in a tunnel that is kept', async () => {
    process.env.HTTPS_PROXY = proxy.url;
    process.env.AWS_ENDPOINT_URL_EKS = eksUrl().href.replace('localhost', 'eks.aws.test');
    await askEks({ caBundlePath: bundle }, 2);
    expect(proxy.asked).toEqual(['eks.aws.test']);
  });

  test('that cannot be read is told of, and nothing is sent', async () => {
    process.env.AWS_CA_BUNDLE = join(folder, 'nowhere.pem');
    await expect(askEks()).rejects.toThrow(
      `the CA bundle that AWS_CA_BUNDLE names cannot be read: ENOENT: no such file or directory, open '${process.env.AWS_CA_BUNDLE}'; name a file of certificates (PEM)`,
    );
  });

  test('of REQUESTS_CA_BUNDLE may be a folder, for Python alone', async () => {
    process.env.REQUESTS_CA_BUNDLE = folder;
    await expect(askEks()).rejects.toThrow('self-signed certificate');
  });
});

/** A SOCKS 5 proxy without passwords, for names of hosts. */
class SocksStandIn {
  readonly asked: string[] = [];
  private readonly sockets: Socket[] = [];

  private readonly server = createTcpServer((socket) => {
    this.sockets.push(socket);
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        const end = 5 + request[4];
        this.asked.push(request.subarray(5, end).toString());
        const target = connect(request.readUInt16BE(end), '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          target.pipe(socket).pipe(target);
        });
      });
    });
  });

  /** With the names of hosts left to the proxy. */
  get url(): string {
    return `socks5h://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return this;
  }

  stop(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }
}
