import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readClusterWorkloads } from '../../../src/live/kubernetes/cluster-workloads';
import { KubernetesApi, KubernetesConnection } from '../../../src/live/kubernetes/kubernetes-api';
import { KubernetesCallError } from '../../../src/live/kubernetes/kubernetes-call-error';

/** A key that both sides know takes the place of certificates. */
const TLS = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
const psk = Buffer.from('0123456789abcdef');

type Answering = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

let server: Server;
let asked: string[];
let connections: number;
let answer: Answering;

beforeEach(async () => {
  [asked, connections] = [[], 0];
  server = createServer({ ...TLS, pskCallback: () => psk }, (request, response) => {
    asked.push(request.url!);
    void answer(request, response, asked.length);
  });
  server.on('secureConnection', () => { connections++; });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function connection(ending = ''): KubernetesConnection {
  const options = { ...TLS, pskCallback: () => ({ psk, identity: 'test' }), checkServerIdentity: () => undefined, headers: { authorization: 'Bearer x' } };
  return { server: `https://127.0.0.1:${(server.address() as AddressInfo).port}${ending}`, requestOptions: async () => options };
}

async function listed(ending = ''): Promise<readonly string[]> {
  const api = new KubernetesApi(connection(ending));
  return api.list('/api/v1/pods', ({ metadata: { name } }) => name as string).finally(() => api.close());
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
}

const page = (names: readonly string[], next?: string) => (
  { metadata: { continue: next }, items: names.map((name) => ({ metadata: { name } })) }
);

test('reads page after page, on one connection, with what the caller is known by', async () => {
  answer = ({ url, headers }, response) => {
    expect(headers).toMatchObject({ authorization: 'Bearer x', accept: 'application/json' });
    send(response, url!.includes('continue') ? page(['c']) : page(['a', 'b'], 'next & more='));
  };
  expect(await listed('/')).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual(['/api/v1/pods?limit=500', '/api/v1/pods?limit=500&continue=next%20%26%20more%3D']);
  expect(connections).toBe(1);
});

test('reads a single object', async () => {
  answer = (_, response) => send(response, { data: { config: 'x' } });
  const api = new KubernetesApi(connection());
  expect(await api.read('/api/v1/namespaces/a/configmaps/b', ({ data }) => data.config as string)).toBe('x');
  expect(asked).toEqual(['/api/v1/namespaces/a/configmaps/b']);
  api.close();
});

test('begins anew when a list has become too old to go on with, and keeps nothing twice', async () => {
  answer = (_, response, count) => {
    if (count === 2) send(response, { message: 'The provided continue parameter is too old' }, 410);
    else send(response, count === 4 ? page(['b']) : page(['a'], 'more'));
  };
  expect(await listed()).toEqual(['a', 'b']);
  expect(asked).toHaveLength(4);
});

test('gives up a list that is too old three times', async () => {
  answer = (_, response, count) => count % 2 === 0 ? send(response, { message: 'too old' }, 410) : send(response, page(['a'], 'more'));
  await expect(listed()).rejects.toThrow('listing pods failed: too old');
  expect(asked).toHaveLength(6);
});

test.each([429, 500, 503])('tries again after %d, and goes on', async (status) => {
  answer = (_, response, count) => count < 3 ? send(response, { message: 'later' }, status) : send(response, page(['a']));
  expect(await listed()).toEqual(['a']);
  expect(asked).toHaveLength(3);
});

test('gives up after three attempts', async () => {
  answer = (_, response) => send(response, '', 503);
  await expect(listed()).rejects.toThrow('listing pods failed: HTTP 503');
  expect(asked).toHaveLength(3);
});

test.each<[number, unknown, string, Partial<KubernetesCallError>]>([
  [401, { message: 'Unauthorized' }, 'does not know the caller, whose principal needs an access entry', { isDenied: true, isForbidden: false }],
  [403, { message: 'pods is forbidden' }, 'not allowed to list pods: pods is forbidden', { isDenied: true, isForbidden: true }],
  [404, { message: 'not found' }, 'listing pods failed: not found', { isDenied: false }],
  [418, 'plain text ', 'listing pods failed: plain text', { isDenied: false }],
  [301, {}, 'listing pods failed: HTTP 301', { isDenied: false }],
])('fails at once for %d', async (status, body, message, properties) => {
  answer = (_, response) => send(response, body, status);
  await expect(listed()).rejects.toMatchObject({ ...properties, status, message: expect.stringContaining(message) });
  expect(asked).toHaveLength(1);
});

test.each([
  ['is no JSON', '<html>'], ['ends too early', '{"items":[{"metadata":{"name":"a"}}'],
])('fails for an answer that %s', async (_, body) => {
  answer = (__, response) => send(response, body);
  await expect(listed()).rejects.toMatchObject({ status: undefined, message: expect.stringContaining('could not be reached') });
});

test('fails for a connection that breaks off', async () => {
  answer = (_, response) => response.destroy();
  await expect(listed()).rejects.toThrow(/^the Kubernetes API at 127\.0\.0\.1:\d+ could not be reached: /);
});

test('waits for an answer longer than for a connection', async () => {
  answer = async (_, response, count) => {
    await sleep(count === 1 ? 0 : 5_500); // on the connection that is there already
    send(response, page(['a'], count === 1 ? 'more' : undefined));
  };
  expect(await listed()).toEqual(['a', 'a']);
});

describe('what runs in a cluster', () => {
  const aws = { eks: { config: {} }, ec2: {} } as unknown as Parameters<typeof readClusterWorkloads>[1];

  test('is not known after a time, whatever the API server does', async () => {
    answer = () => undefined;
    const started = Date.now();
    expect(await readClusterWorkloads({ name: 'prod' }, aws, { connect: async () => connection(), patienceMillis: 300 })).toEqual({
      known: false, why: 'reading what runs in prod took longer than 0.3 seconds',
    });
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('is not known where a cluster has no endpoint, or its connection cannot be made', async () => {
    expect(await readClusterWorkloads({ name: 'prod' }, aws, {})).toEqual({ known: false, why: 'the cluster has no endpoint' });
    const connect = async () => { throw new Error('there is no such file'); };
    expect(await readClusterWorkloads({ name: 'prod' }, aws, { connect })).toEqual({ known: false, why: 'there is no such file' });
  });
});
