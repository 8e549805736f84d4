import { evictionsHeld } from '../../src/handler/bake-eviction';
import type { BakeEnded } from '../../src/handler/bake-execution';
import { AwsCallError } from '../../src/live/aws-call-error';
import { awsConnection, type AwsConnection } from '../../src/live/aws-connection';
import { eksConnection } from '../../src/live/kubernetes/eks-connection';

// in place of a Kubernetes API
jest.mock('../../src/live/kubernetes/eks-connection', () => ({ eksConnection: jest.fn() }));

const ERROR = { errorCode: 'PodEvictionFailure', errorMessage: 'Reached max retries.', resourceIds: ['ip-10-0-0-1.ec2.internal'] };
const UPDATE = { id: 'a', type: 'VersionUpdate', status: 'Failed', createdAt: new Date('2026-11-22T11:00:00Z'), errors: [ERROR] };
const IN_WORDS_OF_EKS = 'its last update failed with PodEvictionFailure: Reached max retries (ip-10-0-0-1.ec2.internal)';

const never = async () => new Promise<never>(() => undefined);
const after = async (millis: number, answer: object) => new Promise<object>((resolve) => { setTimeout(() => resolve(answer), millis); });

const ANSWERS: Readonly<Record<string, () => Promise<object>>> = {
  ListUpdatesCommand: async () => ({ updateIds: ['a'] }),
  DescribeUpdateCommand: async () => ({ update: UPDATE }),
  DescribeClusterCommand: async () => ({ cluster: { name: 'prod', endpoint: 'https://example.com' } }),
};

beforeEach(() => {
  jest.useFakeTimers();
  jest.mocked(eksConnection).mockImplementation(() => ({ server: 'https://example.com', requestOptions: never }));
});

afterEach(() => {
  jest.useRealTimers();
});

/** What is told within the half minute that there is for it, where EKS answers so. */
async function told(answers: typeof ANSWERS = {}): Promise<{ readonly held?: readonly string[]; readonly log: string[] }> {
  const log: string[] = [];
  const send = async ({ constructor: { name } }: object) => ({ ...ANSWERS, ...answers }[name])!();
  const { connectTo } = awsConnection({ region: 'us-west-2' });
  const connection: AwsConnection = { connectTo: (Service, service) => Object.assign(connectTo(Service, service), { send }) };
  const Subject = { ClusterName: 'prod', NodegroupName: 'canary', Version: '1.36' };
  const ended = {
    Problems: ['its status is DEGRADED'], Request: { ResourceProperties: { Subject, Workloads: 'true' } },
  } as unknown as BakeEnded['BakeEnded'];

  let held: readonly string[] | undefined;
  void evictionsHeld(ended, { connect: () => connection, log: ({ message }) => log.push(message) }).then((found) => { held = found; });
  await jest.advanceTimersByTimeAsync(30_000);
  return { held, log };
}

test('what EKS says is told, though the cluster does not answer', async () => {
  expect((await told()).held).toEqual([
    IN_WORDS_OF_EKS, 'what holds the pods is not known: reading what runs in prod took longer than 25 seconds',
  ]);
});

test('all of it takes no longer than there is time, however late EKS answers', async () => {
  expect((await told({ DescribeUpdateCommand: async () => after(10_000, { update: UPDATE }) })).held).toEqual([
    IN_WORDS_OF_EKS, 'what holds the pods is not known: reading what runs in prod took longer than 15 seconds',
  ]);
});

test.each<[string, () => Promise<object>, string]>([
  ['does not describe the cluster', never, 'reading cluster prod took longer than 25 seconds'],
  [
    'may not describe it',
    async () => { throw new AwsCallError('eks:DescribeCluster', Object.assign(new Error('no'), { name: 'AccessDeniedException' })); },
    'not allowed to call eks:DescribeCluster',
  ],
])('what EKS says is told, though it %s', async (_, DescribeClusterCommand, why) => {
  expect((await told({ DescribeClusterCommand })).held).toEqual([IN_WORDS_OF_EKS, `what holds the pods is not known: ${why}`]);
});

test('nothing is told where EKS itself does not answer, and the log says why', async () => {
  expect(await told({ ListUpdatesCommand: never })).toEqual({
    held: [], log: ['what held the nodes is not known: reading the last update of canary took longer than 25 seconds'],
  });
});
