import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Aspects, CfnParameter, CfnResource, Duration, NestedStack, PhysicalName, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import {
  AddOnVersion, ClusterUpgrades, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableClusterProps, UpgradeGuard, UpgradeGuardOptions,
} from '../../src';
import { says as saysOfCluster } from '../../src/cluster/messages';
import { readJudged } from '../../src/engine/change/judged-property';
import { CHECKS } from '../../src/engine/judgement/checks';
import { sentence } from '../../src/engine/messages/sentence';
import { says } from '../../src/guard/messages';
import { newStack, ofType, Resources, resourcesOf, theOnly, upgradableCluster } from '../cluster/_fixtures';

const GUARD = 'Custom::EksUpgradeGuard';
const RESOLVER = 'Custom::EksAddOnVersions';

function guardedStack(props: Partial<UpgradableClusterProps> = {}, stack = newStack()): Resources {
  upgradableCluster(stack, props);
  return resourcesOf(stack);
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: any;
}

/** Statements of all that is attached to the handler's role. */
function permissionsOf(resources: Resources): { actions: string[]; resources: unknown[] }[] {
  const [[roleId, role]] = Object.entries(ofType(resources, 'AWS::IAM::Role')).filter(([id]) => id.startsWith('CdkEksUpgradesHandler'));
  const attached = Object.values(ofType(resources, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some((reference: { Ref: string }) => reference.Ref === roleId));
  const documents = [...role.Properties.Policies, ...attached.map(({ Properties }) => Properties)].map(
    ({ PolicyDocument }) => PolicyDocument,
  );
  return documents.flatMap(({ Statement: statements }: { Statement: Statement[] }) => statements)
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resources: [Resource].flat() }));
}

/** An ARN with the environment's parts left out: `eks:cluster/prod`. */
function shortened(resource: any): string {
  return typeof resource === 'string' ? resource : (resource['Fn::Join']?.[1] ?? [resource])
    .map((part: any) => typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt'].join('.')}>`).join('');
}

describe('the guard of a cluster', () => {
  test('is on by default, strict, and without patience', () => {
    const resources = guardedStack();
    const cluster = theOnly(resources, 'AWS::EKS::Cluster');
    expect(theOnly(resources, GUARD).Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [theOnly(resources, 'AWS::Lambda::Function').logicalId, 'Arn'] },
      ServiceTimeout: '960',
      Judged: expect.stringMatching(/^1\.36\/[0-9a-f]{24}$/),
      Values: expect.any(Object),
      Mode: 'enforce',
      Ignore: [],
      MaxInsightAgeMinutes: '60',
      WaitForOngoingUpdateSeconds: '0',
    });
    expect(Object.values(theOnly(resources, GUARD).Properties.Values)).toContainEqual(cluster.Properties.RoleArn);
  });

  test.each(['upgrade-insights', 'rollback-insights', 'insight-kubelet-version-skew'])('lets EKS be forced where %s is accepted', (id) => {
    const forced = guardedStack({ upgradeGuard: UpgradeGuard.enforce({ ignore: [id], force: true }) });

    expect(theOnly(forced, 'AWS::EKS::Cluster').Properties).toHaveProperty('Force', true);
    expect(
      theOnly(guardedStack({ upgradeGuard: UpgradeGuard.enforce({ ignore: [id] }) }), 'AWS::EKS::Cluster').Properties,
    ).not.toHaveProperty('Force');
  });

  test('cannot force a control plane that is made elsewhere', () => {
    expect(() => ClusterUpgrades.ofImported(newStack(), 'Upgrades', {
      clusterName: 'prod',
      version: eks.KubernetesVersion.of('1.36'),
      upgradeGuard: UpgradeGuard.enforce({
        ignore: ['upgrade-insights'], force: true,
      }),
    })).toThrow(sentence(saysOfCluster.cannotForce({ isOfAwsEks: false })));
  });

  test('says what the user wants of it', () => {
    const upgradeGuard = UpgradeGuard.warnOnly({
      ignore: ['free-addresses'], maxInsightAge: Duration.days(1), waitForOngoingUpdate: Duration.minutes(10),
    });
    const managedAddOns = [ManagedAddOn.vpcCni({ version: AddOnVersion.pinned('v1.20.0-eksbuild.1') }), ManagedAddOn.coreDns()];
    expect(theOnly(guardedStack({ upgradeGuard, managedAddOns }), GUARD).Properties).toMatchObject({
      Mode: 'warn',
      Ignore: ['free-addresses'],
      MaxInsightAgeMinutes: '1440',
      WaitForOngoingUpdateSeconds: '600',
    });
  });

  test('runs before the cluster and refers to nothing of it', () => {
    const stack = newStack();
    upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni()] }).addManagedNodeGroup('Workers');
    const resources = resourcesOf(stack);
    const guard = theOnly(resources, GUARD);
    const cluster = theOnly(resources, 'AWS::EKS::Cluster');
    expect(cluster.DependsOn).toContain(guard.logicalId);
    expect(JSON.stringify(guard)).not.toContain(cluster.logicalId);
  });

  test('knows the logical ID of its cluster where the stack has several, as it is after an override', () => {
    const stack = newStack();
    upgradableCluster(stack, { id: 'Other' });
    const cluster = upgradableCluster(stack);
    (cluster.node.defaultChild as CfnCluster).overrideLogicalId('Adopted');
    const resources = resourcesOf(stack);
    const clusters = Object.keys(ofType(resources, 'AWS::EKS::Cluster'));
    const guards = Object.values(ofType(resources, GUARD));
    const guarded = guards.map(({ Properties }) => clusters.filter(readJudged(Properties.Judged).isCluster!));
    expect(guarded).toEqual([[expect.stringMatching(/^Other/)], ['Adopted']]);
  });

  test('does not wait for what may wait for its cluster', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni()] });
    const late = new CfnResource(stack, 'Late', { type: 'Custom::Late', properties: { Name: cluster.clusterName } });
    (cluster.addManagedNodeGroup('Workers').node.defaultChild as CfnResource).addPropertyOverride('Subnets', [late.ref]);
    expect(JSON.stringify(theOnly(resourcesOf(stack), GUARD))).not.toContain('Late');
  });

  test('lets a version that is a parameter of the template through, and is called for another value of it', () => {
    const stack = newStack();
    upgradableCluster(stack, { version: eks.KubernetesVersion.of(new CfnParameter(stack, 'Version').valueAsString) });
    const resources = resourcesOf(stack);
    const { Judged, Values } = theOnly(resources, GUARD).Properties;
    expect(Judged).toMatch(/^\?\//);
    expect(Object.values(Values)).toContainEqual({ Ref: 'Version' });
    expect(theOnly(resources, 'AWS::EKS::Cluster').Properties.Version).toEqual({ Ref: 'Version' });
  });

  test('disabled, there is nothing of it', () => {
    const types = Object.values(guardedStack({ upgradeGuard: UpgradeGuard.disabled() })).map(({ Type }) => Type);
    expect(types).not.toContain(GUARD);
    expect(types).not.toContain('AWS::Lambda::Function');
  });
});

describe('fails where the guard is removed from the tree, for which the rest would wait in vain', () => {
  const removed = (guard: string) => sentence(says.guardRemoved({ guard }));

  test('of a cluster, at once or by an Aspect', () => {
    const [byCall, byAspect] = [newStack(), newStack()];
    upgradableCluster(byCall).node.tryRemoveChild('UpgradeGuard');
    const cluster = upgradableCluster(byAspect);
    Aspects.of(cluster).add({ visit: (node) => { if (node === cluster) node.node.tryRemoveChild('UpgradeGuard'); } });
    for (const stack of [byCall, byAspect]) {
      expect(() => resourcesOf(stack)).toThrow(removed('Stack/Cluster/UpgradeGuard'));
    }
  });

  test('of an imported cluster, or of node groups in another stack', () => {
    const stack = newStack();
    ClusterUpgrades.ofImported(stack, 'Upgrades', { clusterName: 'prod', version: eks.KubernetesVersion.of('1.36') })
      .node.tryRemoveChild('UpgradeGuard');
    expect(() => resourcesOf(stack)).toThrow(removed('Stack/Upgrades/UpgradeGuard'));

    const app = newStack();
    const nodes = newStack({ id: 'Nodes', app: app.node.root as App });
    new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster: upgradableCluster(app), releaseVersion: '1.36.2-20260714' });
    const guard = nodes.node.children.find(({ node }) => node.id.endsWith('NodeGroupGuard'))!;
    nodes.node.tryRemoveChild(guard.node.id);
    expect(() => resourcesOf(nodes)).toThrow(removed(guard.node.path));
  });
});

describe('options of the guard', () => {
  const refused: [string, UpgradeGuardOptions, string][] = [
    ['a longer wait than a Lambda function can afford', { waitForOngoingUpdate: Duration.seconds(601) },
      sentence(says.waitForOngoingUpdate({ waitForOngoingUpdate: '10 minutes 1 second' }))],
    [
      'a wait of part of a second', { waitForOngoingUpdate: Duration.millis(1500) },
      sentence(says.waitForOngoingUpdate({ waitForOngoingUpdate: '1 second 500 millis' })),
    ],
    [
      'a misspelt ID to accept', { ignore: ['free-addresses', 'free-adresses'] },
      sentence(says.notAFinding({ unknown: 'free-adresses', checks: CHECKS.map(({ id }) => id) })),
    ],
    ['force without anything accepted', { force: true }, sentence(says.forcesNothing({}))],
    ['force with another finding accepted', { force: true, ignore: ['free-addresses'] }, sentence(says.forcesNothing({}))],
    ['a check that does not exist before a subject', { ignore: ['node-group:workers'] }, sentence(says.notAFinding({ unknown: 'node-group:workers', checks: CHECKS.map(({ id }) => id) }))],
    ['an age of part of a minute', { maxInsightAge: Duration.seconds(90) }, sentence(says.maxInsightAge({ maxInsightAge: '1 minute 30 seconds' }))],
  ];
  test.each(refused)('fails with %s', (_, options, message) => {
    expect(() => UpgradeGuard.enforce(options)).toThrow(message);
    expect(() => UpgradeGuard.warnOnly(options)).toThrow(message);
  });

  test('whatever accepts findings may be ignored', () => {
    const ignore = [
      'free-addresses', 'node-group-health:workers', 'node-group-skew:workers:unknown', 'upgrade-insights:unknown',
      'insight-kubelet-version-skew',
    ];
    expect(theOnly(guardedStack({ upgradeGuard: UpgradeGuard.enforce({ ignore }) }), GUARD).Properties.Ignore).toEqual(ignore);
  });

  test('the bounds themselves are accepted, and a duration in another unit', () => {
    const upgradeGuard = UpgradeGuard.enforce({ waitForOngoingUpdate: Duration.seconds(600), maxInsightAge: Duration.seconds(0) });
    expect(theOnly(guardedStack({ upgradeGuard }), GUARD).Properties).toMatchObject({
      WaitForOngoingUpdateSeconds: '600', MaxInsightAgeMinutes: '0',
    });
  });

  test('durations that are parameters of the template are let through', () => {
    const stack = newStack();
    const minutes = new CfnParameter(stack, 'Age', { type: 'Number' }).valueAsNumber;
    const upgradeGuard = UpgradeGuard.enforce({ maxInsightAge: Duration.minutes(minutes) });
    expect(theOnly(guardedStack({ upgradeGuard }, stack), GUARD).Properties.MaxInsightAgeMinutes).toEqual({ Ref: 'Age' });
  });
});

describe('the function behind it', () => {
  test('is one, small and with a log of its own that expires, whatever the number of clusters and add-ons', () => {
    const stack = newStack();
    const managedAddOns = () => [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns(), ManagedAddOn.podIdentityAgent()];
    upgradableCluster(stack, { id: 'Blue', managedAddOns: managedAddOns() });
    upgradableCluster(stack, { id: 'Green', managedAddOns: managedAddOns() });
    const resources = resourcesOf(stack);
    const logs = theOnly(resources, 'AWS::Logs::LogGroup');
    expect(logs.Properties.RetentionInDays).toBe(30);
    expect(theOnly(resources, 'AWS::Lambda::Function').Properties).toMatchObject({
      Timeout: 900, MemorySize: 256, Runtime: 'nodejs24.x', LoggingConfig: { LogGroup: { Ref: logs.logicalId } },
    });
    expect(Object.keys(ofType(resources, GUARD))).toHaveLength(2);
    expect(Object.keys(ofType(resources, RESOLVER))).toHaveLength(2);
  });

  test('CloudFormation waits a little longer than it may run', () => {
    const resources = guardedStack({ managedAddOns: [ManagedAddOn.coreDns()] });
    const { Timeout } = theOnly(resources, 'AWS::Lambda::Function').Properties;
    for (const type of [GUARD, RESOLVER]) {
      expect(Number(theOnly(resources, type).Properties.ServiceTimeout)).toBe(Timeout + 60);
    }
  });

  test('costs at most 10 resources for a cluster with add-ons, and one function', () => {
    const managedAddOns = () => [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.coreDns()];
    const ours = Object.values(guardedStack({ managedAddOns: managedAddOns() }));
    const stack = newStack();
    const cluster = upgradableCluster(stack, { upgradeGuard: UpgradeGuard.disabled() });
    managedAddOns().forEach(({ name }) => new eks.Addon(cluster, name, { addonName: name, cluster }));
    expect(ours.length - Object.keys(resourcesOf(stack)).length).toBeLessThanOrEqual(10);
  });

  test('permissions that name the cluster hold up what needs them, and not the guard', () => {
    const resources = guardedStack({ managedAddOns: [ManagedAddOn.coreDns()] });
    const policies = ofType(resources, 'AWS::IAM::Policy');
    const policyBehind = (type: string) => (theOnly(resources, type).DependsOn ?? []).filter((id) => id in policies);
    expect(policyBehind(GUARD)).toEqual([]);
    expect(policyBehind(RESOLVER)).toEqual([expect.stringContaining('AddOnVersions')]);
  });

  test('a cluster that is kept when the stack is deleted leaves no policy on its role, which could then not be deleted', () => {
    const resources = guardedStack({ removalPolicy: RemovalPolicy.RETAIN, managedAddOns: [ManagedAddOn.coreDns()] });
    expect(theOnly(resources, 'AWS::EKS::Cluster')).toHaveProperty('DeletionPolicy', 'Retain');
    const ofHandler = Object.entries(resources).filter(([id]) => id.startsWith('CdkEksUpgradesHandler'));
    expect(ofHandler.map(([, { Type }]) => Type).sort()).toEqual(
      ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup']);
    const kept = ofHandler.filter(([, resource]) => (resource as { DeletionPolicy?: string }).DeletionPolicy === 'Retain');
    expect(kept.map(([, { Type }]) => Type)).toEqual(['AWS::Logs::LogGroup']);
  });

  test('a cluster in a nested stack has it there', () => {
    const nested = new NestedStack(newStack(), 'Nested');
    upgradableCluster(nested);
    const resources = resourcesOf(nested);
    expect(theOnly(resources, 'AWS::EKS::Cluster').DependsOn).toContain(theOnly(resources, GUARD).logicalId);
    theOnly(resources, 'AWS::Lambda::Function');
  });

  test('in a nested stack, it may ask in which mode the one at the top is deployed', () => {
    const top = newStack();
    const nested = new NestedStack(new NestedStack(top, 'Outer'), 'Inner');
    upgradableCluster(nested);
    const ofStacks = permissionsOf(resourcesOf(nested)).filter(({ actions }) => actions.includes('cloudformation:DescribeStacks'));
    expect(ofStacks.map(({ resources }) => resources)).toEqual([
      [{ Ref: 'AWS::StackId' }], [{ Ref: expect.stringMatching(/^referenceto\w*StackId$/) }],
    ]);
    const [outer] = Object.values(ofType(resourcesOf(top), 'AWS::CloudFormation::Stack'));
    expect(Object.values(outer.Properties.Parameters)).toContainEqual({ Ref: 'AWS::StackId' });
  });
});

describe('permissions', () => {
  const everything: Partial<UpgradableClusterProps> = { managedAddOns: [ManagedAddOn.vpcCni()] };

  /** Actions for which IAM knows no resources. */
  const WITHOUT_RESOURCES = [
    'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeScalingActivities', 'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes',
    'ec2:DescribeLaunchTemplateVersions', 'ec2:DescribeSubnets', 'eks:DescribeAddonConfiguration', 'eks:DescribeAddonVersions',
    'eks:DescribeClusterVersions',
  ];

  test('no action is a wildcard, and only those that know no resources are for all of them', () => {
    for (const { actions, resources } of permissionsOf(guardedStack(everything))) {
      expect(actions.filter((action) => action.includes('*'))).toEqual([]);
      if (resources.includes('*')) {
        expect(WITHOUT_RESOURCES).toEqual(expect.arrayContaining(actions));
      }
    }
  });

  test('nothing changes a cluster: all actions read, but for logs and the refresh of insights', () => {
    const actions = permissionsOf(guardedStack(everything)).flatMap((statement) => statement.actions);
    const writing = actions.filter((action) => !/:(Describe|List|Get)/.test(action));
    expect(new Set(writing)).toEqual(new Set(['eks:StartInsightsRefresh', 'logs:CreateLogStream', 'logs:PutLogEvents']));
  });

  test('a literal cluster name narrows all that concerns the cluster', () => {
    const named = permissionsOf(guardedStack({ clusterName: 'prod' })).flatMap(({ resources }) => resources).map(shortened);
    expect(named.filter((arn) => arn.includes(':eks:')).sort()).toEqual(expect.arrayContaining([
      'arn:<AWS::Partition>:eks:us-west-2:111122223333:cluster/prod',
      'arn:<AWS::Partition>:eks:us-west-2:111122223333:nodegroup/prod/*/*',
      'arn:<AWS::Partition>:eks:us-west-2:111122223333:addon/prod/*/*',
    ]));
    expect(named.filter((arn) => arn.includes('cluster/*'))).toEqual([]);
  });

  test.each([
    ['none', undefined], ['one made up on demand', PhysicalName.GENERATE_IF_NEEDED],
  ])('without a known name (%s), it is any cluster of the account', (_, clusterName) => {
    const arns = permissionsOf(guardedStack({ clusterName })).flatMap(({ resources }) => resources).map(shortened);
    expect(arns).toContain('arn:<AWS::Partition>:eks:us-west-2:111122223333:cluster/*');
  });

  test('the resolver is allowed its own cluster only', () => {
    const resources = guardedStack(everything);
    const cluster = theOnly(resources, 'AWS::EKS::Cluster').logicalId;
    const [, policy] = Object.entries(ofType(resources, 'AWS::IAM::Policy')).find(([id]) => id.includes('AddOnVersions'))!;
    const statements: Statement[] = policy.Properties.PolicyDocument.Statement;
    expect(statements.map(({ Action, Resource }) => [Action, shortened(Resource)])).toEqual([
      ['eks:DescribeAddon', `arn:<AWS::Partition>:eks:us-west-2:111122223333:addon/<${cluster}>/*/*`],
      ['eks:DescribeCluster', `arn:<AWS::Partition>:eks:us-west-2:111122223333:cluster/<${cluster}>`],
    ]);
  });

  test('the handler sees no stack but its own, and writes no log but its own', () => {
    const resources = guardedStack();
    const { logicalId } = theOnly(resources, 'AWS::Logs::LogGroup');
    const byAction = Object.fromEntries(permissionsOf(resources).map(({ actions, resources: on }) => [actions[0], on.map(shortened)]));
    expect(byAction['logs:CreateLogStream']).toEqual([`<${logicalId}.Arn>`]);
    expect(byAction['cloudformation:DescribeChangeSet']).toEqual(['<AWS::StackId>']);
  });

  test.each([
    ['aws', 'us-west-2'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1'],
  ])('hold in partition %s', (_, region) => {
    const text = JSON.stringify(permissionsOf(guardedStack(everything, newStack({ env: { account: '111122223333', region } }))));
    expect(text).not.toContain('arn:aws');
    expect(text).toContain(region);
  });

  test('hold in a stack without environment', () => {
    const stack = new Stack();
    upgradableCluster(stack, everything);
    expect(JSON.stringify(permissionsOf(resourcesOf(stack)))).not.toMatch(/arn:aws|us-west-2/);
  });
});
