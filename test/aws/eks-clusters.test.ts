import {
  DeleteClusterCommand, DescribeClusterCommand, DescribeClusterVersionsCommand, DescribeUpdateCommand, EKSClient, ListUpdatesCommand,
  UpdateClusterConfigCommand, UpdateClusterVersionCommand, paginateListClusters, paginateListFargateProfiles,
} from '@aws-sdk/client-eks';
import { LocalAws } from './aws-server';

const DAY = 24 * 60 * 60 * 1000;

let aws: LocalAws;
let client: EKSClient;

beforeEach(async () => {
  aws = await LocalAws.start({ now: new Date('2026-11-01') });
  client = new EKSClient({ ...aws.clientConfig('eks'), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function describe_(name = 'prod') {
  return (await client.send(new DescribeClusterCommand({ name }))).cluster!;
}

async function updateTo(version: string, options = {}) {
  return (await client.send(new UpdateClusterVersionCommand({ name: 'prod', version, ...options }))).update!;
}

async function updateCalled(updateId: string) {
  return (await client.send(new DescribeUpdateCommand({ name: 'prod', updateId }))).update!;
}

describe('reading', () => {
  test('a cluster is described', async () => {
    aws.eks.addCluster({ version: '1.36', supportType: 'STANDARD', subnets: { 'subnet-1': 9 } });

    expect(await describe_()).toMatchObject({
      name: 'prod',
      arn: 'arn:aws:eks:us-west-2:111122223333:cluster/prod',
      version: '1.36',
      status: 'ACTIVE',
      createdAt: expect.any(Date),
      resourcesVpcConfig: { subnetIds: ['subnet-1'] },
      upgradePolicy: { supportType: 'STANDARD' },
      health: { issues: [] },
    });
  });

  test('long lists come in pages', async () => {
    aws.eks.largestPage = 2;
    ['a', 'b', 'c', 'd', 'e'].forEach((name) => aws.eks.addCluster({ name, version: '1.36', fargateProfiles: ['x', 'y', 'z'] }));

    const names: string[] = [];
    for await (const page of paginateListClusters({ client }, {})) names.push(...page.clusters!);
    const profiles: string[] = [];
    for await (const page of paginateListFargateProfiles({ client }, { clusterName: 'a' })) profiles.push(...page.fargateProfileNames!);

    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(profiles).toEqual(['x', 'y', 'z']);
    expect(aws.requests).toHaveLength(3 + 2);
  });

  test('versions have the support status of the day', async () => {
    const statuses = async () => {
      const { clusterVersions } = await client.send(new DescribeClusterVersionsCommand({}));
      return Object.fromEntries(clusterVersions!.map(({ clusterVersion, versionStatus }) => [clusterVersion, versionStatus]));
    };
    expect(await statuses()).toEqual({
      1.31: 'EXTENDED_SUPPORT',
      1.32: 'EXTENDED_SUPPORT',
      1.33: 'EXTENDED_SUPPORT',
      1.34: 'STANDARD_SUPPORT',
      1.35: 'STANDARD_SUPPORT',
      1.36: 'STANDARD_SUPPORT',
      1.37: 'STANDARD_SUPPORT',
    });

    aws.clock.advance(60 * DAY);
    expect(await statuses()).toMatchObject({ 1.34: 'EXTENDED_SUPPORT' });
    expect(await statuses()).not.toHaveProperty(['1.31']);
  });

  test('a version is described with its dates, unsupported ones when they are named', async () => {
    const { clusterVersions } = await client.send(new DescribeClusterVersionsCommand({ clusterVersions: ['1.30', '1.36'] }));

    expect(clusterVersions).toMatchObject([
      { clusterVersion: '1.30', versionStatus: 'UNSUPPORTED' },
      { clusterVersion: '1.36', endOfStandardSupportDate: new Date('2027-08-02'), endOfExtendedSupportDate: new Date('2028-08-02') },
    ]);
  });

  test('fails for a cluster that does not exist', async () => {
    await expect(describe_('nothing')).rejects.toMatchObject({
      name: 'ResourceNotFoundException', message: 'No cluster found for name: nothing.', clusterName: 'nothing', $metadata: { httpStatusCode: 404 },
    });
  });

  test('fails for a token from elsewhere', async () => {
    await expect(client.send(new ListUpdatesCommand({ name: aws.eks.addCluster({ version: '1.36' }).name, nextToken: 'mine' })))
      .rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('an upgrade', () => {
  test('takes its time', async () => {
    aws.eks.addCluster({ version: '1.35' });

    const { id } = await updateTo('1.36');
    expect(await updateCalled(id!)).toMatchObject({ status: 'InProgress', type: 'VersionUpdate' });
    expect(await describe_()).toMatchObject({ version: '1.35', status: 'UPDATING' });

    aws.clock.advance(aws.eks.durations.cluster);
    expect(await updateCalled(id!)).toMatchObject({
      status: 'Successful', params: expect.arrayContaining([{ type: 'Version', value: '1.36' }]),
    });
    expect(await describe_()).toMatchObject({ version: '1.36', status: 'ACTIVE' });
    expect(await client.send(new ListUpdatesCommand({ name: 'prod' }))).toMatchObject({ updateIds: [id] });
  });

  test('can be repeated once it has ended', async () => {
    aws.eks.addCluster({ version: '1.35' });

    await updateTo('1.36');
    aws.eks.finishUpdates();
    await updateTo('1.37');
    aws.eks.finishUpdates();

    expect(await describe_()).toMatchObject({ version: '1.37' });
  });

  test('fails in the end without free addresses, and leaves the version', async () => {
    aws.eks.addCluster({ version: '1.35', subnets: { 'subnet-1': 2, 'subnet-2': 2 } });

    const { id } = await updateTo('1.36');
    aws.eks.finishUpdates();

    expect(await updateCalled(id!)).toMatchObject({ status: 'Failed', errors: [{ errorCode: 'IpNotAvailable' }] });
    expect(await describe_()).toMatchObject({ version: '1.35', status: 'ACTIVE' });
  });

  test.each([
    ['over two minors', '1.37', 'InvalidParameterException', /from 1\.35 to 1\.37/],
    ['to the version it has', '1.35', 'InvalidParameterException', /from 1\.35 to 1\.35/],
    ['to a version that EKS does not offer', '1.99', 'InvalidParameterException', /unsupported Kubernetes version/],
    ['back without an upgrade before', '1.34', 'InvalidParameterException', /from 1\.35 to 1\.34/],
  ])('fails %s', async (_case, version, name, message) => {
    aws.eks.addCluster({ version: '1.35' });

    await expect(updateTo(version)).rejects.toMatchObject({ name, message: expect.stringMatching(message), clusterName: 'prod' });
    expect(await describe_()).toMatchObject({ version: '1.35', status: 'ACTIVE' });
  });

  test('fails while another one runs', async () => {
    aws.eks.addCluster({ version: '1.35' });
    const { id } = await updateTo('1.36');

    await expect(updateTo('1.37')).rejects.toMatchObject({
      name: 'ResourceInUseException', message: expect.stringContaining(id!), $metadata: { httpStatusCode: 409 },
    });
  });

  test('fails with ERROR insights where EKS blocks on them, unless forced', async () => {
    const cluster = aws.eks.addCluster({ version: '1.35' });
    cluster.insights[0].insightStatus!.status = 'ERROR';
    aws.eks.catalog.behaviour = { errorInsightsBlockUpgrades: true, nodeGroupsMustMatch: false };

    await expect(updateTo('1.36')).rejects.toMatchObject({ name: 'InvalidStateException' });
    expect(await updateTo('1.36', { force: true })).toMatchObject({ status: 'InProgress' });
  });
});

describe('a rollback', () => {
  beforeEach(async () => {
    aws.eks.addCluster({ version: '1.35' });
    await updateTo('1.36');
    aws.eks.finishUpdates();
  });

  test('goes back to the version before', async () => {
    expect(await updateTo('1.35', { rollbackConfig: { timeoutMinutes: 120 } })).toMatchObject({ type: 'VersionRollback' });
    aws.eks.finishUpdates();

    expect(await describe_()).toMatchObject({ version: '1.35' });
  });

  test('fails after seven days', async () => {
    aws.clock.advance(7 * DAY + 1);

    await expect(updateTo('1.35')).rejects.toMatchObject({ name: 'InvalidRequestException', message: expect.stringContaining('7 days') });
  });

  test('fails while node groups are ahead of it', async () => {
    aws.eks.clusters.get('prod')!.nodegroups.set('workers', {
      name: 'workers', version: '1.36', status: 'ACTIVE', amiType: 'AL2023_x86_64_STANDARD', issues: [],
    });

    await expect(updateTo('1.35')).rejects.toMatchObject({ message: expect.stringContaining('workers') });
  });

  test('fails with a timeout that EKS does not take', async () => {
    await expect(updateTo('1.35', { rollbackConfig: { timeoutMinutes: 60 } })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

test('an upgrade in the past is among the updates, and can be rolled back', async () => {
  aws.eks.addCluster({ version: '1.36', lastUpgrade: { from: '1.35', completedAt: new Date('2026-10-30') } });

  const { updateIds } = await client.send(new ListUpdatesCommand({ name: 'prod' }));
  expect(await updateCalled(updateIds![0])).toMatchObject({
    type: 'VersionUpdate', status: 'Successful', params: [{ type: 'Version', value: '1.36' }], createdAt: new Date('2026-10-29T23:50:00Z'),
  });
  expect(await updateTo('1.35')).toMatchObject({ type: 'VersionRollback' });
});

describe('faults', () => {
  beforeEach(() => aws.eks.addCluster({ version: '1.36' }));

  test.each([
    ['accessDenied', 'AccessDeniedException', 403, /eks:DescribeCluster on resource: arn:aws:eks:us-west-2:111122223333:cluster\/prod /],
    ['throttled', 'ThrottlingException', 429, /Rate exceeded/],
    ['serverError', 'ServerException', 500, /internal error/],
  ] as const)('%s fails as EKS does', async (fault, name, httpStatusCode, message) => {
    aws.fail({ service: 'eks', fault });

    await expect(describe_()).rejects.toMatchObject({ name, message: expect.stringMatching(message), $metadata: { httpStatusCode } });
  });

  test('are survived by retrying when they pass', async () => {
    client = new EKSClient(aws.clientConfig('eks'));
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'serverError', times: 1 });

    expect(await describe_()).toMatchObject({ name: 'prod' });
    expect(aws.requests.map(({ action }) => action)).toEqual(['DescribeCluster', 'DescribeCluster']);
  });
});

test('a cluster under deletion protection is deleted only when that is off', async () => {
  aws.eks.addCluster({ version: '1.36' });
  const protect = async (deletionProtection: boolean) => {
    await client.send(new UpdateClusterConfigCommand({ name: 'prod', deletionProtection }));
    aws.eks.finishUpdates();
  };
  await protect(true);
  await expect(client.send(new DeleteClusterCommand({ name: 'prod' }))).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await protect(false);
  await expect(client.send(new DeleteClusterCommand({ name: 'prod' }))).resolves.toMatchObject({ cluster: { status: 'DELETING' } });
});
