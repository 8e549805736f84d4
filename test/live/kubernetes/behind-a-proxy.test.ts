import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubernetesConnection } from '../../../src/live/kubernetes/kubernetes-api';
import { readWorkloads } from '../../../src/live/kubernetes/workloads';
import { kubernetesAgentFor, NetworkOptions } from '../../../src/live/network';
import { ProxyStandIn } from '../../aws/proxy-stand-in';

const OUTSIDE = process.env;

/** Only the proxy finds it. */
const HIDDEN = 'abcdef.gr7.eu-central-1.eks.test';

let ca: string;
let server: Server;
let proxy: ProxyStandIn;
let connections: number;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-ca-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=kubernetes',
    '-addext', `subjectAltName=DNS:localhost,DNS:${HIDDEN}`, '-keyout', key, '-out', cert,
  ], { stdio: 'ignore' });
  ca = readFileSync(cert, 'utf8');
  server = createServer({ cert: ca, key: readFileSync(key) }, (_, response) => response.end('{"metadata":{},"items":[]}'));
  server.on('secureConnection', () => { connections++; });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});

beforeEach(async () => {
  connections = 0;
  proxy = await new ProxyStandIn().start();
  process.env = { PATH: OUTSIDE.PATH, HTTPS_PROXY: proxy.url };
});

afterEach(() => {
  process.env = OUTSIDE;
  proxy.stop();
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const clusterAt = (host: string): KubernetesConnection => (
  { server: `https://${host}:${(server.address() as AddressInfo).port}`, requestOptions: async () => ({ ca }) });

const read = async (options: NetworkOptions = {}, host = HIDDEN) =>
  readWorkloads(clusterAt(host), { agent: await kubernetesAgentFor(options) });

test('the proxy of HTTPS_PROXY is asked, and its connections serve several requests', async () => {
  expect(await read()).toMatchObject({ pods: [], nodes: [] });
  expect(new Set(proxy.asked)).toEqual(new Set([HIDDEN]));
  expect(proxy.asked).toHaveLength(connections);
  expect(connections).toBeLessThan(10); // requests are 13
});

test('that of the CDK CLI is for AWS: NO_PROXY makes no exceptions to it', async () => {
  delete process.env.HTTPS_PROXY;
  expect(await read({ proxy: proxy.url }, 'localhost')).toMatchObject({ pods: [] });
  expect(proxy.asked).toEqual([]);
});

test('none is asked for this machine, as where a port is forwarded to the cluster', async () => {
  expect(await read({}, 'localhost')).toMatchObject({ pods: [] });
  expect(proxy.asked).toEqual([]);
});

test('none is asked for what is below a name in NO_PROXY', async () => {
  process.env.NO_PROXY = 'eks.test';
  await expect(read()).rejects.toThrow(/could not be reached: getaddrinfo/); // which only the proxy finds
  expect(proxy.asked).toEqual([]);
});

test('without a proxy, there is nothing to send requests by but what the reading has itself', async () => {
  delete process.env.HTTPS_PROXY;
  expect(await kubernetesAgentFor({})).toBeUndefined();
  expect(await read({}, 'localhost')).toMatchObject({ pods: [] });
});

test('a CA bundle is for the proxy, and not for the cluster, which has an authority of its own', async () => {
  process.env.AWS_CA_BUNDLE = join(mkdtempSync(join(tmpdir(), 'bundle-')), 'other.pem');
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=company',
    '-keyout', join(tmpdir(), 'company-key.pem'), '-out', process.env.AWS_CA_BUNDLE,
  ], { stdio: 'ignore' });
  expect(await read()).toMatchObject({ pods: [] });
  process.env.NO_PROXY = '*';
  expect(await read({}, 'localhost')).toMatchObject({ pods: [] });
});

describe('what is wrong is told of the proxy', () => {
  const why = (text: string) => `the Kubernetes API at ${new URL(clusterAt(HIDDEN).server).host} could not be reached: ${text}`;

  test('it refuses', async () => {
    proxy.manner = 'refuses';
    await expect(read()).rejects.toThrow(
      why(`the proxy ${proxy.url} that the environment names refuses to connect to ${HIDDEN}: 407 Proxy Authentication Required`),
    );
  });

  test('it is silent', async () => {
    proxy.manner = 'is silent';
    await expect(read()).rejects.toThrow(why(`the proxy ${proxy.url} that the environment names cannot be used: it did not answer within 4.5 seconds`));
  });

  test('nobody listens', async () => {
    process.env.HTTPS_PROXY = 'http://jane:secret@127.0.0.1:9';
    await expect(read()).rejects.toThrow(why('the proxy http://127.0.0.1:9 that the environment names cannot be used: connect ECONNREFUSED 127.0.0.1:9'));
  });

  test('the CA bundle of the environment cannot be read', async () => {
    process.env.AWS_CA_BUNDLE = '/nowhere/ca.pem';
    await expect(read()).rejects.toThrow('the CA bundle that AWS_CA_BUNDLE names cannot be read: ENOENT');
  });
});
