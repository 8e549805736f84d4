import { EKSClient } from '@aws-sdk/client-eks';
import { eksConnection, eksToken } from '../../../src/live/kubernetes/eks-connection';

const NOW = new Date('2026-11-28T10:00:00Z');
const key = (accessKeyId: string) => async () => ({ accessKeyId, secretAccessKey: 'secret', sessionToken: 'session' });
const cluster = { name: 'prod', endpoint: 'https://abc.eks.amazonaws.com', certificateAuthority: { data: Buffer.from('PEM').toString('base64') } };

const urlIn = (token: string) => new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());

test.each([
  ['us-west-2', 'sts.us-west-2.amazonaws.com'], ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'], ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', 'sts.eusc-de-east-1.amazonaws.eu'], ['us-iso-east-1', 'sts.us-iso-east-1.c2s.ic.gov'], ['us-isob-east-1', 'sts.us-isob-east-1.sc2s.sgov.gov'],
])('a token of %s is a call of its STS for that cluster, signed and short', async (region, host) => {
  const token = await eksToken('prod', region, key('AKIACALLER'), NOW);
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/); // without padding, as EKS's authenticator wants it
  const { hostname, protocol, pathname, searchParams } = urlIn(token);
  expect({ hostname, protocol, pathname }).toEqual({ hostname: host, protocol: 'https:', pathname: '/' });
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'Action': 'GetCallerIdentity',
    'Version': '2011-06-15',
    'X-Amz-Expires': '60',
    'X-Amz-Date': '20261128T100000Z',
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    'X-Amz-Credential': `AKIACALLER/20261128/${region}/sts/aws4_request`,
    'X-Amz-Security-Token': 'session',
  });
  expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
});

test('the signature is of the cluster, so that no other accepts the token', async () => {
  const signature = async (name: string) => urlIn(await eksToken(name, 'us-west-2', key('AKIACALLER'), NOW)).searchParams.get('X-Amz-Signature');
  expect(await signature('prod')).not.toBe(await signature('other'));
  expect(await signature('prod')).toBe(await signature('prod'));
});

describe('the connection', () => {
  const eks = { config: { credentials: key('AKIAREADER'), region: async () => 'us-west-2' } } as unknown as EKSClient;
  const credentialOf = async (connection: ReturnType<typeof eksConnection>) => {
    const { headers } = await connection.requestOptions();
    const [, token] = /^Bearer (.*)$/.exec((headers as Record<string, string>).authorization)!;
    return { token, signer: urlIn(token).searchParams.get('X-Amz-Credential')!.split('/')[0] };
  };
  afterEach(() => { jest.useRealTimers(); });

  test('goes to the endpoint, and trusts the certificate authority of the cluster', async () => {
    const connection = eksConnection(cluster, eks);
    expect(connection.server).toBe(cluster.endpoint);
    expect(await connection.requestOptions()).toMatchObject({ ca: 'PEM' });
  });

  test('is signed by who calls EKS, unless somebody else is named', async () => {
    expect(await credentialOf(eksConnection(cluster, eks))).toMatchObject({ signer: 'AKIAREADER' });
    expect(await credentialOf(eksConnection(cluster, eks, key('AKIACALLER')))).toMatchObject({ signer: 'AKIACALLER' });
  });

  test('keeps its token, and makes a new one before EKS refuses the old', async () => {
    jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const connection = eksConnection(cluster, eks);
    const { token } = await credentialOf(connection);
    jest.setSystemTime(NOW.getTime() + 9 * 60_000);
    expect((await credentialOf(connection)).token).toBe(token);
    jest.setSystemTime(NOW.getTime() + 11 * 60_000);
    const { token: next } = await credentialOf(connection);
    expect(next).not.toBe(token);
    expect(urlIn(next).searchParams.get('X-Amz-Date')).toBe('20261128T101100Z');
  });
});
