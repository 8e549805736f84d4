import { ApiStandIn, send } from './api-stand-in';
import { readClusterWorkloads } from '../../../src/live/kubernetes/cluster-workloads';
import { eksConnection } from '../../../src/live/kubernetes/eks-connection';
import { aNodeGroup } from '../../engine/a-cluster';

// in place of certificates, of which the stand-in has none
jest.mock('../../../src/live/kubernetes/eks-connection', () => ({ eksConnection: jest.fn() }));

let server: ApiStandIn;
beforeEach(async () => {
  server = await new ApiStandIn().start();
  jest.mocked(eksConnection).mockImplementation((_, { config }, signer = config.credentials) => ({
    ...server.connection(),
    requestOptions: async () => ({ ...await server.connection().requestOptions(), headers: { authorization: `Bearer ${nameOf(signer)}` } }),
  }));
});
afterEach(() => server.stop());

const CLUSTER = { name: 'prod', endpoint: 'https://example.com' };

type Signer = ReturnType<typeof signerCalled>;

/** Who signs, known by a name; fails where there are no credentials. */
function signerCalled(accessKeyId: string, why?: string) {
  return Object.assign(async () => {
    if (why) throw new Error(why);
    return { accessKeyId, secretAccessKey: '' };
  }, { called: accessKeyId });
}

const nameOf = (signer: unknown) => (signer as Signer).called;

const awsOf = (role: Signer) => (
  { eks: { config: { credentials: role, region: async () => 'us-gov-west-1' } }, ec2: {} } as unknown as Parameters<typeof readClusterWorkloads>[1]);
const aws = awsOf(signerCalled('role'));
const credentials = () => signerCalled('caller');

/** Answers who asks with a status. */
function answerTo(statuses: Readonly<Record<string, number>>): void {
  server.answer = ({ headers }, response) => {
    const who = headers.authorization!.split(' ')[1];
    const body = statuses[who] === 200 ? { metadata: {}, items: [] } : { message: `no, ${who}` };
    send(response, body, statuses[who]);
  };
}

test('the caller is asked for first, and alone where that works', async () => {
  answerTo({ caller: 200, role: 500 });
  expect(await readClusterWorkloads(CLUSTER, aws, { credentials })).toMatchObject({ known: true, value: { pods: [] } });
});

test.each([401, 403])('who reads AWS is asked for next, where the caller gets %d', async (status) => {
  answerTo({ caller: status, role: 200 });
  expect(await readClusterWorkloads(CLUSTER, aws, { credentials })).toMatchObject({ known: true });
});

test('where neither may, it is told of the caller', async () => {
  answerTo({ caller: 403, role: 401 });
  expect(await readClusterWorkloads(CLUSTER, aws, { credentials })).toMatchObject({ known: false, why: expect.stringContaining('no, caller') });
  answerTo({ caller: 401, role: 403 });
  expect(await readClusterWorkloads(CLUSTER, aws, { credentials })).toMatchObject({
    known: false, why: expect.stringContaining('does not know the caller'),
  });
});

test('nobody else is asked for where another caller would fare no better', async () => {
  answerTo({ caller: 404, role: 200 });
  expect(await readClusterWorkloads(CLUSTER, aws, { credentials })).toMatchObject({ known: false, why: expect.stringContaining('no, caller') });
});

test('the caller is asked for the Region of the cluster', async () => {
  answerTo({ caller: 200 });
  const asked: string[] = [];
  await readClusterWorkloads(CLUSTER, aws, {
    credentials: (region) => {
      asked.push(region);
      return credentials();
    },
  });
  expect(asked).toEqual(['us-gov-west-1']);
});

describe('a caller without credentials', () => {
  const access = { credentials: () => signerCalled('caller', 'the token of the caller is invalid') };

  test('leaves it to who reads AWS', async () => {
    answerTo({ role: 200 });
    expect(await readClusterWorkloads(CLUSTER, aws, access)).toMatchObject({ known: true, value: { pods: [] } });
  });

  test.each<[string, Signer]>([
    ['may not look inside', signerCalled('role')], ['has no credentials', signerCalled('role', 'the session has expired')],
  ])('is told of where who reads AWS %s', async (_, role) => {
    answerTo({ role: 403 });
    expect(await readClusterWorkloads(CLUSTER, awsOf(role), access)).toEqual({ known: false, why: 'the token of the caller is invalid' });
  });
});

describe('a connection of somebody\'s own', () => {
  const scaling = { minSize: 1, maxSize: 3, desiredSize: 2 };
  const connect = async () => ({ ...server.connection(), called: "the context 'staging' of the kubeconfig" });
  const groups = Promise.resolve([aNodeGroup({ scaling })]);
  const ofGroup = (nodeGroup: string) => {
    const nodes = [{ metadata: { name: 'n1', labels: { 'eks.amazonaws.com/nodegroup': nodeGroup } } }];
    server.answer = ({ url }, response) => send(response, { metadata: {}, items: url!.startsWith('/api/v1/nodes') ? nodes : [] });
  };

  test('leads to another cluster where no node is of its node groups: what runs is not known', async () => {
    ofGroup('staging');
    expect(await readClusterWorkloads(CLUSTER, aws, { connect }, undefined, groups)).toEqual({
      known: false, why: expect.stringMatching(/^the context 'staging' of the kubeconfig leads to a cluster without any node of workers, /),
    });
    ofGroup('workers');
    expect(await readClusterWorkloads(CLUSTER, aws, { connect }, undefined, groups)).toMatchObject({ known: true });
  });

  test('is not asked at all where it names another endpoint of EKS', async () => {
    server.answer = () => { throw new Error('asked'); };
    const endpointOf = (digit: string) => `https://${digit.repeat(32)}.gr7.us-east-1.eks.amazonaws.com`;
    const toOther = async () => ({ ...await connect(), server: endpointOf('A') });
    expect(await readClusterWorkloads({ ...CLUSTER, endpoint: endpointOf('B') }, aws, { connect: toOther })).toEqual({
      known: false, why: expect.stringContaining('leads to another cluster than prod'),
    });
  });

  test('nothing is asked of a token of EKS, which leads to the cluster: its nodes may not have joined', async () => {
    ofGroup('staging');
    expect(await readClusterWorkloads(CLUSTER, aws, { credentials }, undefined, groups)).toMatchObject({ known: true });
  });
});
