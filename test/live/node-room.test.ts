import { awsClients } from '../../src/live/aws-clients';
import { readClusterState } from '../../src/live/cluster-state';
import { readNodeRoom } from '../../src/live/node-room';
import { launchActivity } from '../aws/auto-scaling';
import type { LocalAws } from '../aws/aws-server';
import type { ClusterSeed } from '../aws/eks';
import { withLocalAws } from '../aws/with-local-aws';

const NOW = new Date('2026-11-22T12:00:00Z');
const HOUR = 3600_000;

let aws: LocalAws;

withLocalAws((local) => { aws = local; }, NOW);

async function read(roomFor: (group: { name: string }) => boolean = () => true) {
  return (await readClusterState(awsClients({ maxAttempts: 1 }), 'prod', { now: NOW, roomFor })).nodeRoom!;
}

function putCluster(config: object = {}, seed: Partial<ClusterSeed> = {}) {
  return aws.eks.addCluster({
    version: '1.35',
    subnets: { 'subnet-a': 20, 'subnet-b': 7, 'subnet-c': 3 },
    nodegroups: [{ name: 'workers', config: { subnets: ['subnet-b', 'subnet-c'], instanceTypes: ['m7i.large', 'm7i.xlarge'], ...config } }],
    ...seed,
  });
}

test('the subnets of the nodes, what their instance types are like, where they are offered, and their quota', async () => {
  putCluster();
  aws.ec2.stopOffering('m7i.xlarge', 'usw2-az2');

  expect(await read()).toMatchObject({
    ipFamily: 'ipv4',
    subnets: { value: [{ id: 'subnet-b', zone: 'usw2-az2', freeAddresses: 7 }, { id: 'subnet-c', zone: 'usw2-az3', freeAddresses: 3 }] },
    instanceTypes: {
      value: [{ name: 'm7i.large', vcpus: 2, addressesPerInterface: 10, interfaces: 3 }, { name: 'm7i.xlarge', vcpus: 4, addressesPerInterface: 15, interfaces: 4 }],
    },
    offerings: {
      value: [{ name: 'm7i.large', zones: ['usw2-az1', 'usw2-az2', 'usw2-az3'] }, { name: 'm7i.xlarge', zones: ['usw2-az1', 'usw2-az3'] }],
    },
    quotas: { value: [{ code: 'L-1216C47A', name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances', vcpus: 1152 }] },
  });
});

test('a type that the Region lacks is offered nowhere, and does not hide the others', async () => {
  putCluster({ instanceTypes: ['m7i.large', 'm99.large'] });
  expect(await read()).toMatchObject({
    instanceTypes: { value: [{ name: 'm7i.large' }] },
    offerings: { value: [{ name: 'm7i.large', zones: { length: 3 } }, { name: 'm99.large', zones: [] }] },
  });
});

test('instance type and version of the launch template; none when it is gone', async () => {
  const launchTemplate = { id: 'lt-0123456789abcdef0', version: '7' };
  putCluster({ launchTemplate, instanceTypes: undefined });
  aws.ec2.launchTemplates.putVersion(launchTemplate.id, '7', { instanceType: 'g5.xlarge' });
  const found = await read();
  expect(found.nodeGroups.workers.launchTemplate).toEqual({ known: true, value: { instanceType: 'g5.xlarge' } });
  expect(found).toMatchObject({ instanceTypes: { value: [{ name: 'g5.xlarge' }] }, quotas: { value: [{ code: 'L-DB2E81BA' }] } });

  putCluster({ launchTemplate: { ...launchTemplate, version: '8' } });
  expect((await read()).nodeGroups.workers.launchTemplate).toEqual({ known: true, value: undefined });
  putCluster({ launchTemplate: { id: 'lt-0fedcba9876543210', version: '1' } });
  expect((await read()).nodeGroups.workers.launchTemplate).toEqual({ known: true, value: undefined });
});

test('the last update of the group, whatever the order of the list, with its errors', async () => {
  const cluster = putCluster();
  const update = (
    id: string, nodegroupName: string | undefined, hoursAgo: number, status: 'Successful' | 'Failed',
  ) => cluster.updates.push({
    nodegroupName,
    update: {
      id,
      type: 'VersionUpdate',
      status,
      createdAt: new Date(NOW.getTime() - hoursAgo * HOUR),
      errors: status === 'Failed' ? [{ errorCode: 'PodEvictionFailure', errorMessage: 'no', resourceIds: ['shop/cart-0'] }] : [],
    },
  });
  update('1', 'workers', 5, 'Successful');
  update('2', 'workers', 2, 'Failed');
  update('3', 'workers', 4, 'Successful');
  update('4', undefined, 1, 'Successful');
  aws.eks.largestPage = 1;

  expect((await read()).nodeGroups.workers.lastUpdate).toEqual({
    known: true,
    value: {
      type: 'VersionUpdate',
      status: 'Failed',
      startedAt: '2026-11-22T10:00:00.000Z',
      errors: [{ code: 'PodEvictionFailure', message: 'no', resourceIds: ['shop/cart-0'] }],
    },
  });
});

test('launches, newest first, and suspended processes; what is under way or no launch does not count', async () => {
  putCluster();
  const group = aws.autoScaling.group('eks-workers');
  group.activities.push(
    launchActivity('eks-workers', new Date(NOW.getTime() - 3 * HOUR)),
    launchActivity('eks-workers', new Date(NOW.getTime() - HOUR), 'Your quota allows for 0 more running instance(s).'),
    { ...launchActivity('eks-workers', NOW), StatusCode: 'InProgress' },
    { ...launchActivity('eks-workers', NOW, 'Somebody has cancelled it.'), StatusCode: 'Cancelled' },
    { ...launchActivity('eks-workers', NOW), Description: 'Terminating EC2 instance: i-0123456789abcdef0' },
  );
  group.suspended.push({ ProcessName: 'Launch', SuspensionReason: 'User suspended at 2026-11-01T00:00:00Z' });

  expect((await read()).nodeGroups.workers).toMatchObject({
    launches: {
      known: true,
      value: [
        { successful: false, endedAt: '2026-11-22T11:00:00.000Z', message: 'Your quota allows for 0 more running instance(s).' },
        { successful: true, endedAt: '2026-11-22T09:00:00.000Z', message: '' },
      ],
    },
    suspended: { known: true, value: [{ group: 'eks-workers', name: 'Launch', reason: 'User suspended at 2026-11-01T00:00:00Z' }] },
  });
});

test('a subnet that somebody has deleted does not hide the others', async () => {
  putCluster({ subnets: ['subnet-b', 'subnet-gone', 'subnet-c'] });
  expect((await read()).subnets).toMatchObject({ known: true, value: [{ id: 'subnet-b' }, { id: 'subnet-c' }] });
});

test('a launch is found behind many terminations, as they are after a roll', async () => {
  putCluster();
  const terminated = { ...launchActivity('eks-workers', NOW), Description: 'Terminating EC2 instance: i-0123456789abcdef0' };
  aws.autoScaling.group('eks-workers').activities.push(
    ...Array<typeof terminated>(80).fill(terminated), launchActivity('eks-workers', new Date(NOW.getTime() - HOUR), 'No capacity.'),
  );
  expect((await read()).nodeGroups.workers.launches).toMatchObject({ value: [{ successful: false, message: 'No capacity.' }] });
});

test.each([['DescribeScalingActivities', 'launches', 'suspended'], ['DescribeAutoScalingGroups', 'suspended', 'launches']] as const)(
  'where %s is denied, the other is read all the same', async (action, unread, other) => {
    putCluster();
    aws.fail({ service: 'autoscaling', fault: 'accessDenied', action });
    const { workers } = (await read()).nodeGroups;
    expect(workers[unread]).toMatchObject({ known: false, why: expect.stringContaining(`autoscaling:${action}`) });
    expect(workers[other]).toEqual({ known: true, value: [] });
  });

test('access entries are asked for where they alone decide', async () => {
  const nodeRole = 'arn:aws:iam::111122223333:role/workers';
  const cluster = putCluster({ nodeRole });
  expect((await read()).nodeGroups.workers.accessEntry).toBeUndefined();

  cluster.config = { accessConfig: { authenticationMode: 'API' } };
  expect((await read()).nodeGroups.workers.accessEntry).toEqual({ known: true, value: undefined });
  cluster.accessEntries.set(nodeRole, { principalArn: nodeRole, type: 'EC2_LINUX' });
  expect((await read()).nodeGroups.workers.accessEntry).toEqual({ known: true, value: { type: 'EC2_LINUX' } });
});

test('only of the groups that are asked for; of none, no service is asked', async () => {
  putCluster({}, { nodegroups: [{ name: 'a' }, { name: 'b' }] });
  expect(Object.keys((await read(({ name }) => name === 'b')).nodeGroups)).toEqual(['b']);

  aws.clearRequests();
  expect((await readClusterState(awsClients({ maxAttempts: 1 }), 'prod', { now: NOW })).nodeRoom).toBeUndefined();
  expect(aws.requests.filter(({ service }) => ['autoscaling', 'servicequotas'].includes(service))).toEqual([]);
});

test('all that is denied is unknown, each by its action', async () => {
  const cluster = putCluster({ launchTemplate: { id: 'lt-0123456789abcdef0', version: '1' } });
  cluster.config = { accessConfig: { authenticationMode: 'API' } };
  (['autoscaling', 'servicequotas', 'ec2'] as const).forEach((service) => aws.fail({ service, fault: 'accessDenied' }));
  aws.fail({ service: 'eks', fault: 'accessDenied', action: 'DescribeAccessEntry' });
  aws.fail({ service: 'eks', fault: 'accessDenied', action: 'ListUpdates' });
  const denied = (action: string) => ({ known: false, why: expect.stringContaining(`not allowed to call ${action} (`) });

  expect(await read()).toMatchObject({
    subnets: denied('ec2:DescribeSubnets'),
    instanceTypes: denied('ec2:DescribeInstanceTypes'),
    offerings: denied('ec2:DescribeInstanceTypeOfferings'),
    quotas: denied('servicequotas:GetServiceQuota'),
    nodeGroups: {
      workers: {
        lastUpdate: denied('eks:ListUpdates'),
        launches: denied('autoscaling:DescribeScalingActivities'),
        suspended: denied('autoscaling:DescribeAutoScalingGroups'),
        launchTemplate: denied('ec2:DescribeLaunchTemplateVersions'),
        accessEntry: denied('eks:DescribeAccessEntry'),
      },
    },
  });
});

test('pages of types and offers are read to the end, and it survives JSON', async () => {
  putCluster();
  const whole = await read();
  aws.ec2.largestPage = 1;
  expect(await read()).toEqual(whole);
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
});

test('all of it is waited for no longer than 90 seconds together, and what was read until then counts', async () => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  try {
    const names = Array.from({ length: 17 }, (_, index) => `group-${index}`);
    const asked: string[] = [];
    const clients = awsClients({ maxAttempts: 1 });
    const silent = async () => new Promise<never>(() => undefined);
    const answers = async ({ input }: { input: { nodegroupName: string } }) => {
      asked.push(input.nodegroupName);
      return { updateIds: [] };
    };
    const room = readNodeRoom({
      ...clients,
      eks: Object.assign(clients.eks, { send: answers }),
      ec2: Object.assign(clients.ec2, { send: silent }),
      connectTo: (Service, service) => Object.assign(clients.connectTo(Service, service), { send: silent }),
    }, { name: 'prod' }, names.map((name) => (
      { name, subnetIds: ['subnet-a'], autoScalingGroups: [`asg-${name}`], instanceTypes: ['m7i.large'] } as never)));
    await jest.advanceTimersByTimeAsync(90_000);
    const { nodeGroups, subnets, quotas } = await room;
    const tooLate = (what: string) => ({ known: false, why: `reading ${what} took longer than 90 seconds` });
    expect({ subnets, quotas }).toEqual({ subnets: tooLate('the subnets of the node groups'), quotas: tooLate('the quotas of instances') });
    expect(nodeGroups['group-0']).toMatchObject({ lastUpdate: { known: true }, launches: tooLate('launches') });
    names.slice(8).forEach((name) => expect(nodeGroups[name]).toMatchObject({ lastUpdate: { known: false }, launches: { known: false } }));
    expect(new Set(asked)).toEqual(new Set(names.slice(0, 8)));
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
