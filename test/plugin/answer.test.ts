import { ClusterDeclaration } from '../../src/engine/declaration/cluster-declaration';
import { LiveView } from '../../src/engine/state/live-view';
import { eksConnection } from '../../src/live/kubernetes/eks-connection';
import { answer, lookUpAddOn } from '../../src/plugin/answer';
import { PREVIEW_PROTOCOL, PreviewQuestion } from '../../src/preview/question';
import { LocalAws } from '../aws/aws-server';
import { AwsServiceName } from '../aws/aws-service';
import { ProxyStandIn } from '../aws/proxy-stand-in';
import { Waves } from '../aws/waves';
import { withLocalAws } from '../aws/with-local-aws';
import { ApiStandIn, send } from '../live/kubernetes/api-stand-in';

// in place of certificates, of which the stand-in has none
jest.mock('../../src/live/kubernetes/eks-connection', () => ({ eksConnection: jest.fn() }));

const ENVIRONMENT = { account: '111122223333', region: 'us-west-2' };

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14' });
}, new Date());

/** Clusters in as many stacks, and the question for them. */
function clusters(count: number): PreviewQuestion {
  const names = Array.from({ length: count }, (_, index) => `cluster-${index}`);
  names.forEach((name) => {
    aws.eks.addCluster({ name, version: '1.35', nodegroups: [{ name: 'workers' }], addons: [{ name: 'vpc-cni' }, { name: 'coredns' }] });
    aws.cloudFormation.putStack({
      name: `stack-${name}`,
      template: { Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Version: '1.35' } } } },
      resources: [{ logicalId: 'Cluster', type: 'AWS::EKS::Cluster', physicalId: name }],
    });
  });
  return {
    protocol: PREVIEW_PROTOCOL,
    environments: { '111122223333/us-west-2': { ...ENVIRONMENT, stacks: [] } },
    releases: [],
    clusters: names.map((name) => ({
      path: `${name}/Cluster`,
      ...ENVIRONMENT,
      stackName: `stack-${name}`,
      logicalId: 'Cluster',
      version: '1.36',
      guard: { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 60 },
      nodeGroups: [],
      addOns: [],
      bakes: [],
    })),
  };
}

const callsOf = (action: string) => aws.requests.filter((request) => request.action === action);

test('many clusters: found by their logical IDs, each read once, what the Region offers read once', async () => {
  const view = await answer(clusters(20), {}) as LiveView;

  expect(view.clusters.map(({ name, state }) => [name, state?.known])).toEqual(
    Array.from({ length: 20 }, (_, index) => [`cluster-${index}`, true]),
  );
  expect(callsOf('DescribeCluster')).toHaveLength(20);
  expect(callsOf('GetTemplate')).toHaveLength(20);
  expect(callsOf('DescribeClusterVersions')).toHaveLength(1);
  expect(callsOf('GetCallerIdentity')).toHaveLength(1);
  expect(new Set(callsOf('DescribeAddonVersions').map(({ input }) => JSON.stringify(input))).size).toBe(
    callsOf('DescribeAddonVersions').length,
  );
  expect(aws.mutatingCalls()).toEqual([]);
});

test('what the Region offers is asked for side by side with the clusters', async () => {
  await answer(clusters(1), {});
  const actions = aws.requests.map(({ action }) => action);
  expect(actions.indexOf('DescribeClusterVersions')).toBeLessThan(actions.indexOf('DescribeNodegroup'));
});

describe('round trips one after the other', () => {
  const at = { stackName: 'stack-cluster-0', path: 'cluster-0/Workers', logicalId: 'Workers', tracking: 'recommended' as const };
  const addOns: ClusterDeclaration['addOns'] = ['vpc-cni', 'coredns'].map((name) => ({ ...at, logicalId: name, name, policy: 'recommended' }));

  async function wavesOf(question: PreviewQuestion, declared: Partial<ClusterDeclaration>) {
    const { passed } = aws.waves = new Waves();
    const { clusters: [{ state }] } = await answer({ ...question, clusters: [{ ...question.clusters[0], ...declared }] }, {}) as LiveView;
    expect(state).toMatchObject({ known: true, value: { nodeGroups: { known: true, value: [{ name: 'workers' }] } } });
    return passed;
  }

  test('who asks, the cluster with what the app names, and all else with what is offered for it', async () => {
    const passed = await wavesOf(clusters(1), { clusterName: 'cluster-0', nodeGroups: [{ ...at, name: 'workers' }], addOns });
    expect(passed).toEqual([
      ['sts:GetCallerIdentity'],
      expect.arrayContaining(['cloudformation:GetTemplate', 'eks:DescribeAddon', 'eks:DescribeCluster', 'eks:DescribeNodegroup', 'eks:ListAddons']),
      expect.arrayContaining([
        'ec2:DescribeInstanceTypes', 'ec2:DescribeSubnets', 'eks:DescribeAddonVersions', 'eks:ListUpdates', 'ssm:GetParameter',
      ]),
    ]);
    expect(passed[2]).not.toContain('eks:DescribeAddon');
  });

  test('names that CloudFormation has made up are those of its stack, which is asked first', async () => {
    const question = clusters(1);
    expect(await wavesOf(question, { nodeGroups: [at], addOns })).toHaveLength(5); // the stack has no such node group

    const [Cluster, Workers] = ['AWS::EKS::Cluster', 'AWS::EKS::Nodegroup'];
    aws.cloudFormation.putStack({
      name: 'stack-cluster-0',
      template: { Resources: { Cluster: { Type: Cluster }, Workers: { Type: Workers } } },
      resources: [
        { logicalId: 'Cluster', type: Cluster, physicalId: 'cluster-0' }, { logicalId: 'Workers', type: Workers, physicalId: 'cluster-0/workers' },
      ],
    });
    expect(await wavesOf(question, { nodeGroups: [at], addOns })).toHaveLength(4);
  });

  test('what is offered for what the app does not name is asked beside what else there is of the cluster', async () => {
    const passed = await wavesOf(clusters(1), { clusterName: 'cluster-0' });
    expect(passed).toHaveLength(4);
    expect(passed[3]).toEqual(expect.arrayContaining(['eks:DescribeAddonVersions', 'eks:ListUpdates']));
  });
});

test('many clusters are read side by side', async () => {
  aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'slow', delayMillis: 1000 });
  await answer(clusters(20), {});
  expect(aws.mostAtOnceOf('eks')).toBeGreaterThanOrEqual(5);
});

test('a cluster that cannot be read does not keep the others from being read', async () => {
  const question = clusters(3);
  aws.eks.clusters.delete('cluster-1');
  aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });

  const { clusters: read } = await answer(question, {}) as LiveView;

  expect(read.filter(({ state }) => state?.known === false)).toMatchObject([
    { state: { why: expect.stringContaining('eks:DescribeCluster') } },
  ]);
  expect(read.filter(({ state }) => state?.known)).not.toHaveLength(0);
});

test('other stacks of the app are asked what they hold, in one call, and read where they have parts', async () => {
  const question = clusters(1);
  const put = (name: string, type: string) => aws.cloudFormation.putStack({
    name, template: { Resources: { It: { Type: type } } }, resources: [{ logicalId: 'It', type, physicalId: 'cluster-0/workers' }],
  });
  put('nodes', 'AWS::EKS::Nodegroup');
  put('topic', 'AWS::SNS::Topic');
  const environments = { '111122223333/us-west-2': { ...ENVIRONMENT, stacks: ['stack-cluster-0', 'nodes', 'topic', 'nowhere'] } };

  const { environments: { '111122223333/us-west-2': { stacks } } } = await answer({ ...question, environments }, {}) as LiveView;

  const empty = { known: true, value: { resources: {}, physicalIds: {} } };
  expect(stacks).toMatchObject({ nodes: { value: { physicalIds: { It: 'cluster-0/workers' } } }, topic: empty, nowhere: empty });
  expect(callsOf('GetTemplate').map(({ input }) => input.StackName).sort()).toEqual(['nodes', 'stack-cluster-0']);
});

test.each(['AWS::EKS::Nodegroup', 'AWS::EKS::Addon', 'AWS::CloudFormation::Stack'])('a stack whose last resource of many is an %s is read', async (type) => {
  const topics = Array.from({ length: 120 }, (_, index) => ({ logicalId: `Topic${index}`, type: 'AWS::SNS::Topic', physicalId: `topic-${index}` }));
  aws.cloudFormation.putStack({
    name: 'many', template: { Resources: { It: { Type: type } } }, resources: [...topics, { logicalId: 'It', type, physicalId: 'it' }],
  });
  const environments = { '111122223333/us-west-2': { ...ENVIRONMENT, stacks: ['many'] } };

  await answer({ ...clusters(1), environments }, {});

  expect(callsOf('GetTemplate').map(({ input }) => input.StackName)).toContain('many');
});

describe('what of a cluster is not read in time is unknown, and all else is known:', () => {
  const PATIENCE_MILLIS = 3_000;
  const LATE = { known: false, why: expect.stringMatching(/^reading .* took longer than [\d.]+ seconds$/) };

  /** The state of a cluster that has a guard with a calendar, an alarm and a look inside. */
  async function read(): Promise<object> {
    const question = clusters(1);
    aws.eks.cluster('cluster-0').config = { endpoint: 'https://example.com' };
    const guard = {
      ...question.clusters[0].guard, workloads: true, calendar: 'freeze', alarms: ['errors'],
    };
    const asked = { ...question, clusters: [{ ...question.clusters[0], guard }] };
    const { clusters: [{ state }] } = await answer(asked, { patienceMillis: PATIENCE_MILLIS }) as LiveView;
    expect(state).toMatchObject({ known: true, value: { version: '1.35', addOns: { known: true } } });
    return state?.known ? state.value : {};
  }

  let server: ApiStandIn;
  beforeEach(async () => {
    server = await new ApiStandIn().start();
    server.answer = (_, response) => send(response, { metadata: {}, items: [] });
    jest.mocked(eksConnection).mockImplementation(() => server.connection());
  });
  afterEach(() => server.stop());

  test.each<[AwsServiceName, string, object]>([
    ['servicequotas', 'GetServiceQuota', { nodeRoom: { quotas: LATE, instanceTypes: { known: true } }, workloads: { known: true } }],
    ['autoscaling', 'DescribeAutoScalingGroups', {
      nodeRoom: { nodeGroups: { workers: { suspended: LATE, launches: { known: true } } } },
    }],
    ['ssm', 'GetCalendarState', { signals: { calendar: LATE, alarms: { known: true } }, insights: { known: true } }],
    ['cloudwatch', 'DescribeAlarms', { signals: { alarms: LATE }, subnets: { known: true } }],
    ['ec2', 'DescribeSubnets', { subnets: LATE, insights: { known: true } }],
    ['eks', 'ListInsights', { insights: LATE, updatesInProgress: { known: true } }],
    ['eks', 'ListNodegroups', { nodeGroups: LATE, insights: { known: true }, workloads: { known: true } }],
  ])('%s:%s', async (service, action, state) => {
    aws.fail({ service, action, fault: 'slow', delayMillis: 60_000 });
    expect(await read()).toMatchObject(state);
  });

  test('nothing, where the Kubernetes API is reached through a proxy', async () => {
    const proxy = await new ProxyStandIn().start();
    const { env } = process;
    process.env = { ...env, HTTPS_PROXY: proxy.url };
    const { server: direct, ...connection } = server.connection();
    jest.mocked(eksConnection).mockImplementation(() => ({ ...connection, server: direct.replace('127.0.0.1', 'kubernetes.test') }));
    expect(await read()).toMatchObject({ workloads: { known: true } });
    process.env = env;
    proxy.stop();
    expect(proxy.asked).toContain('kubernetes.test');
  });

  test('a big list of pods', async () => {
    server.answer = ({ url }, response) => url?.startsWith('/api/v1/pods') || send(response, { metadata: {}, items: [] });
    expect(await read()).toMatchObject({ workloads: LATE, nodeRoom: { quotas: { known: true } }, insights: { known: true } });
  });

  test('what is read after a slow description has the rest of the time', async () => {
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'slow', delayMillis: 1_000 });
    aws.fail({ service: 'servicequotas', fault: 'slow', delayMillis: 60_000 });
    expect(await read()).toMatchObject({ nodeRoom: { quotas: { known: false } }, insights: { known: true } });
  });
});

test('a stack or cluster that does not exist yet has no state', async () => {
  const question = clusters(1);
  aws.eks.clusters.delete('cluster-0');
  expect((await answer(question, {}) as LiveView).clusters[0]).not.toHaveProperty('state.known');

  const [cluster] = question.clusters;
  const view = await answer({ ...question, clusters: [{ ...cluster, stackName: 'nowhere' }] }, {}) as LiveView;
  expect(view.clusters).toEqual([{ path: 'cluster-0/Cluster', environment: '111122223333/us-west-2' }]);
});

describe('a cluster that the app calls by name', () => {
  const nameOf = async (question: PreviewQuestion, declared: Partial<ClusterDeclaration>) => {
    const renamed = { ...question, clusters: [{ ...question.clusters[0], ...declared }] };
    const { clusters: [{ name, state }] } = await answer(renamed, {}) as LiveView;
    return [name, state?.known && state.value.name];
  };

  test('is the one that its stack has, whatever the app calls it now', async () => {
    const question = clusters(2);
    expect(await nameOf(question, { clusterName: 'cluster-0' })).toEqual(['cluster-0', 'cluster-0']);
    expect(callsOf('DescribeCluster')).toHaveLength(1);
    expect(await nameOf(question, { clusterName: 'wanted' })).toEqual(['cluster-0', 'cluster-0']);
    expect(await nameOf(question, { clusterName: 'cluster-1' })).toEqual(['cluster-0', 'cluster-0']);
  });

  test('is the one that leaves the stack, where its construct was renamed, too', async () => {
    const question = clusters(1);
    const environments = { '111122223333/us-west-2': { ...ENVIRONMENT, stacks: [], clusterIds: { 'stack-cluster-0': ['Main'] } } };
    expect(await nameOf({ ...question, environments }, { clusterName: 'wanted', logicalId: 'Main' })).toEqual(['cluster-0', 'cluster-0']);
  });

  test.each([
    ['where its stack has none yet', {}, { logicalId: 'Other' }],
    ['where there is no stack yet', {}, { stackName: 'nowhere' }],
    ['where its stack cannot be read', { service: 'cloudformation', fault: 'accessDenied' } as const, {}],
    ['where the app does not own it', {}, { logicalId: undefined }],
  ])('is the one of that name %s', async (_, fault, declared) => {
    const question = clusters(2);
    if ('service' in fault) aws.fail(fault);
    expect(await nameOf(question, { clusterName: 'cluster-1', ...declared })).toEqual(['cluster-1', 'cluster-1']);
  });

  test('is found, though nothing may be read by the name that the app calls it now', async () => {
    const question = clusters(1);
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });
    expect(await nameOf(question, { clusterName: 'wanted' })).toEqual(['cluster-0', 'cluster-0']);
  });
});

test('a tracked release without a node group: what is published, without any cluster', async () => {
  const release = {
    path: 'Prod/Release',
    ...ENVIRONMENT,
    stackName: 'Prod',
    tracking: 'pinned' as const,
    amiType: 'AL2023_x86_64_STANDARD',
    kubernetesVersion: '1.36',
  };

  const view = await answer({ ...clusters(0), releases: [release] }, {}) as LiveView;

  expect(view.clusters).toEqual([]);
  expect(view.environments['111122223333/us-west-2'].catalog.amiOffers).toMatchObject(
    { AL2023_x86_64_STANDARD: { known: true, value: [{ kubernetesVersion: '1.36', recommendedRelease: '1.36.2-20260714' }] } });
  expect(Date.parse(view.observedAt)).toBeLessThanOrEqual(Date.now());

  aws.fail({ service: 'sts', fault: 'accessDenied' });
  const unread = await answer({ ...clusters(0), releases: [release] }, {}) as LiveView;
  expect(unread.environments['111122223333/us-west-2'].catalog.amiOffers.AL2023_x86_64_STANDARD).toMatchObject({
    known: false, why: expect.stringContaining('sts:'),
  });
});

test('the template may be YAML, as the CLI sends small ones', async () => {
  const question = clusters(1);
  aws.cloudFormation.actions.GetTemplate = () => ({
    TemplateBody: 'Resources:\n  Cluster:\n    Type: AWS::EKS::Cluster\n    Properties:\n      Version: "1.35"\n', StagesAvailable: [],
  });

  const view = await answer(question, {}) as LiveView;

  expect(view.environments['111122223333/us-west-2'].stacks['stack-cluster-0'])
    .toMatchObject({
      known: true, value: { resources: { Cluster: { properties: { Version: '1.35' } } }, physicalIds: { Cluster: 'cluster-0' } },
    });
});

describe('the lookup role is assumed', () => {
  const HOME = '111122223333/us-west-2';
  const OPTIONS = { Tags: [{ Key: 'Team', Value: 'platform' }] };
  const ROLE = { arn: 'arn:aws:iam::111122223333:role/lookup', externalId: 'secret', additionalOptions: OPTIONS };
  const question = (more: Partial<PreviewQuestion>, lookupRole?: typeof ROLE): PreviewQuestion => {
    const { environments: { [HOME]: environment }, ...others } = clusters(1);
    return { ...others, environments: { [HOME]: { ...environment, lookupRole } }, ...more };
  };
  const assumed = () => callsOf('AssumeRole').map(({ input }) => [input.RoleArn, input.ExternalId, input.Tags !== undefined]);

  test('with its external ID and the options of the synthesizer, where the app tells them', async () => {
    await answer(question({}, ROLE), {});
    expect(assumed()).toEqual([[ROLE.arn, 'secret', true]]);
  });

  test('as the CDK wrote it into the question, for the environment of the stack that asks', async () => {
    const written = { lookupRoleArn: 'arn:aws:iam::111122223333:role/staging', lookupRoleExternalId: 'written', assumeRoleAdditionalOptions: OPTIONS };
    await answer(question({ ...ENVIRONMENT, ...written }), {});
    await answer(question({ ...ENVIRONMENT, region: 'eu-west-1', ...written }, ROLE), {});
    await answer(question({ account: ENVIRONMENT.account, ...written }), {}); // of a stack that names no Region: the role is of any
    expect(assumed()).toEqual([[written.lookupRoleArn, 'written', true], [ROLE.arn, 'secret', true]]);
  });

  test('as the app tells it where the stack that asks names no Region, whose place in the written one the CLI fills with a question mark', async () => {
    const { environments: { [HOME]: environment }, ...others } = question({ account: ENVIRONMENT.account, lookupRoleArn: 'arn:aws:iam::111122223333:role/lookup-?' }, ROLE);
    await answer({ ...others, environments: { [HOME]: { ...environment, region: undefined } } }, {});
    expect(assumed()).toEqual([[ROLE.arn, 'secret', true]]);
  });

  test('of an add-on that is looked up, too', async () => {
    const lookUp = {
      ...ENVIRONMENT,
      cluster: 'cluster-0',
      kubernetesVersion: '1.35',
      addOn: 'coredns',
      choice: 'recommended' as const,
      live: {},
      lookupRoleArn: ROLE.arn,
      lookupRoleExternalId: 'written',
    };
    await lookUpAddOn(lookUp, {});
    expect(assumed()).toEqual([[ROLE.arn, 'written', false]]);
  });
});

test('credentials of a plugin of the CLI read the account of which the caller has none', async () => {
  const given: string[] = [];
  const plugin = {
    name: 'vault',
    isAvailable: async () => true,
    canProvideCredentials: async () => true,
    getProvider: async (account: string) => {
      given.push(account);
      return { accessKeyId: 'AKIAOFPLUGIN', secretAccessKey: 'secret' };
    },
  };
  const { environments: { '111122223333/us-west-2': environment }, clusters: [cluster], ...others } = clusters(1);
  const account = '444455556666';
  const view = await answer({
    ...others, environments: { '444455556666/us-west-2': { ...environment, account } }, clusters: [{ ...cluster, account }],
  }, { credentialPlugins: [plugin] }) as LiveView;
  expect(view.clusters).toMatchObject([{ state: { known: true } }]);
  expect(given).toEqual([account]);
});

test('another version of the protocol is said', async () => {
  expect(await answer({ ...clusters(1), protocol: 99 }, {})).toEqual({
    $dontSaveContext: true, failure: expect.stringContaining('different versions'),
  });
});

test('an answer is never kept', async () => {
  expect(await answer(clusters(1), {})).toMatchObject({ $dontSaveContext: true });
});
