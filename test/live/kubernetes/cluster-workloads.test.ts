import { ApiStandIn, send } from './api-stand-in';
import { readClusterWorkloads } from '../../../src/live/kubernetes/cluster-workloads';
import { eksConnection } from '../../../src/live/kubernetes/eks-connection';

// in place of certificates, of which the stand-in has none
jest.mock('../../../src/live/kubernetes/eks-connection', () => ({ eksConnection: jest.fn() }));

let server: ApiStandIn;
beforeEach(async () => {
  server = await new ApiStandIn().start();
  jest.mocked(eksConnection).mockImplementation((_, { config }, signer = config.credentials) => ({
    ...server.connection(),
    requestOptions: async () => ({ ...await server.connection().requestOptions(), headers: { authorization: `Bearer ${String(signer)}` } }),
  }));
});
afterEach(() => server.stop());

const CLUSTER = { name: 'prod', endpoint: 'https://example.com' };
const aws = { eks: { config: { credentials: 'role' } }, ec2: {} } as unknown as Parameters<typeof readClusterWorkloads>[1];
const credentials = 'caller' as unknown as NonNullable<Parameters<typeof readClusterWorkloads>[2]['credentials']>;

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
