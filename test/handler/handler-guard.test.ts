import { STACK, type HandlerBench } from './handler-bench';
import {
  expectRefusal, findingsIn, guard, guardEvent, putCluster, putStack, startGuardBench, templateOf, verdictIn, type GuardedApp,
} from './handler-guard-bench';
import type { AcceptedFinding, Finding } from '../../src/engine/judgement/finding';
import { EKS_MAY_BLOCK } from '../../src/engine/judgement/verdict';
import { changesBetween } from '../aws/changes-between';
import type { ClusterSeed } from '../aws/eks';
import { deprecatedApi, insight, passingUpgradeInsights } from '../aws/sample-insights';

const PASSED = { Status: 'SUCCESS', Data: {} };
const HOUR = 3600_000;

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

function refusal(...parts: string[]) {
  return { Status: 'FAILED', Reason: expect.stringMatching(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')) };
}

test('a cluster in good order may be upgraded, and nothing of it is changed', async () => {
  expect(await guard(bench)).toMatchObject({ ...PASSED, PhysicalResourceId: 'Resource', LogicalResourceId: 'Resource' });
  expect(verdictIn(bench).verdict).toMatchObject({ cluster: 'prod', direction: 'up', passed: true, currentVersion: '1.35', targetVersion: '1.36' });
  expect(bench.aws.mutatingCalls()).toEqual([]);
});

test('what the app applies and the new version does not serve is a refusal, accepted by its ID', async () => {
  const removed = {
    RemovedApis: [{
      Construct: 'Prod/Web',
      ApiVersion: 'policy/v1beta1',
      Kind: 'PodDisruptionBudget',
      RemovedIn: '1.25',
      Replacement: 'policy/v1 PodDisruptionBudget',
    }],
    Controllers: [{ Construct: 'Prod/Karpenter', Controller: 'karpenter', Version: '1.0.2' }],
  };
  const answer = await guard(bench, removed);
  expectRefusal(bench, answer, 'removed-api:Prod/Web', {
    reason: 'removed', data: expect.objectContaining({ replacements: ['policy/v1 PodDisruptionBudget'] }),
  });
  expectRefusal(bench, answer, 'controller-version:Prod/Karpenter', {
    reason: 'misfit', data: expect.objectContaining({ controller: 'karpenter', version: '1.0.2' }),
  });
  expect(await guard(bench, { ...removed, Ignore: ['removed-api:Prod/Web', 'controller-version'] })).toMatchObject(PASSED);
  expect(findingsIn(bench, 'acceptedFinding')).toEqual(['removed-api:Prod/Web', 'controller-version:Prod/Karpenter']);
});

describe('what the app applies', () => {
  const manifest = { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'web' } };
  const Others = (ClusterName: unknown = { Ref: 'Cluster' }) => ({
    Budget: {
      Type: 'Custom::AWSCDK-EKS-KubernetesResource',
      Metadata: { 'aws:cdk:path': 'Prod/Web/Resource/Default' },
      Properties: { ClusterName, Manifest: { 'Fn::Join': ['', [`[${JSON.stringify(manifest).slice(0, -1)},"a":"`, { Ref: 'A' }, '"}]']] } },
    },
    Karpenter: {
      Type: 'Custom::AWSCDK-EKS-HelmChart',
      Metadata: { 'aws:cdk:path': 'Prod/Karpenter/Resource/Default' },
      Properties: { ClusterName, Chart: 'karpenter', Version: '1.0.2' },
    },
  });

  test('is read from the template', async () => {
    const answer = await guard(bench, { Others: Others() });
    expectRefusal(bench, answer, 'removed-api:Prod/Web', { reason: 'removed' });
    expectRefusal(bench, answer, 'controller-version:Prod/Karpenter', { reason: 'misfit' });
    expect(await guard(bench, { Others: Others({ Ref: 'Cluster2' }) })).toMatchObject(PASSED);
  });

  test('is not known where the template cannot be read: a refusal for an app that applies anything', async () => {
    bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action: 'GetTemplate' });
    expect(await guard(bench)).toMatchObject(PASSED);
    expectRefusal(bench, await guard(bench, { Controllers: [] }), 'removed-api:unknown', { reason: 'unread', unknown: true });
  });
});

describe('lets through', () => {
  beforeEach(() => {
    putCluster(bench, { subnets: { 'subnet-a': 0 } }); // whoever looked would refuse
  });

  test('the first creation', async () => {
    expect(await bench.serve(
      guardEvent(bench, { ClusterLogicalId: 'Other' }, { RequestType: 'Create', PhysicalResourceId: undefined }),
    )).toMatchObject(PASSED);
    expect(await guard(bench, { ClusterLogicalId: 'BeingCreated' })).toMatchObject(PASSED);
    expect(await guard(bench, { ClusterLogicalId: 'Deleted' })).toMatchObject(PASSED);
    expect(await guard(bench, { ClusterLogicalId: 'Retained' })).toMatchObject(PASSED);
    expect(bench.calledActions).toEqual([
      'cloudformation:DescribeChangeSet', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate',
      'cloudformation:ListStackResources',
    ]);
  });

  test.each(['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED', 'ROLLBACK_IN_PROGRESS'])('a stack in %s', async (status) => {
    putStack(bench, status);
    bench.aws.fail({ service: 'eks', fault: 'connectionRefused' });
    expect(await guard(bench, { TargetVersion: '1.30' })).toMatchObject(PASSED);
  });

  describe('a rollback, whatever CloudFormation tells beside the state of the stack', () => {
    const inRollback = async (template?: string) => {
      putStack(bench, 'UPDATE_ROLLBACK_IN_PROGRESS');
      const event = guardEvent(bench);
      if (template !== undefined) bench.aws.cloudFormation.putStack({ name: 'app', status: 'UPDATE_ROLLBACK_IN_PROGRESS', template });
      return event;
    };

    test.each([
      ...['GetTemplate', 'ListStackResources', 'DescribeChangeSet'].flatMap((action) => (
        ['throttled', 'serverError', 'accessDenied', 'malformed'] as const).map((fault) => [action, fault] as const)),
    ])('%s is %s: it waits for nothing', async (action, fault) => {
      const event = await inRollback();
      bench.aws.fail({ service: 'cloudformation', action, fault });
      const { clock } = bench.aws;
      const before = clock.now().getTime();
      expect(await bench.serve(event)).toMatchObject(PASSED);
      expect(clock.now().getTime() - before).toBeLessThan(30_000); // what nobody waits for may put the clock ahead once or twice
      expect(bench.log).toContainEqual({ message: expect.stringContaining('rolling back') });
    });

    test.each(['GetTemplate', 'ListStackResources'])('%s is not answered within the time of the function', async (action) => {
      const event = await inRollback();
      bench.aws.fail({ service: 'cloudformation', action, fault: 'slow', delayMillis: 6_000 });
      expect(await bench.serve(event, { remainingMillis: 22_000 })).toMatchObject(PASSED);
    });

    test.each(['{ "Resources": {}, }', 'Resources:\n\tX: y: z'])('the template is none: %j', async (template) => {
      expect(await bench.serve(await inRollback(template))).toMatchObject(PASSED);
    });
  });

  test('deletion', async () => {
    bench.aws.fail({ service: 'cloudformation', fault: 'connectionRefused' });
    expect(await bench.serve(guardEvent(bench, {}, { RequestType: 'Delete' }))).toMatchObject(PASSED);
    expect(bench.aws.requests).toEqual([]);
  });

  test('changed options of the guard while the version stays', async () => {
    expect(await guard(bench, { TargetVersion: '1.35', MaxInsightAgeMinutes: '5' })).toMatchObject(PASSED);
  });

  test('pinned add-ons that are installed already', async () => {
    expect(await guard(bench, {
      TargetVersion: '1.35', AddOns: [{ Name: 'coredns', Policy: 'pinned', Version: 'v1.12.4-eksbuild.1' }],
    })).toMatchObject(PASSED);
  });

  test('a cluster that somebody has deleted', async () => {
    bench.aws.eks.clusters.delete('prod');
    expect(await guard(bench)).toMatchObject(PASSED);
  });
});

test.each<[id: string, told: Pick<Finding, 'reason' | 'data'>, seed: Partial<ClusterSeed>, target?: string]>([
  ['minor-step', { reason: 'skips', data: { path: ['1.35', '1.36', '1.37'] } }, {}, '1.37'],
  ['target-supported', { reason: 'notOffered', data: { target: '1.38' } }, { version: '1.37' }, '1.38'],
  ['version-rollback', { reason: 'neverUpgraded', data: { current: '1.35' } }, {}, '1.34'],
  ['insight-deprecated-apis-removed-in-kubernetes-v1-36', {
    reason: 'callsCounted', data: { replacements: expect.stringContaining('/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas') },
  }, {
    insights: [deprecatedApi({ kubernetesVersion: '1.36', usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas' })],
  }],
  [
    'node-group-skew:workers', { reason: 'tooFarBehind', data: { version: '1.32', skew: 3, target: '1.36' } },
    { nodegroups: [{ name: 'workers', version: '1.32' }] },
  ],
  ['node-group-health:workers', { reason: 'broken', data: { status: 'DEGRADED' } }, { nodegroups: [{ name: 'workers', status: 'DEGRADED' }] }],
  [
    'add-on-compatibility:vpc-cni', { reason: 'leftBehindByOthers', data: { installed: 'v1.17.1-eksbuild.1', kubernetesVersion: '1.36' } },
    { addons: [{ name: 'vpc-cni', version: 'v1.17.1-eksbuild.1' }] },
  ],
  ['free-addresses', { reason: 'none', data: { needed: 5 } }, { subnets: { 'subnet-a': 1, 'subnet-b': 2 } }],
])('fails for %s', async (id, told, seed, target = '1.36') => {
  putCluster(bench, seed);

  const answer = await guard(bench, { TargetVersion: target });

  expectRefusal(bench, answer, id, told);
  expect(answer.Reason!.startsWith(verdictIn(bench).message)).toBe(true);
  expect(answer.Reason).toMatch(/ \(log stream .* of \/handler\)$/);
  expect(bench.aws.mutatingCalls()).toEqual([]);
});

test('fails for a cluster that is not well', async () => {
  Object.assign(putCluster(bench), {
    status: 'FAILED', issues: [{ code: 'Ec2SubnetNotFound', message: 'gone', resourceIds: ['subnet-a'] }],
  });
  const answer = await guard(bench);
  expectRefusal(bench, answer, 'cluster-active', { reason: 'failed', data: { status: 'FAILED' } });
  expectRefusal(bench, answer, 'cluster-health', { reason: 'unhealthy', data: { issue: expect.stringContaining('Ec2SubnetNotFound') } });
});

test('fails for a pinned add-on that does not fit', async () => {
  const answer = await guard(bench, { AddOns: [{ Name: 'kube-proxy', Policy: 'pinned', Version: 'v1.35.3-eksbuild.2' }] });
  expectRefusal(bench, answer, 'add-on-compatibility:kube-proxy', {
    reason: 'versionNotOffered', data: expect.objectContaining({ version: 'v1.35.3-eksbuild.2', target: '1.36' }),
  });
});

test('fails for a target that is no version', async () => {
  expect(await guard(bench, { TargetVersion: '1.36.2' })).toMatchObject(refusal("'1.36.2'"));
});

test.each<[string, string | undefined, string]>([
  ['whether the stack is rolling back', 'DescribeStacks', 'rollbackUnknown'],
  ['anything of the stack', undefined, 'clusterNotFound'],
])('fails for a version that is raised where it cannot be told %s', async (_, action, reason) => {
  bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action });
  expect(await guard(bench)).toMatchObject(refusal('not allowed to call cloudformation:'));
  expect(bench.refused).toEqual([{ reason, data: { why: expect.stringContaining('not allowed to call cloudformation:') } }]);
});

describe('where it cannot be told whether the stack is rolling back', () => {
  beforeEach(() => {
    bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action: 'DescribeStacks' });
    putCluster(bench, { nodegroups: [{ name: 'workers', config: { instanceTypes: ['m7i.large'] } }] });
  });

  const group = { LogicalId: 'Workers', Name: 'workers', Version: '1.35' };
  const of = (type: string, more: GuardedApp = {}): GuardedApp =>
    ({ TargetVersion: '1.35', NodeGroups: [{ ...group, Others: { InstanceTypes: [type] } }], ...more });
  const serve = async (now: GuardedApp, before: GuardedApp) => bench.serve(guardEvent(bench, now, {}, before));

  test.each([
    ['of a minor', '1.34', '1.34.6-20261118'], ['of a release', '1.35', '1.35.2-20250101'],
  ])('the rollback of nodes passes: %s', async (_, Version, ReleaseVersion) => {
    const at = (versions: object): GuardedApp => ({ TargetVersion: '1.35', NodeGroups: [{ ...group, ...versions }] });
    expect(await serve(at({ Version, ReleaseVersion }), at({}))).toMatchObject(PASSED);
    expect(bench.log).toContainEqual({ message: expect.stringContaining('nothing is known to move forward') });
  });

  test('a newer release of nodes is refused', async () => {
    const at = (more: object): GuardedApp => ({ TargetVersion: '1.35', NodeGroups: [{ ...group, ...more }] });
    expect(await serve(at({ ReleaseVersion: '1.35.9-20991231' }), at({}))).toMatchObject({ Status: 'FAILED' });
    expect(bench.refused).toMatchObject([{ reason: 'rollbackUnknown' }]);
  });

  test('a replacement is refused', async () => {
    expect(await serve(of('m7i.xlarge'), of('m7i.large'))).toMatchObject(refusal('not allowed to call cloudformation:DescribeStacks'));
    expect(bench.refused).toMatchObject([{ reason: 'rollbackUnknown' }]);
  });

  test.each<[string, GuardedApp]>([
    ['was accepted', { Ignore: ['node-group-replacement'] }],
    ['was accepted by its own ID', { Ignore: ['node-group-replacement:workers'] }],
    ['was only warned of', { Mode: 'warn' }],
  ])('the rollback of a replacement passes that %s, and the replacement itself', async (_, accepting) => {
    expect(await serve(of('m7i.xlarge', accepting), of('m7i.large'))).toMatchObject(PASSED);
    expect(await serve(of('m7i.xlarge'), of('m7i.large', accepting))).toMatchObject(PASSED);
  });

  test('a cluster whose construct is renamed is refused, unless that was accepted', async () => {
    const renamed = (more: GuardedApp = {}): GuardedApp => ({ TargetVersion: '1.35', ClusterLogicalId: 'Renamed', ...more });
    expect(await serve(renamed(), { TargetVersion: '1.35' })).toMatchObject(refusal('not allowed to call cloudformation:DescribeStacks'));
    expect(bench.refused).toMatchObject([{ reason: 'rollbackUnknown' }]);
    expect(await serve(renamed({ Ignore: ['cluster-replacement'] }), { TargetVersion: '1.35' })).toMatchObject(PASSED);
  });

  test('a replacement is refused where another one was accepted', async () => {
    const accepting = { Ignore: ['node-group-replacement:others', 'cluster-replacement'] };
    expect(await serve(of('m7i.xlarge', accepting), of('m7i.large'))).toMatchObject({ Status: 'FAILED' });
  });
});

describe('where it cannot be told what the stack has', () => {
  beforeEach(() => bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action: 'ListStackResources' }));

  test.each<[string, GuardedApp]>([
    ['its own cluster', {}],
    ['a cluster that it names', { ClusterLogicalId: undefined, ClusterName: 'prod', Imported: 'true', Judged: '1.35/digest' }],
  ])('an update of %s is refused, also without a version: what is replaced would not be seen', async (_, app) => {
    const group = { LogicalId: 'Workers', Name: 'workers', Version: '1.35', ReleaseVersion: '1.35.2-20261104' };
    const groups = (type: string) => [{ ...group, Others: { InstanceTypes: [type] } }];
    const of = (type: string): GuardedApp => ({ TargetVersion: '1.35', ...app, NodeGroups: groups(type) });
    expect(await bench.serve(guardEvent(bench, of('m7i.xlarge'), {}, of('m7i.large')))).toMatchObject(
      refusal('not allowed to call cloudformation:ListStackResources'),
    );
    expect(bench.refused).toEqual([{ reason: 'stackUnread', data: { why: expect.stringContaining('cloudformation:ListStackResources') } }]);
  });

  const pinned = (version: string): GuardedApp =>
    ({ TargetVersion: '1.35', AddOns: [{ Name: 'kube-proxy', Policy: 'pinned', Version: version }] });

  test('an update of an add-on alone is refused, too, of which a change set tells the cluster by name', async () => {
    expect(await bench.serve(guardEvent(bench, pinned('v1.35.3-eksbuild.5'), {}, pinned('v1.35.3-eksbuild.2')))).toMatchObject(
      refusal('not allowed to call cloudformation:ListStackResources'),
    );
  });

  test('what a change set leaves as it is, or changes without a version, is not refused', async () => {
    const group = { LogicalId: 'Workers', Name: 'workers', Version: '1.35', ReleaseVersion: '1.35.2-20261104' };
    const of = (team: string): GuardedApp => (
      { ...pinned('v1.35.3-eksbuild.5'), NodeGroups: [{ ...group, Others: { Labels: { team } } }, { ...group, LogicalId: 'Others', Name: 'others' }] });
    expect(await bench.serve(guardEvent(bench, of('two'), {}, of('one')))).toMatchObject(PASSED);
  });

  test.each(['CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'])('%s passes', async (status) => {
    putStack(bench, status);
    expect(await guard(bench, { TargetVersion: '1.35' })).toMatchObject(PASSED);
  });

  test('what the stack may have passes for nothing new, unless a change set creates it', async () => {
    putCluster(bench, { addons: [{ name: 'kube-proxy', version: 'v1.35.3-eksbuild.5' }] });
    const app: GuardedApp = { ...pinned('v1.35.3-eksbuild.5'), ClusterLogicalId: undefined, ClusterName: 'prod' };
    putStack(bench, 'CREATE_IN_PROGRESS', [], { changeSet: undefined });
    expect(await guard(bench, app)).toMatchObject(PASSED);

    const changes = [{ LogicalResourceId: 'AddOnkube-proxy', ResourceType: 'AWS::EKS::Addon', Action: 'Add' as const }];
    putStack(bench, 'CREATE_IN_PROGRESS', [], { changeSet: { changes } });
    expect(await guard(bench, app)).toMatchObject(refusal('[exists-already:kube-proxy]'));
  });
});

describe('where the template cannot be parsed', () => {
  const BROKEN = '{ "Resources": {}, "Description": "s3cret", }';
  const group = { LogicalId: 'Workers', Name: 'workers', Version: '1.35', ReleaseVersion: '1.35.2-20261104' };
  const deployed = [{ logicalId: 'Cluster', type: 'AWS::EKS::Cluster', physicalId: 'prod' }];

  test('a change set tells what the deployment changes', async () => {
    putCluster(bench, { subnets: { 'subnet-a': 0 } });
    const event = guardEvent(bench);
    const changes = changesBetween(templateOf({ TargetVersion: '1.35' }), templateOf({ TargetVersion: '1.36' }), { Cluster: 'prod' });
    bench.aws.cloudFormation.putStack({ name: 'app', template: BROKEN, resources: deployed, changeSet: { changes } });
    expectRefusal(bench, await bench.serve(event), 'free-addresses');
  });

  test('it is refused without one, and what the template holds is not told', async () => {
    const event = guardEvent(bench, { NodeGroups: [group] });
    bench.aws.cloudFormation.putStack({ name: 'app', template: BROKEN, resources: deployed });
    const { Status, Reason } = await bench.serve(event);
    expect({ Status, refused: bench.refused }).toMatchObject({
      Status: 'FAILED', refused: [{ reason: 'templateUnread', data: { why: expect.stringMatching(/neither JSON nor YAML( \(line 1 column 43\))?$/) } }],
    });
    expect(`${Reason} ${JSON.stringify(bench.log)}`).not.toContain('s3cret');
  });
});

test('fails for a stack that CloudFormation does not know', async () => {
  expect(await bench.serve(guardEvent(bench, {}, { StackId: `${STACK}-other` })))
    .toMatchObject(
      refusal('cloudformation:ListStackResources failed: ValidationError: Stack with id'),
    );
});

test('of several findings the first are in the reason, all in the log', async () => {
  putCluster(bench, {
    nodegroups: Array.from({ length: 40 }, (_, number) => ({ name: `workers-${number}`, status: 'DEGRADED' as const })),
  });
  const { Reason } = await guard(bench);
  expect(Reason).toMatch(/: 40 errors.*\[node-group-health:workers-0\].* \d+ more \(log stream /);
  expect(Reason!.startsWith(verdictIn(bench).message)).toBe(true);
  expect(findingsIn(bench).filter((id) => id.startsWith('node-group-health:'))).toHaveLength(40);
});

test('what is accepted refuses nothing, and is logged as accepted', async () => {
  putCluster(bench, { subnets: { 'subnet-a': 0 } });
  expect(await guard(bench, { Ignore: ['free-addresses'] })).toMatchObject(PASSED);
  expect(findingsIn(bench, 'acceptedFinding')).toEqual(['free-addresses']);
});

test('of an accepted insight it is logged that EKS may block for it', async () => {
  putCluster(bench, {
    insights: [deprecatedApi({ kubernetesVersion: '1.36', usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas' })],
  });
  expect(await guard(bench, { Ignore: ['upgrade-insights'] })).toMatchObject(PASSED);
  const remarks = bench.log.flatMap(({ acceptedFinding }) => (acceptedFinding as AcceptedFinding | undefined)?.remark ?? []);
  expect(remarks).toEqual([EKS_MAY_BLOCK]);
});

test('a guard that only warns logs and lets through', async () => {
  putCluster(bench, { subnets: { 'subnet-a': 0 } });
  expect(await guard(bench, { Mode: 'warn' })).toMatchObject(PASSED);
  expect(findingsIn(bench)).toContain('free-addresses');
});

test('a guard that only warns lets through what it could not look at', async () => {
  bench.aws.fail({ service: 'eks', fault: 'connectionRefused' });
  expect(await guard(bench, { Mode: 'warn' })).toMatchObject(PASSED);
  expect(bench.log).toContainEqual({ message: expect.stringContaining('eks:DescribeCluster failed'), stack: expect.anything() });
});

test('the same event twice has the same answer', async () => {
  const event = guardEvent(bench);
  expect(await bench.serve(event)).toEqual(await bench.serve(event));
  putCluster(bench, { subnets: { 'subnet-a': 0 } });
  expect(await bench.serve(event)).toEqual(await bench.serve(event));
});

test('two clusters of a stack are guarded one by one', async () => {
  putCluster(bench, { name: 'staging', subnets: { 'subnet-c': 0 } });
  expect(await guard(bench)).toMatchObject(PASSED);
  expectRefusal(bench, await guard(bench, { ClusterLogicalId: 'Cluster2' }), 'free-addresses');
  expect(verdictIn(bench).verdict).toMatchObject({ cluster: 'staging', direction: 'up' });
});

test('long lists are read to their end', async () => {
  bench.aws.eks.largestPage = 2;
  putCluster(bench, {
    nodegroups: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, ...name === 'e' ? { status: 'DEGRADED' as const } : {} })),
    insights: [...passingUpgradeInsights('1.36'), insight({ name: 'Last', status: 'ERROR' })],
  });
  expect(await guard(bench)).toMatchObject(refusal('[insight-last]', '[node-group-health:e]'));
});

describe('a version rollback', () => {
  const ROLLBACK_INSIGHT = insight({ name: 'Node versions', status: 'PASSING', category: 'ROLLBACK_READINESS' });

  function upgraded(seed: Partial<ClusterSeed> = {}) {
    putCluster(bench, {
      version: '1.36',
      nodegroups: [{ name: 'workers', version: '1.35' }],
      addons: [{ name: 'coredns', version: 'v1.12.4-eksbuild.1' }],
      lastUpgrade: { from: '1.35', completedAt: new Date(bench.aws.clock.now().getTime() - 24 * HOUR) },
      insights: [ROLLBACK_INSIGHT],
      ...seed,
    });
  }

  test('passes within 7 days', async () => {
    upgraded();
    expect(await guard(bench, { TargetVersion: '1.35' })).toMatchObject(PASSED);
  });

  test('fails while nodes are newer', async () => {
    upgraded({ nodegroups: [{ name: 'workers', version: '1.36' }] });
    expectRefusal(bench, await guard(bench, { TargetVersion: '1.35' }), 'node-group-skew:workers', { reason: 'ahead' });
    expect(verdictIn(bench).verdict).toMatchObject({ direction: 'down', currentVersion: '1.36', targetVersion: '1.35' });
  });
});
