import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import {
  AmiTracking, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster, UpgradeGuard,
} from '../../src';
import { Finding } from '../../src/engine/judgement/finding';
import { BakeEnded } from '../../src/handler/bake-execution';
import { ACCOUNT, REGION, type AwsCall, type AwsServiceName } from '../aws/aws-service';
import { insight } from '../aws/sample-insights';
import { STACK, type HandlerBench } from '../handler/handler-bench';
import { guard, putCluster, startGuardBench, type GuardedApp } from '../handler/handler-guard-bench';

const MINUTE = 60_000;

/** A permission with its place-holders filled in; `*` stands for anything. */
interface Permission {
  readonly action: string;
  readonly resource: string;
}

let template: Template;
let bench: HandlerBench;

beforeAll(() => {
  const stack = new Stack(new App(), 'app', { env: { account: ACCOUNT, region: REGION } });
  new UpgradableCluster(stack, 'Cluster', {
    clusterName: 'prod',
    version: eks.KubernetesVersion.of('1.35'),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.coreDns()],
  });
  template = Template.fromStack(stack);
});

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

/** What a policy of the stack allows. */
function permissionsOf(policy: object): Permission[] {
  const { Statement } = policy as { Statement: { Action: string | string[]; Resource: unknown }[] };
  return Statement.flatMap(({ Action, Resource }) => [Action].flat().flatMap((action) =>
    [Resource].flat().map((resource) => ({ action, resource: textOf(resource) }))));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref: ref, 'Fn::Join': join, 'Fn::GetAtt': attribute,
  } = value as { 'Ref'?: string; 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: string[] };
  if (join) return join[1].map(textOf).join(join[0]);
  if (ref === 'AWS::Partition') return 'aws';
  if (ref === 'AWS::StackId') return STACK;
  if (attribute) return attribute.join('.');
  if (ref?.startsWith('Cluster')) return 'prod';
  throw new Error(`the test does not know what ${JSON.stringify(value)} stands for`);
}

/** What the role of the function allows, beyond writing its log. */
function policyOfTheRole(of = template): Permission[] {
  const roles = Object.values(of.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.Policies ?? []);
  return permissionsOf(roles.find(({ PolicyName }) => PolicyName === 'ServeStack').PolicyDocument).filter(
    ({ action }) => !action.startsWith('logs:'),
  );
}

function allows({ action, resource }: Permission, call: AwsCall): boolean {
  const { eks: clusters, ec2, ssm, cloudFormation: cloudformation, autoScaling: autoscaling, serviceQuotas: servicequotas } = bench.aws;
  const service = { eks: clusters, ec2, ssm, cloudformation, autoscaling, servicequotas }[call.service]!;
  const [start, ...rest] = resource.split('*');
  const pattern = new RegExp(`^${[start, ...rest].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  return action === `${call.service}:${call.action}` && pattern.test(service.resourceOf(call.input));
}

/** Expects that all calls are allowed, and that nothing else is. */
function expectExactly(permissions: Permission[]): void {
  const denied = bench.aws.requests.filter((call) => !permissions.some((permission) => allows(permission, call)));
  const unused = permissions.filter((permission) => !bench.aws.requests.some((call) => allows(permission, call)));
  expect({ denied, unused }).toEqual({ denied: [], unused: [] });
}

/** Gives the guard all there is to look at. */
function putBusyCluster() {
  putCluster(bench, {
    nodegroups: ['AL2023_x86_64_STANDARD', 'BOTTLEROCKET_ARM_64', 'WINDOWS_CORE_2022_x86_64'].map((amiType) => ({
      name: amiType, amiType,
    })),
    fargateProfiles: ['serverless'],
  });
  bench.aws.eks.actions.UpdateClusterVersion({ name: 'prod', version: '1.36' });
  bench.aws.eks.finishUpdates();
  bench.aws.eks.cluster('prod').insights.push(insight({ name: 'Trouble ahead', status: 'WARNING' }));
  bench.aws.clock.advance(61 * MINUTE);
}

/** Gives one of its node groups all that there is to look at when it is rolled. */
function putRoom() {
  const cluster = bench.aws.eks.cluster('prod');
  const nodeRole = `arn:aws:iam::${ACCOUNT}:role/workers`;
  cluster.config = { accessConfig: { authenticationMode: 'API' } };
  cluster.accessEntries.set(nodeRole, { principalArn: nodeRole, type: 'EC2_LINUX' });
  cluster.nodegroups.get(ROLLED)!.config = {
    nodeRole, launchTemplate: { id: 'lt-0123456789abcdef0', version: '7' }, subnets: ['subnet-a', 'subnet-b'],
  };
  bench.aws.ec2.launchTemplates.putVersion('lt-0123456789abcdef0', '7', { instanceType: 'm7i.large' });
  cluster.updates.push({
    nodegroupName: ROLLED, update: { id: '1', type: 'VersionUpdate', status: 'Successful', createdAt: bench.aws.clock.now() },
  });
}

const ROLLED = 'AL2023_x86_64_STANDARD';

/** What the guard is told of an upgrade that rolls the node group, too. */
const ROLLING = { TargetVersion: '1.37', NodeGroups: [{ LogicalId: 'Workers', Name: ROLLED, Version: '1.36', Others: {} }] };

/** What it is told of one that moves an add-on with a configuration. */
const CONFIGURING: GuardedApp = {
  TargetVersion: '1.37', AddOns: [{ Name: 'coredns', Policy: 'recommended', Others: { ConfigurationValues: '{"replicaCount":3}' } }],
};

test('guard and add-on resolver may do what they do and nothing else', async () => {
  putBusyCluster();
  putRoom();
  expect(await guard(bench, { ...ROLLING, ...CONFIGURING })).toMatchObject({ Status: 'SUCCESS' });
  expectExactly(policyOfTheRole());
});

test('the add-on resolver does nothing that the guard does not', async () => {
  putCluster(bench);
  const AddOns = [{ Name: 'coredns', Policy: 'recommended', Attribute: 'CoreDns' }];
  await bench.serve(bench.event({
    RequestType: 'Update',
    ResourceType: 'Custom::EksAddOnVersions',
    ResourceProperties: { ClusterName: 'prod', KubernetesVersion: '1.35', AddOns },
  }));
  expect(bench.calledActions).toEqual([
    'cloudformation:DescribeStacks', 'eks:DescribeAddon', 'eks:DescribeAddonVersions', 'eks:DescribeCluster',
  ]);
});

describe('at the end of a bake, what has held the nodes is told with what the role allows,', () => {
  const GROUP = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };
  const VERSION = eks.KubernetesVersion.of('1.36');
  const clusterOf = (stack: Stack, clusterName?: string) => new eks.Cluster(stack, 'Cluster', {
    clusterName, version: VERSION, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
  });
  const inPlain = (stack: Stack, cluster: eks.ICluster) => new ManagedNodeGroupWithAmiTracking(stack, 'Canary', {
    ...GROUP, cluster, kubernetesVersion: VERSION,
  });

  test.each<[string, string, (stack: Stack) => ManagedNodeGroupWithAmiTracking]>([
    ['of a cluster of the L2', '*', (stack) => inPlain(stack, clusterOf(stack))],
    ['of one of the L2 with a name', 'prod', (stack) => inPlain(stack, clusterOf(stack, 'prod'))],
    ['of another stack', '*', (stack) => inPlain(stack, clusterOf(new Stack(stack.node.root as App, 'clusters', { env: stack })))],
    ['without a guard', 'prod', (stack) => new UpgradableCluster(stack, 'Cluster', {
      clusterName: 'prod',
      version: VERSION,
      upgradeGuard: UpgradeGuard.disabled(),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    }).addManagedNodeGroup('Canary', GROUP)],
  ])('%s', async (_, clusterInArn, canaryIn) => {
    const stack = new Stack(new App(), 'app', { env: { account: ACCOUNT, region: REGION } });
    canaryIn(stack).baked({ duration: Duration.minutes(30) });
    const permissions = policyOfTheRole(Template.fromStack(stack)).filter(({ action }) => action.startsWith('eks:'));
    const resource = `arn:aws:eks:${REGION}:${ACCOUNT}:nodegroup/${clusterInArn}/*/*`;
    expect(permissions).toEqual([{ action: 'eks:DescribeUpdate', resource }, { action: 'eks:ListUpdates', resource }]);

    putCluster(bench, { nodegroups: [{ name: 'canary' }] });
    bench.aws.eks.cluster('prod').updates.push({
      nodegroupName: 'canary', update: { id: '1', type: 'VersionUpdate', status: 'Successful', createdAt: bench.aws.clock.now() },
    });
    const Subject = { ClusterName: 'prod', NodegroupName: 'canary', Version: '1.36' };
    const Request = bench.event({
      RequestType: 'Update',
      ResourceType: 'Custom::EksBake',
      ResourceProperties: { Subject, DurationSeconds: '1800', Alarms: [], StateMachineArn: 'machine' },
    }) as BakeEnded['BakeEnded']['Request'];
    const StartedAt = bench.aws.clock.now().toISOString();
    await bench.endBake({ BakeEnded: { Request, StartedAt, Problems: ['its status is DEGRADED'] } });
    expectExactly(permissions);
  });

  test.each([undefined, 'prod'])('which a guard has already: of cluster %s', (clusterName) => {
    const rolesOf = (bakes: boolean) => {
      const stack = new Stack(new App(), 'app', { env: { account: ACCOUNT, region: REGION } });
      const cluster = new UpgradableCluster(stack, 'Cluster', {
        clusterName,
        version: VERSION,
        defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
        defaultCapacity: 0,
      });
      const canary = cluster.addManagedNodeGroup('Canary', GROUP);
      if (bakes) canary.baked({ duration: Duration.minutes(30) });
      return policyOfTheRole(Template.fromStack(stack));
    };
    expect(rolesOf(true)).toEqual(rolesOf(false));
  });
});

describe('without a permission', () => {
  async function guardWithout(permission: string, properties: GuardedApp = { TargetVersion: '1.37' }) {
    const [service, action] = permission.split(':');
    putBusyCluster();
    putRoom();
    bench.aws.fail({ service: service as AwsServiceName, fault: 'accessDenied', action });
    return guard(bench, properties);
  }

  test.each([
    'cloudformation:DescribeStacks',
    'cloudformation:ListStackResources',
    'ec2:DescribeSubnets',
    'eks:DescribeAddon',
    'eks:DescribeAddonVersions',
    'eks:DescribeCluster',
    'eks:DescribeClusterVersions',
    'eks:DescribeInsightsRefresh',
    'eks:DescribeNodegroup',
    'eks:DescribeUpdate',
    'eks:ListAddons',
    'eks:ListInsights',
    'eks:ListNodegroups',
    'eks:ListUpdates',
    'eks:StartInsightsRefresh',
  ])('fails for %s, naming it', async (permission) => {
    expect(await guardWithout(permission)).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining(`not allowed to call ${permission}`),
    });
  });

  test.each(['cloudformation:DescribeChangeSet', 'cloudformation:GetTemplate'])('goes on with the next source: %s', async (permission) => {
    expect(await guardWithout(permission)).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.log).toContainEqual({ message: expect.stringMatching(/^what the deployment changes is told by/) });
  });

  test.each([
    'eks:DescribeInsight', 'eks:ListFargateProfiles', 'ssm:GetParameter',
  ])('for no more than a warning, %s, warns and names it', async (permission) => {
    expect(await guardWithout(permission)).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.log).toContainEqual({ message: expect.stringMatching(/^WARNING/), finding: expect.anything() });
    expect(JSON.stringify(bench.log)).toContain(`not allowed to call ${permission}`);
  });

  const toldBy = (check: string) => bench.log.flatMap(({ finding }) => (finding as Finding | undefined)?.check === check ? [finding] : []);

  test.each([
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeScalingActivities',
    'ec2:DescribeInstanceTypeOfferings',
    'ec2:DescribeInstanceTypes',
    'ec2:DescribeLaunchTemplateVersions',
    'eks:DescribeAccessEntry',
    'servicequotas:GetServiceQuota',
  ])('for the room of new nodes, %s, says in one information what was not looked at, and names it', async (permission) => {
    expect(await guardWithout(permission, ROLLING)).toMatchObject({ Status: 'SUCCESS' });
    expect(toldBy('node-room-readable')).toMatchObject([
      { severity: 'info', id: 'node-room-readable:unknown', reason: 'notAllowed', data: { actions: [permission] } },
    ]);
  });

  test('for the configuration of add-ons, eks:DescribeAddonConfiguration, says in one information what was not looked at', async () => {
    expect(await guardWithout('eks:DescribeAddonConfiguration', CONFIGURING)).toMatchObject({ Status: 'SUCCESS' });
    expect(toldBy('add-on-configuration')).toMatchObject([
      { severity: 'info', id: 'add-on-configuration:unknown', reason: 'notAllowed', data: { action: 'eks:DescribeAddonConfiguration' } },
    ]);
  });

  test('what could not be read is accepted by its ID', async () => {
    putCluster(bench);
    bench.aws.fail({ service: 'ec2', fault: 'accessDenied' });
    expect(await guard(bench, { Ignore: ['free-addresses:unknown'] })).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.log).toContainEqual({
      message: expect.stringMatching(/^accepted: ERROR \[free-addresses:unknown\] cluster prod: .*not allowed to call ec2:DescribeSubnets/),
      acceptedFinding: expect.objectContaining({ acceptedBy: 'free-addresses:unknown' }),
    });
  });
});
