import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { functionCredentials } from '../../src/live/function-credentials';

const environment = process.env;

beforeEach(() => {
  process.env = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
});

afterEach(() => {
  process.env = environment;
});

const credentials = async () => (functionCredentials as () => Promise<object>)();

const OF_LAMBDA = { AWS_ACCESS_KEY_ID: 'AKIDENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

test('are those of the environment', async () => {
  Object.assign(process.env, OF_LAMBDA);
  expect(await credentials()).toMatchObject({ accessKeyId: 'AKIDENVIRONMENT', secretAccessKey: 'secret', sessionToken: 'token' });
});

test('fail where there are none', async () => {
  await expect(credentials()).rejects.toThrow('credentials');
});

describe('with an endpoint in the environment', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer(({ headers }, response) => response.end(JSON.stringify({
      AccessKeyId: `of ${headers.authorization}`, SecretAccessKey: 'secret', Token: 'token', Expiration: '2026-11-22T13:00:00Z',
    })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `http://127.0.0.1:${(server.address() as AddressInfo).port}/credentials`;
    process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN = 'me';
  });

  afterEach(() => server.close());

  test('are what it gives, for as long as it says', async () => {
    expect(await credentials()).toMatchObject({
      accessKeyId: 'of me', sessionToken: 'token', expiration: new Date('2026-11-22T13:00:00Z'),
    });
  });

  test('are those of the environment all the same, if it has some', async () => {
    Object.assign(process.env, OF_LAMBDA);
    expect(await credentials()).toMatchObject({ accessKeyId: 'AKIDENVIRONMENT' });
  });
});
