/**
 * What the custom resource of clusters of `aws-eks` does with a version: the CDK's own handler, on the local EKS. Docs and checks
 * rest on it.
 */
import { dirname, join } from 'node:path';
import { enterEnvironment } from './sdk-environment';
import { AWS_EKS_CLUSTER_TYPE } from '../../src/engine/state/deployed-stack';
import { LocalAws } from '../aws/aws-server';

const HANDLER = join(
  dirname(require.resolve('aws-cdk-lib/package.json')), 'custom-resource-handlers/dist/aws-eks/cluster-resource-handler/index.js',
);

// part of the SDK in Lambda's runtime
jest.mock('@aws-sdk/credential-providers', () => ({
  fromTemporaryCredentials: () => async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }),
}), { virtual: true });

interface Config {
  readonly version: string;
  readonly logging?: object;
}

interface Handler {
  onEvent(event: object): Promise<{ EksUpdateId?: string } | undefined>;
  isComplete(event: object): Promise<{ IsComplete: boolean }>;
}

let aws: LocalAws;
let leave: () => void;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the CDK exports it to nobody
const { onEvent } = require(HANDLER) as Handler;

beforeEach(async () => {
  // it logs what it is told and told by EKS
  (['log', 'info', 'debug', 'error'] as const).forEach((level) => jest.spyOn(console, level).mockReturnValue());
  aws = await LocalAws.start({ now: new Date('2026-11-01') });
  leave = enterEnvironment(aws);
});

afterEach(async () => {
  leave();
  await aws.stop();
});

/** What CloudFormation sends when the configuration changes; in a rollback, from the new one to the old. */
async function update(from: Config, to: Config) {
  const properties = (config: Config) => ({
    Config: { name: 'prod', ...config }, AssumeRoleArn: 'arn:aws:iam::111122223333:role/creation',
  });
  return onEvent({
    ResourceType: AWS_EKS_CLUSTER_TYPE,
    RequestType: 'Update',
    RequestId: 'request',
    PhysicalResourceId: 'prod',
    ResourceProperties: properties(to),
    OldResourceProperties: properties(from),
  });
}

const asked = () => aws.requests.filter(({ action }) => action === 'UpdateClusterVersion').map(
  ({ input }) => (input as { version: string }).version,
);

const API_LOGS = { clusterLogging: [{ enabled: true, types: ['api'] }] };

test('moves the control plane to the version of the template', async () => {
  aws.eks.addCluster({ version: '1.35' });
  expect(await update({ version: '1.35' }, { version: '1.36' })).toMatchObject({ EksUpdateId: expect.any(String) });
  expect(asked()).toEqual(['1.36']);
});

test('does nothing where the cluster has the version already, as after a rollback that left it there', async () => {
  aws.eks.addCluster({ version: '1.36' });
  expect(await update({ version: '1.35' }, { version: '1.36' })).toBeUndefined();
  expect(asked()).toEqual([]);
});

test('asks for the old version in a rollback, and fails while nodes run the new one', async () => {
  const cluster = aws.eks.addCluster({ version: '1.36', lastUpgrade: { from: '1.35', completedAt: new Date('2026-10-31') } });
  cluster.nodegroups.set('workers', { name: 'workers', version: '1.36', status: 'ACTIVE', amiType: 'AL2023_x86_64_STANDARD', issues: [] });

  await expect(update({ version: '1.36' }, { version: '1.35' })).rejects.toThrow('workers');
  expect(asked()).toEqual(['1.35']);
});

test('asks for the old version in a rollback, which takes the control plane back where EKS allows it', async () => {
  aws.eks.addCluster({ version: '1.36', lastUpgrade: { from: '1.35', completedAt: new Date('2026-10-31') } });
  expect(await update({ version: '1.36' }, { version: '1.35' })).toMatchObject({ EksUpdateId: expect.any(String) });
});

test('fails for two kinds of update, and for the way back as well', async () => {
  aws.eks.addCluster({ version: '1.35' });
  await expect(update({ version: '1.35' }, { version: '1.36', logging: API_LOGS })).rejects.toThrow(/^Only one type of update/);
  await expect(update({ version: '1.36', logging: API_LOGS }, { version: '1.35' })).rejects.toThrow(/^Only one type of update/);
  expect(asked()).toEqual([]);
});
