import { HandlerBench } from './handler-bench';
import type { TrackedAddOn } from '../../src/engine/change/resource-properties';
import type { CustomResourceEvent } from '../../src/handler/custom-resource-event';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await HandlerBench.start();
});

afterEach(async () => {
  await bench.stop();
});

const VPC_CNI: TrackedAddOn = { Name: 'vpc-cni', Policy: 'recommended', Attribute: 'VpcCni' };
const KUBE_PROXY: TrackedAddOn = { Name: 'kube-proxy', Policy: 'recommended', Attribute: 'KubeProxy' };
const CORE_DNS: TrackedAddOn = { Name: 'coredns', Policy: 'latest', Attribute: 'CoreDns' };

function request({ type = 'Update', version = '1.36', addOns = [VPC_CNI, KUBE_PROXY, CORE_DNS] }: {
  type?: 'Create' | 'Update' | 'Delete'; version?: string; addOns?: TrackedAddOn[];
} = {}) {
  return bench.event({
    RequestType: type,
    ResourceType: 'Custom::EksAddOnVersions',
    ResourceProperties: { ClusterName: 'prod', KubernetesVersion: version, AddOns: addOns },
  });
}

test('a new cluster gets the default version of each add-on, or the newest where that is wanted', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  bench.aws.eks.largestPage = 1;

  const answer = await bench.serve(request({ type: 'Create' }));

  expect(answer).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: 'Resource',
    StackId: expect.stringContaining('stack/app/'),
    RequestId: 'request-1',
    LogicalResourceId: 'Resource',
    Data: { VpcCni: 'v1.21.1-eksbuild.1', KubeProxy: 'v1.36.2-eksbuild.2', CoreDns: 'v1.13.2-eksbuild.3' },
  });
});

test('an upgrade moves each add-on, vpc-cni by one minor only', async () => {
  bench.aws.eks.addCluster({
    version: '1.37',
    addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }, { name: 'kube-proxy', version: 'v1.36.2-eksbuild.2' }],
  });
  expect((await bench.serve(request({ version: '1.37' }))).Data)
    .toEqual({ VpcCni: 'v1.21.1-eksbuild.1', KubeProxy: 'v1.37.1-eksbuild.2', CoreDns: 'v1.13.2-eksbuild.3' });
});

test('an installed version that is newer than the recommended one stays', async () => {
  bench.aws.eks.addCluster({ version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.22.0-eksbuild.1' }] });
  expect((await bench.serve(request({ addOns: [VPC_CNI] }))).Data).toEqual({ VpcCni: 'v1.22.0-eksbuild.1' });
});

test('an add-on stays when another one is added, and moves when its own policy changes', async () => {
  bench.aws.eks.addCluster({ version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }] });
  const properties = (...AddOns: TrackedAddOn[]) => ({ ClusterName: 'prod', KubernetesVersion: '1.36', AddOns });
  const update = async (before: object, after: object) => (await bench.serve({
    ...request(), OldResourceProperties: before as never, ResourceProperties: after as never,
  })).Data;

  expect(await update(properties(VPC_CNI), properties(VPC_CNI, KUBE_PROXY)))
    .toEqual({ VpcCni: 'v1.20.4-eksbuild.2', KubeProxy: 'v1.36.2-eksbuild.2' });
  expect(await update(properties({ ...VPC_CNI, Policy: 'latest' }), properties(VPC_CNI))).toEqual({ VpcCni: 'v1.21.1-eksbuild.1' });
  expect(await update({ ...properties(VPC_CNI), KubernetesVersion: '1.35' }, properties(VPC_CNI))).toEqual({
    VpcCni: 'v1.21.1-eksbuild.1',
  });
});

describe('of several clusters the one that the stack names counts', () => {
  const onStaging = (before: string, now: string, addOns: TrackedAddOn[]): CustomResourceEvent => ({
    ...request(),
    ResourceProperties: { ClusterName: 'staging', KubernetesVersion: now, AddOns: addOns } as never,
    OldResourceProperties: { ClusterName: 'staging', KubernetesVersion: before, AddOns: [VPC_CNI] } as never,
  });

  beforeEach(() => {
    bench.aws.eks.addCluster({ version: '1.37', addons: [{ name: 'vpc-cni', version: 'v1.22.0-eksbuild.1' }] });
    bench.aws.eks.addCluster({ name: 'staging', version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }] });
  });

  test('for what is installed, and for the version that it runs', async () => {
    expect((await bench.serve(onStaging('1.35', '1.35', [VPC_CNI, KUBE_PROXY]))).Data)
      .toEqual({ VpcCni: 'v1.20.4-eksbuild.2', KubeProxy: 'v1.36.2-eksbuild.2' });
  });

  test('in a rollback', async () => {
    bench.aws.cloudFormation.putStack({ name: 'app', status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
    expect((await bench.serve(onStaging('1.36', '1.35', [VPC_CNI]))).Data).toEqual({ VpcCni: 'v1.20.4-eksbuild.2' });
  });
});

describe('what the cluster will run decides, not the template alone', () => {
  const withOneMore = (before: string, now: string) => ({
    ...request({ version: now, addOns: [VPC_CNI, KUBE_PROXY] }),
    OldResourceProperties: { ClusterName: 'prod', KubernetesVersion: before, AddOns: [VPC_CNI] } as never,
  });

  test('after a rolled back upgrade, whose control plane stays on the newer version, one more add-on is of that version', async () => {
    bench.aws.eks.addCluster({ version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }] });
    expect((await bench.serve(withOneMore('1.35', '1.35'))).Data).toEqual({
      VpcCni: 'v1.20.4-eksbuild.2', KubeProxy: 'v1.36.2-eksbuild.2',
    });
  });

  test('so is the first one, and one that EKS does not offer for the version of the template', async () => {
    bench.aws.eks.addCluster({ version: '1.36' });
    bench.aws.eks.catalog.addonVersions = [
      { addonName: 'coredns', addonVersion: 'v1.13.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: ['1.36'] },
    ];
    expect((await bench.serve(request({ type: 'Create', version: '1.35', addOns: [CORE_DNS] }))).Data).toEqual({
      CoreDns: 'v1.13.0-eksbuild.1',
    });
  });

  test('a control plane on its way, which express mode does not wait for, counts as there: up and back', async () => {
    bench.aws.eks.addCluster({ version: '1.35' }).status = 'UPDATING';
    expect((await bench.serve(withOneMore('1.35', '1.36'))).Data).toMatchObject({ KubeProxy: 'v1.36.2-eksbuild.2' });
    bench.aws.eks.addCluster({ version: '1.36' }).status = 'UPDATING';
    expect((await bench.serve(withOneMore('1.36', '1.35'))).Data).toMatchObject({ KubeProxy: expect.stringMatching(/^v1\.35/) });
  });

  test('a cluster that cannot be read counts as what the template says', async () => {
    bench.aws.eks.addCluster({ version: '1.36' });
    bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'DescribeCluster' });
    expect((await bench.serve(withOneMore('1.35', '1.35'))).Data).toMatchObject({ KubeProxy: expect.stringMatching(/^v1\.35/) });
  });
});

test.each([
  'UPDATE_ROLLBACK_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED',
])('in %s installed versions stay', async (status) => {
  bench.aws.cloudFormation.putStack({ name: 'app', status });
  bench.aws.eks.addCluster({ version: '1.37', addons: [{ name: 'kube-proxy', version: 'v1.37.1-eksbuild.2' }] });

  const answer = await bench.serve(request({ version: '1.36', addOns: [KUBE_PROXY, CORE_DNS] }));

  expect(answer.Data).toEqual({ KubeProxy: 'v1.37.1-eksbuild.2', CoreDns: 'v1.13.2-eksbuild.3' });
});

test('a rollback does not ask what EKS offers of an installed add-on', async () => {
  bench.aws.cloudFormation.putStack({ name: 'app', status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
  bench.aws.eks.addCluster({ version: '1.37', addons: [{ name: 'kube-proxy' }] });
  bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'DescribeAddonVersions' });
  expect(await bench.serve(request({ version: '1.36', addOns: [KUBE_PROXY] }))).toMatchObject({ Status: 'SUCCESS' });
});

describe('a rollback is never in the way', () => {
  beforeEach(() => {
    bench.aws.cloudFormation.putStack({ name: 'app', status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
    bench.aws.eks.addCluster({ version: '1.37', addons: [{ name: 'kube-proxy', version: 'v1.37.1-eksbuild.2' }] });
  });

  const inRollback = async (addOn: TrackedAddOn) => (await bench.serve(request({ version: '1.36', addOns: [addOn] }))).Data;

  test('when CloudFormation throttles', async () => {
    bench.aws.fail({ service: 'cloudformation', fault: 'throttled', times: 60 });
    expect(await inRollback(KUBE_PROXY)).toEqual({ KubeProxy: 'v1.37.1-eksbuild.2' });
  });

  test.each(['throttled', 'accessDenied'] as const)('when CloudFormation does not tell of the stack at all: %s', async (fault) => {
    bench.aws.fail({ service: 'cloudformation', fault });
    expect(await inRollback(KUBE_PROXY)).toEqual({ KubeProxy: 'v1.37.1-eksbuild.2' });
    expect(bench.log).toContainEqual({
      message: expect.stringMatching(/cloudformation:DescribeStacks/),
    });
  });

  test('when EKS throttles', async () => {
    bench.aws.fail({ service: 'eks', fault: 'throttled', times: 60 });
    expect(await inRollback(KUBE_PROXY)).toEqual({ KubeProxy: 'v1.37.1-eksbuild.2' });
  });

  test('when the installed version cannot be read', async () => {
    bench.aws.fail({ service: 'eks', fault: 'throttled', action: 'DescribeAddon' });
    expect(await inRollback(KUBE_PROXY)).toEqual({ KubeProxy: 'v1.36.2-eksbuild.2' });
  });

  test('when the cluster is gone', async () => {
    bench.aws.eks.clusters.delete('prod');
    expect(await inRollback(KUBE_PROXY)).toEqual({ KubeProxy: 'v1.36.2-eksbuild.2' });
  });

  test('when an add-on is neither installed nor offered any more', async () => {
    const offered = bench.aws.eks.actions.DescribeAddonVersions;
    jest.spyOn(bench.aws.eks.actions, 'DescribeAddonVersions').mockImplementation(
      (input) => input.kubernetesVersion ? { addons: [] } : offered(input),
    );
    expect(await inRollback(VPC_CNI)).toEqual({ VpcCni: 'v1.22.0-eksbuild.1' });
    expect(await inRollback({ ...VPC_CNI, Name: 'never-was' })).toEqual({ VpcCni: 'not-offered' });
  });
});

test('fails in a rollback when EKS cannot be asked until the end, since continuing the rollback asks again', async () => {
  bench.aws.cloudFormation.putStack({ name: 'app', status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
  bench.aws.fail({ service: 'eks', fault: 'throttled' });
  expect(await bench.serve(request({ addOns: [KUBE_PROXY] }))).toMatchObject({ Status: 'FAILED' });
});

test('what is created is not in a rollback', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  await bench.serve(request({ type: 'Create' }));
  expect(bench.calledActions).not.toContain('cloudformation:DescribeStacks');
});

test('a version is kept while EKS offers it for the control plane, and then moves', async () => {
  bench.aws.eks.addCluster({ version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }] });
  const keep = request({ addOns: [{ ...VPC_CNI, Policy: 'keep-while-compatible' }] });
  expect((await bench.serve(keep)).Data).toEqual({ VpcCni: 'v1.20.4-eksbuild.2' });
  bench.aws.eks.addCluster({ version: '1.37', addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }] });
  const next = request({ version: '1.37', addOns: [{ ...VPC_CNI, Policy: 'keep-while-compatible' }] });
  expect((await bench.serve(next)).Data).toEqual({ VpcCni: 'v1.21.1-eksbuild.1' });
});

test('deletion succeeds without calling AWS', async () => {
  bench.aws.fail({ service: 'eks', fault: 'connectionRefused' });
  expect(await bench.serve(request({ type: 'Delete' }))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Resource' });
  expect(bench.aws.requests).toEqual([]);
});

test('the same event twice has the same answer, and nothing is changed', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  expect(await bench.serve(request())).toEqual(await bench.serve(request()));
  expect(bench.aws.mutatingCalls()).toEqual([]);
});

test('throttled calls are tried again', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  bench.aws.fail({ service: 'eks', fault: 'throttled', times: 2 });
  bench.aws.fail({ service: 'cloudformation', fault: 'serverError', times: 1 });
  expect(await bench.serve(request())).toMatchObject({ Status: 'SUCCESS' });
});

test('permissions may take a minute to arrive', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'DescribeAddonVersions', times: 9 });
  expect(await bench.serve(request({ type: 'Create', addOns: [KUBE_PROXY] }))).toMatchObject({ Status: 'SUCCESS' });
});

test('fails when nothing compatible can follow, and names what exists', async () => {
  bench.aws.eks.addCluster({
    version: '1.37', addons: [{ name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' }, { name: 'kube-proxy', version: 'v1.37.1-eksbuild.2' }],
  });

  const { Status, Reason, Data } = await bench.serve(request({
    version: '1.37', addOns: [VPC_CNI, KUBE_PROXY, { ...CORE_DNS, Name: 'core-dns' }],
  }));

  expect({ Status, Data }).toEqual({ Status: 'FAILED' });
  expect(Reason).toMatch(/vpc-cni v1\.19\.6-eksbuild\.7 .*1\.37: v1\.21\.1/);
  expect(Reason).toMatch(/\bcore-dns\b.*1\.37/);
  expect(Reason).not.toContain('kube-proxy');
  expect(Reason).toContain('(log stream 2026/11/22/[$LATEST]abc of /handler)');
});

test('fails when an add-on would have to go back', async () => {
  bench.aws.eks.addCluster({ version: '1.36', addons: [{ name: 'kube-proxy', version: 'v1.37.1-eksbuild.2' }] });
  expect((await bench.serve(request({ addOns: [KUBE_PROXY] }))).Reason)
    .toMatch(/v1\.36\.2-eksbuild\.2, v1\.36\.2-eksbuild\.5; /);
  expect(bench.refused).toEqual([{ reason: 'tooNew', data: expect.objectContaining({ name: 'kube-proxy', installed: 'v1.37.1-eksbuild.2' }) }]);
});

test.each([
  ['eks', 'DescribeAddon'], ['eks', 'DescribeAddonVersions'],
] as const)('fails when %s:%s stays denied, naming the action', async (service, action) => {
  bench.aws.eks.addCluster({ version: '1.36', addons: [{ name: 'kube-proxy' }] });
  bench.aws.fail({ service, fault: 'accessDenied', action });
  const { Status, Reason } = await bench.serve(request({ addOns: [KUBE_PROXY] }));
  expect({ Status, Reason }).toEqual({
    Status: 'FAILED',
    Reason: expect.stringMatching(
      `^not allowed to call ${service}:${action} \\(no identity-based policy allows the ${service}:${action} action\\)`,
    ),
  });
});

test.each([
  ['throttled', /^eks:DescribeAddon failed: ThrottlingException: Rate exceeded /],
  ['serverError', /^eks:DescribeAddon failed: ServerException: An internal error occurred /],
  ['connectionRefused', /^eks:DescribeAddon failed: .*ECONNREFUSED/],
] as const)('fails when EKS stays unreachable: %s', async (fault, reason) => {
  bench.aws.eks.addCluster({ version: '1.36' });
  bench.aws.fail({ service: 'eks', fault });
  const answer = await bench.serve(request({ addOns: [KUBE_PROXY] }));
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) });
});

test('fails in time when AWS is too slow', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  bench.aws.fail({ service: 'eks', fault: 'slow', delayMillis: 500 });
  const answer = await bench.serve(request(), { remainingMillis: 20_200, maxAttempts: 1 });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('after 1 seconds') });
});

test('a version that needs a newer platform version than the cluster has is passed over, unless that cannot be read', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  bench.aws.eks.catalog.addonVersions = [
    { addonName: 'coredns', addonVersion: 'v1.12.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: ['1.36'] },
    { addonName: 'coredns', addonVersion: 'v1.13.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [], platformVersions: ['eks.99+'] },
  ];
  const createsCoreDns = () => request({ type: 'Create', addOns: [CORE_DNS] });
  expect((await bench.serve(createsCoreDns())).Data).toEqual({ CoreDns: 'v1.12.0-eksbuild.1' });
  bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'DescribeCluster' });
  expect((await bench.serve(createsCoreDns())).Data).toEqual({ CoreDns: 'v1.13.0-eksbuild.1' });
});
