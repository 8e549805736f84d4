import { setTimeout as sleep } from 'node:timers/promises';
import { ApiStandIn, send } from './api-stand-in';
import { readClusterWorkloads } from '../../../src/live/kubernetes/cluster-workloads';
import { KubernetesApi } from '../../../src/live/kubernetes/kubernetes-api';
import { KubernetesCallError } from '../../../src/live/kubernetes/kubernetes-call-error';

let server: ApiStandIn;
beforeEach(async () => { server = await new ApiStandIn().start(); });
afterEach(() => server.stop());

async function listed(ending = ''): Promise<readonly string[]> {
  const api = new KubernetesApi(server.connection(ending));
  return api.list('/api/v1/pods', ({ metadata: { name } }) => name as string).finally(() => api.close());
}

const page = (names: readonly string[], next?: string) => (
  { metadata: { continue: next }, items: names.map((name) => ({ metadata: { name } })) }
);

test('reads page after page, on one connection, with what the caller is known by', async () => {
  server.answer = ({ url, headers }, response) => {
    expect(headers).toMatchObject({ authorization: 'Bearer x', accept: 'application/json' });
    send(response, url!.includes('continue') ? page(['c']) : page(['a', 'b'], 'next & more='));
  };
  expect(await listed('/')).toEqual(['a', 'b', 'c']);
  expect(server.asked).toEqual(['/api/v1/pods?limit=500', '/api/v1/pods?limit=500&continue=next%20%26%20more%3D']);
  expect(server.connections).toBe(1);
});

test('reads a single object', async () => {
  server.answer = (_, response) => send(response, { data: { config: 'x' } });
  const api = new KubernetesApi(server.connection());
  expect(await api.read('/api/v1/namespaces/a/configmaps/b', ({ data }) => data.config as string)).toBe('x');
  expect(server.asked).toEqual(['/api/v1/namespaces/a/configmaps/b']);
  api.close();
});

test('begins anew when a list has become too old to go on with, and keeps nothing twice', async () => {
  server.answer = (_, response, count) => {
    if (count === 2) send(response, { message: 'The provided continue parameter is too old' }, 410);
    else send(response, count === 4 ? page(['b']) : page(['a'], 'more'));
  };
  expect(await listed()).toEqual(['a', 'b']);
  expect(server.asked).toHaveLength(4);
});

test('gives up a list that is too old three times', async () => {
  server.answer = (_, response, count) => count % 2 === 0 ? send(response, { message: 'too old' }, 410) : send(response, page(['a'], 'more'));
  await expect(listed()).rejects.toThrow('listing pods failed: too old');
  expect(server.asked).toHaveLength(6);
});

test.each([429, 500, 503])('tries again after %d, and goes on', async (status) => {
  server.answer = (_, response, count) => count < 3 ? send(response, { message: 'later' }, status) : send(response, page(['a']));
  expect(await listed()).toEqual(['a']);
  expect(server.asked).toHaveLength(3);
});

test('gives up after three attempts', async () => {
  server.answer = (_, response) => send(response, '', 503);
  await expect(listed()).rejects.toThrow('listing pods failed: HTTP 503');
  expect(server.asked).toHaveLength(3);
});

test.each<[number, unknown, string, Partial<KubernetesCallError>]>([
  [401, { message: 'Unauthorized' }, 'does not know the caller, whose principal needs an access entry', { isDenied: true, isForbidden: false }],
  [403, { message: 'pods is forbidden' }, 'not allowed to list pods: pods is forbidden', { isDenied: true, isForbidden: true }],
  [404, { message: 'not found' }, 'listing pods failed: not found', { isDenied: false }],
  [418, 'plain text ', 'listing pods failed: plain text', { isDenied: false }],
  [301, {}, 'listing pods failed: HTTP 301', { isDenied: false }],
  [418, 'no\u001b[31m\r\n::error::tea', 'listing pods failed: no[31m ::error::tea', {}],
])('fails at once for %d', async (status, body, message, properties) => {
  server.answer = (_, response) => send(response, body, status);
  await expect(listed()).rejects.toMatchObject({ ...properties, status, message: expect.stringContaining(message) });
  expect(server.asked).toHaveLength(1);
});

test.each([
  ['is no JSON', '<html>'], ['ends too early', '{"items":[{"metadata":{"name":"a"}}'],
])('fails for an answer that %s', async (_, body) => {
  server.answer = (__, response) => send(response, body);
  await expect(listed()).rejects.toMatchObject({ status: undefined, message: expect.stringContaining('could not be reached') });
});

test('fails for a connection that breaks off', async () => {
  server.answer = (_, response) => response.destroy();
  await expect(listed()).rejects.toThrow(/^the Kubernetes API at 127\.0\.0\.1:\d+ could not be reached: /);
});

test('waits for an answer longer than for a connection', async () => {
  server.answer = async (_, response, count) => {
    await sleep(count === 1 ? 0 : 5_500); // on the connection that is there already
    send(response, page(['a'], count === 1 ? 'more' : undefined));
  };
  expect(await listed()).toEqual(['a', 'a']);
});

describe('what runs in a cluster', () => {
  const aws = { eks: { config: {} }, ec2: {} } as unknown as Parameters<typeof readClusterWorkloads>[1];

  test('is not known after a time, whatever the API server does', async () => {
    server.answer = () => undefined;
    const started = Date.now();
    expect(await readClusterWorkloads({ name: 'prod' }, aws, { connect: async () => server.connection(), patienceMillis: 300 })).toEqual({
      known: false, why: 'reading what runs in prod took longer than 0.3 seconds',
    });
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('is let go of after that time, though the API server goes on answering', async () => {
    server.answer = (_, response) => {
      const trickle = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(trickle));
    };
    await readClusterWorkloads({ name: 'prod' }, aws, { connect: async () => server.connection(), patienceMillis: 300 });
    for (let left = 20; left > 0 && await server.openConnections() > 0; left--) await sleep(100);
    expect(await server.openConnections()).toBe(0);
  });

  test('is not known where a cluster has no endpoint, or its connection cannot be made', async () => {
    expect(await readClusterWorkloads({ name: 'prod' }, aws, {})).toEqual({ known: false, why: 'the cluster has no endpoint' });
    const connect = async () => { throw new Error('there is no such file'); };
    expect(await readClusterWorkloads({ name: 'prod' }, aws, { connect })).toEqual({ known: false, why: 'there is no such file' });
  });
});
