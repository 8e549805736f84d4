import { AwsCallError } from '../../src/live/aws-call-error';
import { awsClients } from '../../src/live/aws-clients';
import { readClusterState } from '../../src/live/cluster-state';
import type { LocalAws } from '../aws/aws-server';
import { deprecatedApi, insight } from '../aws/sample-insights';
import { withLocalAws } from '../aws/with-local-aws';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY = 24 * 3600_000;

let aws: LocalAws;

withLocalAws((local) => { aws = local; }, NOW);

async function read() {
  return readClusterState(awsClients({ maxAttempts: 1 }), 'prod', { now: NOW });
}

test('the control plane, as EKS describes it', async () => {
  Object.assign(aws.eks.addCluster({
    version: '1.35', supportType: 'STANDARD', autoMode: true, fargateProfiles: ['a', 'b'], subnets: { 'subnet-a': 7 },
  }), {
    status: 'UPDATING',
    issues: [{ code: 'KmsKeyNotFound', message: 'The key is gone.', resourceIds: ['key'] }],
  });

  expect(await read()).toMatchObject({
    name: 'prod',
    arn: 'arn:aws:eks:us-west-2:111122223333:cluster/prod',
    observedAt: '2026-11-22T12:00:00.000Z',
    version: '1.35',
    status: 'UPDATING',
    supportType: { known: true, value: 'STANDARD' },
    autoMode: true,
    healthIssues: [{ code: 'KmsKeyNotFound', message: 'The key is gone.', resourceIds: ['key'] }],
    fargateProfiles: { known: true, value: ['a', 'b'] },
    subnets: { known: true, value: [{ id: 'subnet-a', zone: expect.stringMatching(/^usw2-az\d$/), freeAddresses: 7 }] },
    updatesInProgress: { known: true, value: [] },
    versionHistory: { known: true, value: [] },
  });
});

test('updates: those that run, and the version changes of the past', async () => {
  aws.eks.addCluster({
    version: '1.35',
    lastUpgrade: { from: '1.34', completedAt: new Date(NOW.getTime() - DAY) },
    nodegroups: [{ name: 'workers', version: '1.34' }],
  });
  aws.eks.actions.UpdateClusterVersion({ name: 'prod', version: '1.36' });

  const { updatesInProgress, versionHistory } = await read();

  expect(updatesInProgress).toMatchObject({ known: true, value: [{ type: 'VersionUpdate', id: expect.any(String) }] });
  expect(versionHistory).toEqual({ known: true, value: [{ kind: 'upgrade', to: '1.35', startedAt: '2026-11-21T11:50:00.000Z' }] });
});

test('updates: cancelled and failed ones neither run nor count, a rollback does', async () => {
  const cluster = aws.eks.addCluster({ version: '1.35' });
  const update = (id: string, type: 'VersionUpdate' | 'VersionRollback', status: 'Successful' | 'Failed' | 'Cancelled', value: string) => ({
    update: { id, type, status, params: [{ type: 'Version' as const, value }], createdAt: new Date('2026-11-20T00:00:00Z'), errors: [] },
  });
  cluster.updates.push(
    update('1', 'VersionUpdate', 'Successful', '1.36'),
    update('2', 'VersionRollback', 'Cancelled', '1.35'),
    update('3', 'VersionRollback', 'Failed', '1.35'),
    update('4', 'VersionRollback', 'Successful', '1.35'),
  );

  const { updatesInProgress, versionHistory } = await read();

  expect(updatesInProgress).toEqual({ known: true, value: [] });
  expect(versionHistory).toMatchObject({ known: true, value: [{ kind: 'upgrade', to: '1.36' }, { kind: 'rollback', to: '1.35' }] });
});

test('all pages of updates, node groups, add-ons, insights and Fargate profiles', async () => {
  aws.eks.addCluster({
    version: '1.35',
    lastUpgrade: { from: '1.34', completedAt: new Date(NOW.getTime() - DAY) },
    nodegroups: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    addons: [{ name: 'coredns' }, { name: 'kube-proxy' }, { name: 'vpc-cni' }],
    fargateProfiles: ['one', 'two', 'three'],
  });
  aws.eks.actions.UpdateClusterVersion({ name: 'prod', version: '1.36' });
  const whole = await read();
  aws.eks.largestPage = 1;

  expect(await read()).toEqual(whole);
  expect(whole).toMatchObject({
    updatesInProgress: { value: { length: 1 } },
    versionHistory: { value: { length: 1 } },
    nodeGroups: { value: { length: 3 } },
    addOns: { value: { length: 3 } },
    fargateProfiles: { value: ['one', 'two', 'three'] },
  });
});

test('node groups: their sizes, how they are rolled, their launch template and subnets', async () => {
  aws.eks.addCluster({
    version: '1.35',
    nodegroups: [{
      name: 'workers',
      config: {
        scalingConfig: { minSize: 2, desiredSize: 6, maxSize: 9 },
        updateConfig: { maxUnavailablePercentage: 33, updateStrategy: 'MINIMAL' },
        launchTemplate: { id: 'lt-0123456789abcdef0', name: 'workers', version: '7' },
        subnets: ['subnet-a', 'subnet-b'],
      },
    }, { name: 'plain' }],
  });

  expect((await read()).nodeGroups).toMatchObject({
    value: [{
      scaling: { minSize: 2, desiredSize: 6, maxSize: 9 },
      update: { maxUnavailable: undefined, maxUnavailablePercentage: 33, strategy: 'MINIMAL' },
      launchTemplate: { id: 'lt-0123456789abcdef0', version: '7' },
      subnetIds: ['subnet-a', 'subnet-b'],
    }, { scaling: { desiredSize: 2 }, update: { maxUnavailable: 1 }, launchTemplate: undefined, subnetIds: [] }],
  });
});

test('node groups: the ID of a custom AMI stands where the release is', async () => {
  aws.eks.addCluster({ version: '1.35', nodegroups: [{ name: 'own', amiType: 'CUSTOM' }] });
  expect((await read()).nodeGroups).toMatchObject({ value: [{ amiType: 'CUSTOM', releaseVersion: expect.stringMatching(/^ami-/) }] });
});

test('a node group and an add-on that cannot be described do not hide the others', async () => {
  aws.eks.addCluster({
    version: '1.35', nodegroups: [{ name: 'a' }, { name: 'b' }], addons: [{ name: 'coredns' }, { name: 'kube-proxy' }],
  });
  aws.fail({ service: 'eks', fault: 'throttled', action: 'DescribeNodegroup', times: 1 });
  aws.fail({ service: 'eks', fault: 'throttled', action: 'DescribeAddon', times: 1 });

  const { nodeGroups, unreadNodeGroups, addOns, unreadAddOns } = await read();

  expect(nodeGroups).toMatchObject({ known: true, value: { length: 1 } });
  expect(unreadNodeGroups).toEqual([
    { name: expect.stringMatching(/^[ab]$/), why: 'eks:DescribeNodegroup failed: ThrottlingException: Rate exceeded' },
  ]);
  expect(addOns).toMatchObject({ known: true, value: { length: 1 } });
  expect(unreadAddOns).toEqual([{ name: expect.any(String), why: 'eks:DescribeAddon failed: ThrottlingException: Rate exceeded' }]);
});

test('node groups', async () => {
  aws.publishAmis({ minors: ['1.32', '1.33'], date: '2026-11-04' });
  aws.eks.addCluster({
    version: '1.32',
    nodegroups: [
      { name: 'old', amiType: 'AL2_x86_64', issues: [{ code: 'AsgInstanceLaunchFailures', message: 'none left', resourceIds: ['asg'] }] },
      { name: 'own', amiType: 'CUSTOM' },
    ],
  });

  expect((await read()).nodeGroups).toMatchObject({
    known: true,
    value: [
      {
        name: 'old',
        status: 'ACTIVE',
        version: { known: true, value: '1.32' },
        releaseVersion: '1.32.2-20261104',
        healthIssues: [{ code: 'AsgInstanceLaunchFailures', message: 'none left', resourceIds: ['asg'] }],
      },
      { name: 'own', version: { known: false, why: 'EKS does not know it of AMI type CUSTOM' } },
    ],
  });
});

test('add-ons', async () => {
  aws.eks.addCluster({
    version: '1.36',
    addons: [{ name: 'coredns', issues: [{ code: 'InsufficientNumberOfReplicas', message: 'no nodes', resourceIds: [] }] }],
  });
  expect((await read()).addOns).toEqual({
    known: true,
    value: [{
      name: 'coredns',
      version: 'v1.12.4-eksbuild.1',
      status: 'ACTIVE',
      healthIssues: [{ code: 'InsufficientNumberOfReplicas', message: 'no nodes', resourceIds: [] }],
    }],
  });
});

test('insights, with what is behind those that do not pass', async () => {
  const lastRequestTime = new Date('2026-11-20T00:00:00Z');
  aws.eks.addCluster({
    version: '1.35',
    insights: [
      deprecatedApi({
        kubernetesVersion: '1.36',
        usage: '/apis/batch/v1beta1/cronjobs',
        clientStats: [{ userAgent: 'helm', numberOfRequestsLast30Days: 3, lastRequestTime }],
      }),
      insight({
        name: 'EKS add-on version compatibility',
        status: 'WARNING',
        categorySpecificSummary: {
          addonCompatibilityDetails: [
            { name: 'vpc-cni', compatibleVersions: ['v1.21.1-eksbuild.1'] }, { name: 'gone', compatibleVersions: [] },
          ],
        },
      }),
      insight({ name: 'Kubelet version skew', status: 'PASSING', category: 'ROLLBACK_READINESS' }),
    ],
  });

  expect((await read()).insights).toMatchObject({
    known: true,
    value: [
      {
        name: 'Deprecated APIs removed in Kubernetes v1.36',
        category: 'UPGRADE_READINESS',
        status: 'ERROR',
        kubernetesVersion: '1.36',
        lastRefreshedAt: expect.stringMatching(/^2026-11-22T12:00/),
        detail: {
          known: true,
          value: {
            recommendation: expect.stringContaining('Update manifests'),
            resources: [{ id: '/apis/batch/v1beta1/cronjobs/null' }],
            deprecations: [{
              usage: '/apis/batch/v1beta1/cronjobs',
              replacedWith: '/apis/batch/v1/cronjobs',
              stopServingVersion: '1.36',
              clients: [{ userAgent: 'helm', requestsInLast30Days: 3, lastRequestAt: '2026-11-20T00:00:00.000Z' }],
            }],
          },
        },
      },
      {
        status: 'WARNING',
        detail: {
          value: {
            resources: [],
            addOns: [{ name: 'vpc-cni', compatibleVersions: ['v1.21.1-eksbuild.1'] }, { name: 'gone', compatibleVersions: [] }],
          },
        },
      },
      { category: 'ROLLBACK_READINESS', status: 'PASSING', detail: { known: false, why: 'not asked for, since it passes' } },
    ],
  });
});

test('it survives JSON', async () => {
  aws.eks.addCluster({ version: '1.35', nodegroups: [{ name: 'workers' }], addons: [{ name: 'coredns' }] });
  const state = await read();
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});

test('what cannot be read is unknown, with the reason', async () => {
  aws.eks.addCluster({
    version: '1.35', nodegroups: [{ name: 'workers' }], addons: [{ name: 'coredns' }], insights: [insight({ name: 'a', status: 'ERROR' })],
  });
  aws.ec2.removeSubnet('subnet-a');
  (['DescribeNodegroup', 'DescribeInsight', 'DescribeUpdate', 'ListUpdates', 'ListFargateProfiles'] as const)
    .forEach((action) => aws.fail({ service: 'eks', fault: 'accessDenied', action }));
  const notAllowed = (action: string) => ({
    known: false, why: `not allowed to call ${action} (no identity-based policy allows the ${action} action)`,
  });

  expect(await read()).toMatchObject({
    version: '1.35',
    nodeGroups: { known: true, value: [] },
    unreadNodeGroups: [{ name: 'workers', why: notAllowed('eks:DescribeNodegroup').why }],
    insights: { known: true, value: [{ status: 'ERROR', detail: notAllowed('eks:DescribeInsight') }] },
    updatesInProgress: notAllowed('eks:ListUpdates'),
    versionHistory: notAllowed('eks:ListUpdates'),
    fargateProfiles: notAllowed('eks:ListFargateProfiles'),
    subnets: { known: false, why: "ec2:DescribeSubnets failed: InvalidSubnetID.NotFound: The subnet ID 'subnet-a' does not exist" },
  });
});

test('fails for a cluster that does not exist', async () => {
  await expect(read()).rejects.toMatchObject({
    name: 'AwsCallError', action: 'eks:DescribeCluster', code: 'ResourceNotFoundException', isAccessDenied: false,
  });
});

test('fails without permission to describe the cluster, naming it', async () => {
  aws.eks.addCluster({ version: '1.35' });
  aws.fail({ service: 'eks', fault: 'accessDenied', action: 'DescribeCluster' });
  await expect(read()).rejects.toMatchObject({ action: 'eks:DescribeCluster', isAccessDenied: true });
});

test('groups and add-ons that are deleted meanwhile are left out', async () => {
  const cluster = aws.eks.addCluster({
    version: '1.35', nodegroups: [{ name: 'workers' }, { name: 'gone' }], addons: [{ name: 'coredns' }, { name: 'vpc-cni' }],
  });
  const { ListNodegroups, ListAddons } = aws.eks.actions;
  Object.assign(aws.eks.actions, {
    ListNodegroups: (input: object) => [ListNodegroups(input), cluster.nodegroups.delete('gone')][0],
    ListAddons: (input: object) => [ListAddons(input), cluster.addons.delete('vpc-cni')][0],
  });
  const { nodeGroups, addOns } = await read();
  expect(nodeGroups).toMatchObject({ known: true, value: [{ name: 'workers' }] });
  expect(addOns).toMatchObject({ known: true, value: [{ name: 'coredns' }] });
});

test('what AWS answers neither moves the cursor of a terminal nor begins a line', () => {
  const said = (name: string, message: string) => new AwsCallError('eks:DescribeCluster', Object.assign(new Error(message), { name })).message;
  expect(said('InvalidRequestException', 'no\u001b[31m\n::error::tea')).toBe('eks:DescribeCluster failed: InvalidRequestException: no[31m ::error::tea');
  expect(said('AccessDeniedException', 'you may not, because\u001b[2J\nso.')).not.toMatch(/\p{Cc}/u);
});

test('that a service control policy denies a call is said as IAM says it', () => {
  const denied = (message: string) => new AwsCallError(
    'eks:DescribeCluster', Object.assign(new Error(message), { name: 'AccessDeniedException' }),
  ).message;
  const user = 'User: arn:aws:sts::111122223333:assumed-role/deploy/x is not authorized to perform: eks:DescribeCluster on resource: arn:aws:eks:us-east-1:111122223333:cluster/prod';
  expect(denied(`${user} with an explicit deny in a service control policy`))
    .toBe('not allowed to call eks:DescribeCluster (an explicit deny in a service control policy)');
  expect(denied(`${user} with an explicit deny in an identity-based policy.`))
    .toBe('not allowed to call eks:DescribeCluster (an explicit deny in an identity-based policy)');
  expect(denied(user)).toBe('not allowed to call eks:DescribeCluster');
});
