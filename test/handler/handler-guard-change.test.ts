import type { HandlerBench } from './handler-bench';
import {
  expectRefusal, findingsIn, guardEvent, putCluster, putStack, startGuardBench, templateOf, verdictIn, type AppNodeGroup, type GuardedApp,
} from './handler-guard-bench';
import type { Finding } from '../../src/engine/judgement/finding';
import { changesBetween } from '../aws/changes-between';
import { stackArn } from '../aws/cloudformation';
import type { ClusterSeed } from '../aws/eks';

const PASSED = { Status: 'SUCCESS', Data: {} };
const WORKERS: AppNodeGroup = {
  LogicalId: 'Workers', Name: 'workers', Version: '1.35', ReleaseVersion: '1.35.4-20261104', Others: { ScalingConfig: 'a', Tags: 'b' },
};
const MOVED: AppNodeGroup = { ...WORKERS, Version: '1.36', ReleaseVersion: '1.36.2-20261104' };

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
  bench.aws.publishAmis({ minors: ['1.35'], date: '2026-11-11' });
});

afterEach(async () => {
  await bench.stop();
});

/** What a deployment changes of a stack with a cluster of 1.35 and its workers. */
async function deploy(now: GuardedApp, before: GuardedApp = {}) {
  const common = { TargetVersion: '1.35', NodeGroups: [WORKERS] };
  return bench.serve(guardEvent(bench, { ...common, ...now }, {}, { ...common, AddOns: [], ...before }));
}

function refusal(reason: string | RegExp) {
  return { Status: 'FAILED', Reason: typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason) };
}

describe('asks CloudFormation alone', () => {
  test.each<[string, GuardedApp, GuardedApp?]>([
    ['about a size alone', { NodeGroups: [{ ...WORKERS, Others: { ...WORKERS.Others, ScalingConfig: 'z' } }] }],
    ['about other options of its own', { Ignore: ['free-addresses'], Mode: 'warn' }],
    [
      'about an update of this library', { AddOns: [{ Name: 'coredns', Policy: 'recommended' }] },
      { AddOns: [{ Name: 'coredns', Policy: 'recommended' }], Judged: undefined },
    ],
  ])('%s', async (_, now, before = {}) => {
    putCluster(bench, { version: '1.36', subnets: { 'subnet-a': 0 } }); // whoever looked would refuse
    expect(await deploy(now, before)).toMatchObject(PASSED);
    expect(bench.calledActions.filter((action) => !action.startsWith('cloudformation:'))).toEqual([]);
  });
});

describe('before the control plane moves, it judges', () => {
  const upgrade = { TargetVersion: '1.36', NodeGroups: [MOVED] };

  test.each<[string, GuardedApp, [id: string, told?: Partial<Finding>], Partial<ClusterSeed>?]>([
    ['a tracked add-on that cannot follow', { TargetVersion: '1.37', AddOns: [{ Name: 'vpc-cni', Policy: 'recommended' }] },
      ['add-on-compatibility:vpc-cni'], { version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' }] }],
    ['a tracked add-on that is not installed yet and not offered', { ...upgrade, AddOns: [{ Name: 'core-dns', Policy: 'latest' }] },
      ['add-on-compatibility:core-dns']],
    ['a pinned add-on that is not installed yet and not offered', {
      ...upgrade, AddOns: [{ Name: 'vpc-cni', Policy: 'pinned', Version: 'v1.12.0-eksbuild.1' }],
    },
    ['add-on-compatibility:vpc-cni']],
    ['a tag beside a version', { ...upgrade, NodeGroups: [{ ...MOVED, Others: { ...MOVED.Others, Tags: 'z' } }] },
      ['node-group-combined-update:workers', { reason: 'tags', data: expect.objectContaining({ others: ['Tags'] }) }]],
    ['a size beside a version', { ...upgrade, NodeGroups: [{ ...MOVED, Others: { ...MOVED.Others, ScalingConfig: 'z' } }] },
      ['node-group-combined-update:workers', { reason: 'combined', data: expect.objectContaining({ others: ['ScalingConfig'] }) }]],
  ])('%s', async (_, now, [id, told], seed = {}) => {
    putCluster(bench, seed);
    expectRefusal(bench, await deploy(now), id, told);
    expect(bench.aws.mutatingCalls()).toEqual([]);
  });

  test('what else changes of a cluster of aws-eks, which its custom resource cannot do beside the version', async () => {
    putCluster(bench);
    const ofAwsEks = (logging: string) => ({ Config: { logging, resourcesVpcConfig: { endpointPublicAccess: true } } });
    expectRefusal(bench, await deploy({ ...upgrade, ...ofAwsEks('b') }, ofAwsEks('a')), 'cluster-combined-update', {
      reason: 'versionCombined', data: { kinds: ['Logging'] },
    });
    expect(await deploy({ ...upgrade, ...ofAwsEks('a') }, ofAwsEks('a'))).toMatchObject(PASSED);
    expect(bench.aws.mutatingCalls()).toEqual([]);
  });

  test('and has nothing against a pair of versions that moves alone', async () => {
    const kubeProxy = { Name: 'kube-proxy', Policy: 'recommended' as const };
    expect(await deploy(
      { ...upgrade, AddOns: [kubeProxy, { Name: 'vpc-cni', Policy: 'latest' }] }, { AddOns: [kubeProxy] },
    )).toMatchObject(PASSED);
  });

  test('and does not warn of an add-on that will move', async () => {
    putCluster(bench, { version: '1.36', addons: [{ name: 'kube-proxy' }] });
    const tracked = { TargetVersion: '1.37', AddOns: [{ Name: 'kube-proxy', Policy: 'recommended' as const }] };
    expect(await deploy(tracked, { ...tracked, TargetVersion: '1.36' })).toMatchObject(PASSED);
    expect(findingsIn(bench)).not.toContain('add-on-compatibility:kube-proxy');
  });

  test('and warns of a pin that a rollback of the stack could not restore', async () => {
    const pin = (Version: string) => ({ AddOns: [{ Name: 'kube-proxy', Policy: 'pinned' as const, Version }] });
    expect(await deploy({ ...upgrade, ...pin('v1.36.2-eksbuild.2') }, pin('v1.34.0-eksbuild.1'))).toMatchObject(PASSED);
    expect(findingsIn(bench)).toContain('stack-rollback:kube-proxy');
  });
});

describe('while the version stays', () => {
  test('a cluster that has moved on by itself is a warning', async () => {
    putCluster(bench, { version: '1.36', nodegroups: [{ name: 'workers', version: '1.35' }] });
    bench.aws.publishAmis({ minors: ['1.35'], date: '2026-11-11' });
    expect(await deploy({ NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.2-20261111' }] })).toMatchObject(PASSED);
    expect(findingsIn(bench)).toContain('version-drift');
  });

  test('insights are not refreshed', async () => {
    bench.aws.clock.advance(24 * 3600_000);
    expect(await deploy({ NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.2-20261111' }] })).toMatchObject(PASSED);
    expect(bench.calledActions).not.toContain('eks:StartInsightsRefresh');
  });

  test('fails for a node group that is to move and is not well', async () => {
    putCluster(bench, { nodegroups: [{ name: 'workers', status: 'UPDATING', releaseVersion: '1.35.2-20261104' }] });
    expect(await deploy({
      NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.2-20261111' }],
    })).toMatchObject(refusal('[node-group-health:workers]'));
  });
});

test('fails when the same upgrade is deployed again after a failure, and a node group is not well', async () => {
  putCluster(bench, { version: '1.36', nodegroups: [{ name: 'workers', version: '1.35', status: 'UPDATING' }] });
  expect(await deploy({ TargetVersion: '1.36', NodeGroups: [MOVED] })).toMatchObject(refusal('[node-group-health:workers]'));
});

describe('node groups that CloudFormation names', () => {
  const named = ({ Name, ...group }: AppNodeGroup) => group;
  const busy = () => putCluster(bench, { nodegroups: [{ name: 'workers-1a2b', status: 'UPDATING', releaseVersion: '1.35.2-20261104' }] });

  test('are found by their logical ID', async () => {
    busy();
    putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers-1a2b' }]);
    const now = { ...named(WORKERS), ReleaseVersion: '1.35.2-20261111' };
    expect(await deploy({ NodeGroups: [now] }, { NodeGroups: [named(WORKERS)] })).toMatchObject(
      refusal('[node-group-health:workers-1a2b]'),
    );
  });

  test('are called by their constructs, and accepted by the name that EKS knows', async () => {
    busy();
    putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers-1a2b' }]);
    const group = { ...named(WORKERS), Path: 'App/Cluster/NodegroupWorkers/Resource' };
    const moves = (more: GuardedApp = {}) => deploy(
      { ...more, NodeGroups: [{ ...group, ReleaseVersion: '1.35.2-20261111' }] }, { NodeGroups: [group] },
    );

    expectRefusal(bench, await moves(), 'node-group-health:workers-1a2b', {
      subject: expect.stringContaining('Cluster/NodegroupWorkers'), about: { kind: 'node group', name: 'workers-1a2b' },
    });
    expect(await moves({ Ignore: ['node-group-health:workers-1a2b'] })).toMatchObject(PASSED);
  });

  test('go by it while they do not exist', async () => {
    expect(await deploy({
      NodeGroups: [WORKERS, { ...named(MOVED), LogicalId: 'Gpu' }],
    })).toMatchObject(refusal('[node-group-version:Gpu]'));
  });
});

describe('a guard in another stack than the cluster\'s', () => {
  const nodes = { ClusterLogicalId: undefined, ClusterName: 'prod', TargetVersion: undefined };

  test('passes node groups that follow', async () => {
    putCluster(bench, { version: '1.36', nodegroups: [{ name: 'workers', version: '1.35' }] });
    expect(await deploy({ ...nodes, NodeGroups: [MOVED] }, nodes)).toMatchObject(PASSED);
  });

  test('fails for nodes that would lead the control plane', async () => {
    expect(await deploy({ ...nodes, NodeGroups: [MOVED] }, nodes)).toMatchObject(refusal('[node-group-version:workers]'));
  });

  test('fails for a version together with something else', async () => {
    putCluster(bench, { version: '1.36', nodegroups: [{ name: 'workers', version: '1.35' }] });
    expect(await deploy({ ...nodes, NodeGroups: [{ ...MOVED, Others: { Tags: 'z' } }] }, nodes)).toMatchObject(
      refusal('[node-group-combined-update:workers]'),
    );
  });
});

describe('of a cluster that is made elsewhere', () => {
  const elsewhere = { ClusterLogicalId: undefined, ClusterName: 'prod', TargetVersion: undefined };
  const create = async (declared: string) => bench.serve({
    ...guardEvent(bench, {
      ...elsewhere,
      Imported: 'true',
      Judged: `${declared}/digest`,
      NodeGroups: [{ ...WORKERS, Name: 'new', Version: declared, ReleaseVersion: undefined }],
    }),
    RequestType: 'Create',
    OldResourceProperties: undefined,
  });

  test('the first deployment passes where the control plane has the declared version', async () => {
    putCluster(bench);
    expect(await create('1.35')).toMatchObject(PASSED);
  });

  test('the first deployment is refused where the control plane is not there yet, before anything is made', async () => {
    putCluster(bench);
    expectRefusal(bench, await create('1.36'), 'control-plane-elsewhere', { reason: 'behind', data: { version: '1.36', current: '1.35' } });
    expect(bench.aws.mutatingCalls()).toEqual([]);
  });

  test('a name that no cluster has is refused, but not in a rollback', async () => {
    const misspelt: GuardedApp = { ...elsewhere, ClusterName: 'pord', Imported: 'true', Judged: '1.36/digest', NodeGroups: [MOVED] };
    expect(await deploy(misspelt, { ...elsewhere, Imported: 'true', Judged: '1.36/digest' })).toMatchObject(
      refusal(/pord .*us-west-2.*clusterName.*aws eks list-clusters/),
    );
    expect(bench.refused).toEqual([{ reason: 'clusterMissing', data: { name: 'pord', region: 'us-west-2' } }]);
    putStack(bench, 'UPDATE_ROLLBACK_IN_PROGRESS');
    expect(await deploy(misspelt, { ...elsewhere, Imported: 'true', Judged: '1.36/digest' })).toMatchObject(PASSED);
  });

  test('nodes and add-ons follow once it is there, and not before', async () => {
    const follow = async () => deploy(
      { ...elsewhere, Imported: 'true', Judged: '1.36/digest', NodeGroups: [MOVED] },
      { ...elsewhere, Imported: 'true', Judged: '1.35/digest' },
    );
    putCluster(bench);
    expect(await follow()).toMatchObject(refusal('[control-plane-elsewhere]'));
    putCluster(bench, { version: '1.36', nodegroups: [{ name: 'workers', version: '1.35' }] });
    expect(await follow()).toMatchObject(PASSED);
  });

  test('a control plane that has moved on is warned of, and refused are nodes that it would take back with a release of the older minor', async () => {
    const refresh = async () => deploy(
      { ...elsewhere, Imported: 'true', Judged: '1.35/digest', NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.2-20261111' }] },
      { ...elsewhere, Imported: 'true', Judged: '1.35/digest' },
    );
    putCluster(bench, { version: '1.36', nodegroups: [{ name: 'workers', version: '1.35' }] });
    expect(await refresh()).toMatchObject(PASSED);
    expect(findingsIn(bench)).toContain('control-plane-elsewhere');
    putCluster(bench, { version: '1.36' });
    expectRefusal(bench, await refresh(), 'node-group-version:workers', { reason: 'overtaken', data: { wanted: '1.35', running: '1.36' } });
  });

  test('a control plane that has moved on does not move add-ons, without a change set either', async () => {
    putCluster(bench, {
      version: '1.36', nodegroups: [{ name: 'workers', version: '1.35', releaseVersion: WORKERS.ReleaseVersion }], addons: [{ name: 'vpc-cni' }],
    });
    putStack(bench, 'UPDATE_IN_PROGRESS', [
      { logicalId: 'Versions', type: 'Custom::EksAddOnVersions', physicalId: 'versions' },
      { logicalId: 'AddOnvpc-cni', type: 'AWS::EKS::Addon', physicalId: 'prod|vpc-cni' },
    ], { changeSet: undefined });
    const app: GuardedApp = { ...elsewhere, Imported: 'true', AddOns: [{ Name: 'vpc-cni', Policy: 'latest' }] };
    const judged = async (before: string) => {
      await deploy({ ...app, Judged: '1.35/after' }, { ...app, Judged: `${before}/before` });
      return !bench.log.splice(0).some(({ message }) => message === 'let through: the template matches what the cluster runs');
    };
    expect(await judged('1.35')).toBe(false);
    expect(await judged('1.34')).toBe(true);
  });
});

describe('a part of the template under a condition that only CloudFormation can tell', () => {
  const part = (Type: string, properties: object, Condition?: string): GuardedApp => (
    { Others: { Extra: { Type, Condition, Properties: { ClusterName: { Ref: 'Cluster' }, ...properties } } } });
  const group = (condition?: string) => part('AWS::EKS::Nodegroup', { NodegroupName: 'workers', Version: '1.35' }, condition);
  const addOn = (condition?: string) => part('AWS::EKS::Addon', { AddonName: 'coredns', AddonVersion: 'v0.0.1-eksbuild.1' }, condition);

  test.each<[string, (condition?: string) => GuardedApp, RegExp]>([
    ['a node group', group, /\[exists-already:workers\]/], ['an add-on', addOn, /coredns\]/],
  ])('does not come where neither the stack nor the change set has it: %s', async (_, app, refused) => {
    const [now, before] = [{ TargetVersion: '1.36', NodeGroups: [] }, { NodeGroups: [] }];
    expect(await deploy({ ...now, ...app('IsThere') }, { ...before, ...app('IsThere') })).toMatchObject(PASSED);
    expect(await deploy({ ...now, ...app('IsThere') }, before)).toMatchObject(refusal(refused));
    expect(await deploy({ ...now, ...app() }, { ...before, ...app() })).toMatchObject(refusal(refused));
  });

  test('comes as the template has it where the change set adds it', async () => {
    const path = { 'aws:cdk:path': 'App/Cluster/NodegroupExtra/Resource' };
    const { Extra } = part('AWS::EKS::Nodegroup', { Version: '1.37' }, 'IsThere').Others!;
    expectRefusal(bench, await deploy({ Others: { Extra: { ...Extra, Metadata: path } } }), 'node-group-version:Extra', {
      subject: expect.stringContaining('Cluster/NodegroupExtra'),
    });
  });

  test('stays where the stack has it', async () => {
    const coredns = { logicalId: 'Extra', type: 'AWS::EKS::Addon', physicalId: 'prod|coredns' };
    putStack(bench, 'UPDATE_IN_PROGRESS', [coredns]);
    putCluster(bench, { addons: [{ name: 'coredns', version: 'v0.0.1-eksbuild.1' }] });
    const app = addOn('IsThere');
    const answer = await deploy({ TargetVersion: '1.36', NodeGroups: [], ...app }, { NodeGroups: [], ...app });
    expectRefusal(bench, answer, 'add-on-compatibility:coredns', { message: expect.stringContaining('the app wants v0.0.1-eksbuild.1') });
  });
});

test.each<[string, 'Add' | 'Import', object]>([
  ['adopted passes', 'Import', PASSED],
  ['created is refused', 'Add', refusal('[exists-already:coredns]')],
])('an add-on of the cluster that is to be %s', async (_, Action, answer) => {
  putCluster(bench, { nodegroups: [] });
  const changes = [
    { LogicalResourceId: 'AddOncoredns', ResourceType: 'AWS::EKS::Addon', PhysicalResourceId: 'prod|coredns', Action },
    { LogicalResourceId: 'Cluster', ResourceType: 'AWS::EKS::Cluster', PhysicalResourceId: 'prod', Action: 'Modify' as const },
  ];
  putStack(bench, 'UPDATE_IN_PROGRESS', [], { changeSet: { changes } });
  const Version = bench.aws.eks.clusters.get('prod')!.addons.get('coredns')!.version;
  expect(await deploy({ NodeGroups: [], AddOns: [{ Name: 'coredns', Policy: 'pinned', Version }] }, { NodeGroups: [] })).toMatchObject(answer);
});

describe('parts of the stack that somebody has deleted', () => {
  const VPC_CNI = { Name: 'vpc-cni', Policy: 'recommended' as const };
  const before: GuardedApp = { NodeGroups: [WORKERS], AddOns: [VPC_CNI] };
  const ofStack = [
    { logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' },
    { logicalId: 'AddOnvpc-cni', type: 'AWS::EKS::Addon', physicalId: 'prod|vpc-cni' },
    { logicalId: 'Versions', type: 'Custom::EksAddOnVersions', physicalId: 'versions' },
  ];
  const missing = () => findingsIn(bench).filter((id) => id.startsWith('part-missing'));

  beforeEach(() => putCluster(bench, { nodegroups: [], addons: [] }));

  describe.each<[string, { changeSet?: undefined }]>([['by change set', {}], ['without a change set', { changeSet: undefined }]])('%s', (_, more) => {
    beforeEach(() => putStack(bench, 'UPDATE_IN_PROGRESS', ofStack, more));

    test('are refused before the control plane moves, where they move with it', async () => {
      expectRefusal(bench, await deploy({ ...before, TargetVersion: '1.36', NodeGroups: [MOVED] }, before), 'part-missing:workers');
      expect(missing()).toEqual(['part-missing:vpc-cni', 'part-missing:workers']);
    });

    test('pass where they stay as they are, are removed, or could not be read', async () => {
      expect(await deploy({ TargetVersion: '1.36', NodeGroups: [WORKERS] }, { NodeGroups: [WORKERS] })).toMatchObject(PASSED);
      expect(await deploy({ TargetVersion: '1.36', NodeGroups: [], AddOns: [] }, before)).toMatchObject(PASSED);
      bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'ListNodegroups' });
      expect(await deploy({ TargetVersion: '1.36', NodeGroups: [MOVED] }, { NodeGroups: [WORKERS] })).toMatchObject(refusal('node-group-readable:unknown'));
      expect(missing()).toEqual([]);
    });
  });

  test.each<[string, AppNodeGroup]>([
    ['a release', { ...WORKERS, ReleaseVersion: '1.35.2-20261111' }],
    ['a size', { ...WORKERS, Others: { ...WORKERS.Others, ScalingConfig: 'z' } }],
  ])('are refused where the change set updates %s beside the control plane', async (_, group) => {
    expectRefusal(bench, await deploy({ TargetVersion: '1.36', NodeGroups: [group] }, { NodeGroups: [WORKERS] }), 'part-missing:workers');
  });

  test('are refused where nothing else moves, and pass once accepted', async () => {
    const now = { NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.2-20261111' }] };
    expectRefusal(bench, await deploy(now, { NodeGroups: [WORKERS] }), 'part-missing:workers');
    expect(await deploy({ ...now, Ignore: ['part-missing:workers'] }, { NodeGroups: [WORKERS] })).toMatchObject(PASSED);
  });
});

describe('by change set alone, where the template cannot be read', () => {
  beforeEach(() => bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action: 'GetTemplate' }));

  test('a cluster whose construct has another name is refused', async () => {
    expect(await deploy({ ClusterLogicalId: 'Main', NodeGroups: [] }, { NodeGroups: [] })).toMatchObject(refusal('[cluster-replacement]'));
  });

  test('a node group that comes is judged', async () => {
    putCluster(bench, { nodegroups: [{ name: 'workers' }] });
    const another: AppNodeGroup = { ...WORKERS, LogicalId: 'Another' };
    expect(await deploy({ NodeGroups: [another] }, { NodeGroups: [] })).toMatchObject(refusal('[exists-already:workers]'));
    expect(await deploy({ NodeGroups: [{ ...another, Name: 'more', Version: '1.34', ReleaseVersion: undefined }] }, { NodeGroups: [] }))
      .toMatchObject(refusal('[node-group-version:more]'));
  });
});

describe('by a drift-aware change set', () => {
  const at = (more: Partial<AppNodeGroup>): GuardedApp => ({ TargetVersion: '1.35', NodeGroups: [{ ...WORKERS, ...more }] });
  const now = at({ ReleaseVersion: '1.35.2-20261111', Others: { Labels: { team: 'a' } } });
  const before = at({ Others: { Labels: {} } });
  const group = { logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' };

  const deployedWith = async (action: 'Modify' | 'SyncWithActual', inSync: readonly string[], withContexts: boolean) => {
    const changes = changesBetween(templateOf(before), templateOf(now), { Cluster: 'prod', Workers: 'prod/workers' }).map((change) => (
      change.LogicalResourceId !== 'Workers' ? change : {
        ...change,
        Action: action,
        ...!withContexts && { BeforeContext: undefined, AfterContext: undefined },
        Details: change.Details!.map(({ Target, ...detail }) => ({
          ...detail, Target: { ...Target, AttributeChangeType: inSync.includes(Target!.Name!) ? 'SyncWithActual' as const : 'Modify' as const },
        })),
      }));
    putStack(bench, 'UPDATE_IN_PROGRESS', [group], { changeSet: { changes } });
    return deploy(now, before);
  };

  test.each([true, false])('what only its drift status changes of is not judged, with all properties told: %s', async (withContexts) => {
    expectRefusal(bench, await deployedWith('Modify', [], withContexts), 'node-group-combined-update:workers');
    expect(await deployedWith('Modify', ['Labels'], withContexts)).toMatchObject(PASSED);
    expect(await deployedWith('Modify', ['ReleaseVersion'], withContexts)).toMatchObject(PASSED);
    expect(await deployedWith('SyncWithActual', ['ReleaseVersion', 'Labels'], withContexts)).toMatchObject(PASSED);
    expect(bench.log).toContainEqual({ message: expect.stringContaining('nothing changes that needs a look') });
  });
});

describe('in express mode', () => {
  beforeEach(() => putStack(bench, 'UPDATE_IN_PROGRESS', [], { mode: 'EXPRESS' }));

  test('refuses what moves the control plane, or nodes', async () => {
    expectRefusal(bench, await deploy({ TargetVersion: '1.36' }), 'express-deployment');
    bench.log.length = 0;
    expectRefusal(bench, await deploy({ NodeGroups: [{ ...WORKERS, ReleaseVersion: '1.35.2-20261111' }] }), 'express-deployment');
  });

  test('is known of a nested stack by the one at the top', async () => {
    bench.aws.cloudFormation.putStack({ name: 'top', mode: 'EXPRESS' });
    putStack(bench, 'UPDATE_IN_PROGRESS', [], { rootId: stackArn({ name: 'top' }) });
    expectRefusal(bench, await deploy({ TargetVersion: '1.36' }), 'express-deployment');
    bench.aws.cloudFormation.putStack({ name: 'top', mode: 'STANDARD' });
    expect(await deploy({ TargetVersion: '1.36' })).toMatchObject(PASSED);
  });

  test('passes what moves nothing', async () => {
    expect(await deploy({ SupportType: 'STANDARD' }, { SupportType: 'EXTENDED' })).toMatchObject(PASSED);
  });
});

describe('without a change set, what is live stands for what was deployed', () => {
  const resources = [{ logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' }];
  const sizes = { MinSize: 1, MaxSize: 3, DesiredSize: 9 };
  const deployDirectly = async (Others: object, tags: Record<string, string> = {}, version = '1.36') => {
    putCluster(bench, {
      nodegroups: [
        { name: 'workers', releaseVersion: WORKERS.ReleaseVersion, tags: { 'stage': 'test', 'aws:cloudformation:stack-name': 'app' } },
      ],
    });
    putStack(bench, 'UPDATE_IN_PROGRESS', resources, { changeSet: undefined, tags });
    const group = { ...version === '1.36' ? MOVED : WORKERS, Others: { ScalingConfig: sizes, Tags: { stage: 'test' }, ...Others } };
    return deploy({ TargetVersion: version, NodeGroups: [group] });
  };

  test.each<[string, object, Record<string, string>]>([
    ['a tag', { Tags: { stage: 'live' } }, {}],
    ['a size', { ScalingConfig: { ...sizes, MaxSize: 4 } }, {}],
    ['a label', { Labels: { team: 'a' } }, {}],
    ['a tag of the stack', {}, { commit: 'abc' }],
  ])('%s beside a version is refused', async (_, others, tags) => {
    expectRefusal(bench, await deployDirectly(others, tags), 'node-group-combined-update:workers');
    expect(bench.aws.mutatingCalls()).toEqual([]);
  });

  describe('and the guard comes with the deployment, node groups may get their versions with it', () => {
    const adopted = async (liveTags: Record<string, string>) => {
      putCluster(bench, { nodegroups: [{ name: 'workers', releaseVersion: WORKERS.ReleaseVersion, tags: liveTags }] });
      putStack(bench, 'UPDATE_IN_PROGRESS', resources, { changeSet: undefined });
      const NodeGroups = [{ ...WORKERS, Others: { Tags: { stage: 'test' } } }];
      return bench.serve({ ...guardEvent(bench, { TargetVersion: '1.35', NodeGroups }), RequestType: 'Create', OldResourceProperties: undefined });
    };

    test('beside a tag that is refused, and without one it passes', async () => {
      expect(await adopted({ stage: 'live' })).toMatchObject(refusal('[node-group-combined-update:workers]'));
      expect(await adopted({ stage: 'test' })).toMatchObject(PASSED);
    });
  });

  describe('what leaves the template', () => {
    const twoGroups = [...resources, { logicalId: 'Old', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/old' }];

    beforeEach(() => {
      putCluster(bench, { nodegroups: ['workers', 'old'].map((name) => ({ name, releaseVersion: WORKERS.ReleaseVersion })) });
      putStack(bench, 'UPDATE_IN_PROGRESS', twoGroups, { changeSet: undefined });
    });

    test('is named: a node group with its nodes', async () => {
      expect(await deploy({ NodeGroups: [WORKERS] })).toMatchObject(PASSED);
      expect(findingsIn(bench)).toContain('node-group-removed:old');
      expect(findingsIn(bench)).not.toContain('node-group-removed:workers');
    });

    test.each(['DELETE_COMPLETE', 'DELETE_SKIPPED'])('is not named where it left the stack before: %s', async (status) => {
      putStack(bench, 'UPDATE_IN_PROGRESS', [...resources, { ...twoGroups[1], status }], { changeSet: undefined });
      expect(await deploy({ NodeGroups: [WORKERS] })).toMatchObject(PASSED);
      expect(findingsIn(bench)).not.toContain('node-group-removed:old');
    });

    test('is refused: a cluster whose construct has another name', async () => {
      expect(await deploy({ ClusterLogicalId: 'Main', NodeGroups: [WORKERS] })).toMatchObject(refusal('[cluster-replacement]'));
    });

    test('is not known where the template cannot be read either: refused', async () => {
      bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action: 'GetTemplate' });
      expect(await deploy({ NodeGroups: [WORKERS] })).toMatchObject(refusal('not allowed to call cloudformation:GetTemplate'));
      expect(bench.refused).toMatchObject([{ reason: 'templateUnread' }]);
      putStack(bench, 'UPDATE_ROLLBACK_IN_PROGRESS', twoGroups, { changeSet: undefined });
      expect(await deploy({ NodeGroups: [WORKERS] })).toMatchObject(PASSED);
    });
  });

  describe('and the cluster is newer than the app wants it', () => {
    const others = { AddOns: [{ Name: 'coredns', Policy: 'recommended' as const }] };
    const named = [...resources, ...['AddOncoredns', 'Versions'].map((logicalId) => (
      { logicalId, type: logicalId === 'Versions' ? 'Custom::EksAddOnVersions' : 'AWS::EKS::Addon', physicalId: 'prod|coredns' }))];
    const release = { ...others, NodeGroups: [{ ...WORKERS, Others: {}, ReleaseVersion: '1.35.2-20261111' }] };

    beforeEach(() => {
      putCluster(bench, {
        version: '1.36',
        nodegroups: [{ name: 'workers', version: '1.35', releaseVersion: WORKERS.ReleaseVersion }],
        addons: [{ name: 'coredns' }],
      });
      putStack(bench, 'UPDATE_IN_PROGRESS', named, { changeSet: undefined });
    });

    test.each<[string, GuardedApp]>([
      ['a release', release],
      ['a label', { ...others, NodeGroups: [{ ...WORKERS, Others: { Labels: { team: 'a' } } }] }],
      ['an option of the guard', { ...others, Mode: 'warn' }],
    ])('%s alone is judged as what it is, since the version stays', async (_, now) => {
      expect(await deploy(now, others)).toMatchObject(PASSED);
      expect(findingsIn(bench).filter((id) => /rollback|add-on-compat/.test(id))).toEqual([]);
      if (now === release) expect(findingsIn(bench)).toContain('version-drift');
      expect(bench.calledActions).not.toContain('eks:StartInsightsRefresh');
    });

    test('a version rollback is judged as one', async () => {
      expect(await deploy(release, { ...others, TargetVersion: '1.36' })).toMatchObject(refusal(/rollback/));
    });

    test.each<[string, Partial<GuardedApp>]>([
      ['by a guard of an older library', { Judged: undefined }],
      ['where only the deployment knows the version', { Judged: '?/digest' }],
    ])('what the app wanted before is not known, %s: judged as a version rollback', async (_, before) => {
      expect(await deploy(release, { ...others, ...before })).toMatchObject(refusal(/rollback/));
    });

    test('an upgrade that the cluster has overtaken is refused', async () => {
      expectRefusal(bench, await deploy(release, { ...others, TargetVersion: '1.34' }), 'version-drift', { reason: 'overtaken' });
    });
  });

  const nodes: GuardedApp = { NodeGroups: [WORKERS] };
  const addOns: GuardedApp = { AddOns: [{ Name: 'coredns', Policy: 'pinned', Version: 'v1.12.0-eksbuild.1' }] };

  test.each<[string, string, GuardedApp]>([
    ['DescribeNodegroup', 'node-group-readable', nodes], ['ListNodegroups', 'node-group-readable', nodes],
    ['DescribeAddon', 'add-on-readable', addOns], ['ListAddons', 'add-on-readable', addOns],
  ])('what may not be read (eks:%s) may move, and is refused', async (action, check, app) => {
    const [addOn] = app.AddOns ?? [];
    putCluster(bench, {
      nodegroups: [{ name: 'workers', releaseVersion: WORKERS.ReleaseVersion }], addons: [{ name: 'coredns', version: addOn?.Version }],
    });
    putStack(bench, 'UPDATE_IN_PROGRESS', [
      ...resources, ...addOn ? [{ logicalId: 'AddOncoredns', type: 'AWS::EKS::Addon', physicalId: 'prod|coredns' }] : [],
    ], { changeSet: undefined });
    expect(await deploy(app)).toMatchObject(PASSED);
    bench.aws.fail({ service: 'eks', fault: 'accessDenied', action });
    expect(await deploy(app)).toMatchObject(refusal(`[${check}`));
    expect(bench.aws.mutatingCalls()).toEqual([]);
  });

  test('a version alone passes, whatever the autoscaler did, and so do settings alone', async () => {
    expect(await deployDirectly({}, { stage: 'test' })).toMatchObject(PASSED);
    expect(await deployDirectly({ Tags: { stage: 'live' } }, {}, '1.35')).toMatchObject(PASSED);
  });
});

test.each([
  'AutoScalingGroupNotFound', 'IamNodeRoleNotFound', 'Ec2LaunchTemplateNotFound',
] as const)('refuses to roll a node group that is DEGRADED by %s', async (code) => {
  putCluster(bench, { nodegroups: [{ name: 'workers', status: 'DEGRADED', issues: [{ code, message: 'as EKS says it' }] }] });
  expect(await deploy({ TargetVersion: '1.36', NodeGroups: [MOVED] })).toMatchObject(refusal('[node-group-health:workers]'));
});

describe('a cluster with another name is a cluster that may not be read: permissions name the new one', () => {
  const DENIED = 'not allowed to call eks:DescribeCluster';
  const rename = async (more: GuardedApp = {}, byChangeSet = true, to = 'another') => {
    const app = (Name: string): GuardedApp => ({ TargetVersion: '1.35', NodeGroups: [WORKERS], AddOns: [], ClusterProperties: { Name }, ...more });
    if (!byChangeSet) putStack(bench, 'UPDATE_IN_PROGRESS', [], { changeSet: undefined });
    return bench.serve(guardEvent(bench, app(to), {}, app('prod')));
  };

  beforeEach(() => bench.aws.fail({ service: 'eks', fault: 'accessDenied' }));

  describe.each([['by change set', true], ['without one', false]])('%s', (_, byChangeSet) => {
    test('its replacement is refused', async () => {
      expectRefusal(bench, await rename({}, byChangeSet), 'cluster-replacement', {
        subject: 'cluster prod', reason: 'replaced', data: { replacedBy: ['Name'] },
      });
      expect(verdictIn(bench).verdict).toMatchObject({
        clusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/prod', currentVersion: '1.35', passed: false,
      });
      expect(bench.log).toContainEqual({ message: expect.stringContaining(DENIED) });
    });

    test('also where the version is raised with it', async () => {
      expectRefusal(bench, await rename({ TargetVersion: '1.36' }, byChangeSet), 'cluster-replacement');
    });

    test('its replacement passes where it is accepted', async () => {
      expect(await rename({ Ignore: ['cluster-replacement'] }, byChangeSet)).toMatchObject(PASSED);
      expect(findingsIn(bench, 'acceptedFinding')).toEqual(['cluster-replacement']);
    });

    test('its replacement is told where the guard only warns', async () => {
      expect(await rename({ Mode: 'warn' }, byChangeSet)).toMatchObject(PASSED);
      expect(findingsIn(bench)).toEqual(['cluster-replacement']);
    });

  });

  test.each([
    ['by change set', true], ['without one', false],
  ])('one that keeps its name cannot be judged unread, even where its replacement is accepted: %s', async (_, byChangeSet) => {
    putStack(bench, 'UPDATE_IN_PROGRESS', [], byChangeSet ? {} : { changeSet: undefined });
    const app = { Ignore: ['cluster-replacement'], ClusterProperties: { Name: 'prod' } };
    expect(await deploy({ ...app, NodeGroups: [MOVED] }, app)).toMatchObject(refusal(DENIED));
    expect(findingsIn(bench)).toEqual([]);
  });

  test('where nobody knows whether the stack is rolling back, it is refused unless it was accepted', async () => {
    bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', action: 'DescribeStacks' });
    expect(await rename()).toMatchObject(refusal('not allowed to call cloudformation:DescribeStacks'));
    expect(bench.refused).toMatchObject([{ reason: 'rollbackUnknown' }]);
    expect(await rename({ Ignore: ['cluster-replacement'] })).toMatchObject(PASSED);
  });
});
