import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnCondition, CfnParameter, CfnResource, Duration, NestedStack, Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import {
  AmiTracking, Bake, BakeOptions, EksAmiType, ManagedAddOn, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking,
  UpgradableCluster, UpgradeGuard, UpgradeHandler,
} from '../../src';
import { BAKE_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { rollbackKey } from '../../src/engine/declaration/rollback-entry';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfWaves } from '../../src/waves/messages';
import { ENV, newStack, ofType, resourcesOf, Resources, theOnly, upgradableCluster } from '../cluster/_fixtures';
import { DependencyGraph } from '../cluster/dependency-graph';

const BAKE = 'Custom::EksBake';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const PINNED = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };
const HALF_AN_HOUR: BakeOptions = { duration: Duration.minutes(30) };

function alarm(scope: Stack, id = 'Errors', props: Partial<cloudwatch.AlarmProps> = {}): cloudwatch.Alarm {
  const metric = new cloudwatch.Metric({ namespace: 'Checkout', metricName: id });
  return new cloudwatch.Alarm(scope, id, { metric, threshold: 1, evaluationPeriods: 1, ...props });
}

function canaryIn(stack: Stack, options: ManagedNodeGroupOptions = {}): ManagedNodeGroupWithAmiTracking {
  return upgradableCluster(stack).addManagedNodeGroup('Canary', { ...PINNED, ...options });
}

/** Statements of the policies of a role, with their resources shortened to what they end with. */
function allowedTo(resources: Resources, roleId: RegExp): string[] {
  const [[id, role]] = Object.entries(ofType(resources, 'AWS::IAM::Role')).filter(([logicalId]) => roleId.test(logicalId));
  const attached = Object.values(ofType(resources, 'AWS::IAM::Policy')).filter(
    ({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === id),
  );
  return [...role.Properties.Policies ?? [], ...attached.map(({ Properties }) => Properties)]
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_POLICY_CHARACTERS = 10_240;

/** How many characters all inline policies of a role have, once what they refer to has usual names. */
function policySize(resources: Resources, roleId: string): number {
  const attached = Object.values(ofType(resources, 'AWS::IAM::Policy')).filter(({ Properties }) => Properties.Roles[0].Ref === roleId);
  const documents = [...resources[roleId].Properties.Policies, ...attached.map(({ Properties }) => Properties)];
  const named = (_: string, value: any): unknown => {
    const { Ref: ref, 'Fn::GetAtt': [id, attribute] = [], 'Fn::Join': [, parts] = [] } = typeof value === 'string' ? {} : value ?? {};
    const { Type, Properties } = resources[id ?? ref] ?? {};
    if (parts) return parts.map((part: any) => named('', part)).join('');
    if (ref) return Properties?.Name ?? 'aws-us-gov';
    if (attribute === 'NodegroupName') return Properties.NodegroupName;
    return id ? `arn:aws-us-gov:${Type.split('::')[1].toLowerCase()}:us-gov-west-1:111122223333:a-stack-${id}-ABCDEFGHIJKL` : value;
  };
  return documents.map(({ PolicyDocument }) => JSON.stringify(PolicyDocument, named)).join('').length;
}

describe('a bake', () => {
  test('tells what it watches, how long and where', () => {
    const stack = newStack();
    canaryIn(stack).baked({ ...HALF_AN_HOUR, alarms: [alarm(stack)] });
    const resources = resourcesOf(stack);
    const group = theOnly(resources, 'AWS::EKS::Nodegroup');
    expect(theOnly(resources, BAKE).Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [theOnly(resources, 'AWS::Lambda::Function').logicalId, 'Arn'] },
      ServiceTimeout: '2100',
      Subject: {
        ClusterName: { Ref: theOnly(resources, 'AWS::EKS::Cluster').logicalId },
        NodegroupName: { 'Fn::GetAtt': [group.logicalId, 'NodegroupName'] },
        Version: '1.36',
        ReleaseVersion: '1.36.2-20261104',
      },
      DurationSeconds: '1800',
      Alarms: [{ Ref: theOnly(resources, 'AWS::CloudWatch::Alarm').logicalId }],
      StateMachineArn: { 'Fn::GetAtt': [theOnly(resources, MACHINE).logicalId, 'Arn'] },
      AmiType: 'AL2023_x86_64_STANDARD',
    });
  });

  test('tells the type of AMI that it watches, by which releases compare, and none of a control plane', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { controlPlaneBake: HALF_AN_HOUR });
    const rocket = { eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, amiTracking: AmiTracking.pinned('1.50.0-64a91eb3') };
    cluster.addManagedNodeGroup('Canary', rocket).baked(HALF_AN_HOUR);
    const told = Object.values(ofType(resourcesOf(stack), BAKE))
      .map(({ Properties: { AmiType, Subject: { ReleaseVersion } } }) => ({ ReleaseVersion, AmiType }));
    expect(told).toHaveLength(2);
    expect(told).toEqual(expect.arrayContaining([{}, { ReleaseVersion: '1.50.0-64a91eb3', AmiType: 'BOTTLEROCKET_x86_64' }]));
  });

  test('tells that its cluster is rolled back, only while it is', () => {
    const told = (context?: Record<string, unknown>) => {
      const stack = newStack({ context });
      upgradableCluster(stack, { controlPlaneBake: HALF_AN_HOUR }).addManagedNodeGroup('Canary', PINNED).baked(HALF_AN_HOUR);
      return Object.values(ofType(resourcesOf(stack), BAKE)).map(({ Properties }) => Properties.GoingBack);
    };
    const key = rollbackKey({ account: '111122223333', region: 'us-west-2', path: 'Stack/Cluster' }, '1.36');
    const releases = { 'Stack/Cluster/NodegroupCanary': '1.35.4-20261104' };
    expect(told()).toEqual([undefined, undefined]);
    expect(told({ [key]: { to: '1.35', stage: 'nodes', releases } })).toEqual(['true', 'true']);
  });

  test('says whether it lasts on creation, only where it does', () => {
    const told = (onCreation?: boolean) => {
      const stack = newStack();
      canaryIn(stack).baked({ ...HALF_AN_HOUR, onCreation });
      return theOnly(resourcesOf(stack), BAKE).Properties.OnCreation;
    };
    expect([told(), told(false), told(true)]).toEqual([undefined, undefined, 'true']);
  });

  test('and tools read it, too', () => {
    const declared = (onCreation?: boolean) => {
      const { node } = canaryIn(newStack()).baked({ ...HALF_AN_HOUR, onCreation });
      return node.metadata.find(({ type }) => type === BAKE_METADATA_TYPE)!.data;
    };
    expect(declared(true)).toMatchObject({ onCreation: true });
    expect(declared(false)).not.toHaveProperty('onCreation');
    expect(declared()).not.toHaveProperty('onCreation');
  });

  test('moves with whatever rolls nodes: escape hatches, launch templates, releases that CloudFormation finds', () => {
    const stack = newStack();
    const launchTemplate = new ec2.LaunchTemplate(stack, 'Template');
    const group = canaryIn(stack, {
      amiTracking: AmiTracking.recommendedAtDeployment(),
      launchTemplateSpec: { id: launchTemplate.launchTemplateId!, version: launchTemplate.latestVersionNumber },
    });
    group.baked(HALF_AN_HOUR);
    (group.node.defaultChild as CfnResource).addPropertyOverride('LaunchTemplate.Version', '7');
    const resources = resourcesOf(stack);
    const { Properties: { LaunchTemplate, ReleaseVersion } } = theOnly(resources, 'AWS::EKS::Nodegroup');
    expect(ReleaseVersion).toEqual({ Ref: expect.stringContaining('SsmParameterValue') });
    expect(LaunchTemplate.Version).toBe('7');
    expect(theOnly(resources, BAKE).Properties.Subject).toMatchObject({ Version: '1.36', ReleaseVersion, LaunchTemplate });
  });

  test('comes after what it watches and before what waits for it, in as many waves as there are', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    const [canary, second, third] = ['Canary', 'Second', 'Third'].reduce<[ManagedNodeGroupWithAmiTracking, Bake][]>((waves, id) => {
      const group = cluster.addManagedNodeGroup(id, { ...PINNED, upgradeAfter: waves.slice(-1).map(([, bake]) => bake) });
      return [...waves, [group, group.baked(HALF_AN_HOUR)]];
    }, []);

    const graph = DependencyGraph.of(stack);
    expect(graph.findCycle()).toBeUndefined();
    expect([
      graph.waits(canary[1], canary[0]), graph.waits(second[0], canary[1]), graph.waits(third[0], second[1]),
    ]).toEqual([true, true, true]);
    expect(graph.waits(canary[0], canary[1])).toBe(false);
    expect(Object.keys(ofType(resourcesOf(stack), MACHINE))).toHaveLength(1);
  });

  test('in another stack than the cluster is of that stack', () => {
    const app = new App();
    const cluster = upgradableCluster(newStack({ app }), { clusterName: 'prod' });
    const nodes = newStack({ app, id: 'Nodes' });
    const group = new ManagedNodeGroupWithAmiTracking(nodes, 'Canary', { ...PINNED, cluster });
    new ManagedNodeGroupWithAmiTracking(nodes, 'Rest', { ...PINNED, cluster, upgradeAfter: [group.baked(HALF_AN_HOUR)] });
    const resources = resourcesOf(nodes);
    expect(Object.keys(ofType(resources, BAKE))).toHaveLength(1);
    expect(Object.keys(ofType(resources, MACHINE))).toHaveLength(1);
    expect(DependencyGraph.of(nodes).findCycle()).toBeUndefined();
  });

  test('works for an imported cluster, and without any guard', () => {
    const stack = newStack();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Imported', {
      clusterName: 'prod',
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: ['us-west-2a'], privateSubnetIds: ['subnet-1'],
      }),
    });
    new ManagedNodeGroupWithAmiTracking(stack, 'Canary', {
      ...PINNED, cluster, kubernetesVersion: eks.KubernetesVersion.of('1.36'),
    }).baked(HALF_AN_HOUR);
    expect(theOnly(resourcesOf(stack), BAKE).Properties.Subject).toMatchObject({ ClusterName: 'prod' });

    const unguarded = newStack();
    upgradableCluster(unguarded, { upgradeGuard: UpgradeGuard.disabled() }).addManagedNodeGroup('Canary', PINNED).baked(HALF_AN_HOUR);
    expect(Object.keys(ofType(resourcesOf(unguarded), 'AWS::Lambda::Function'))).toHaveLength(1);
  });

  test.each<[string, (group: CfnResource, condition: CfnCondition, bake: CfnResource) => void, unknown[]]>([
    ['by nothing', () => undefined, [undefined, undefined]],
    ['by its option, later', (group, condition) => { group.cfnOptions.condition = condition; }, ['Wanted', 'Wanted']],
    ['by an escape hatch', (group, { logicalId }) => group.addOverride('Condition', logicalId), ['Wanted', 'Wanted']],
    ['beside one of its own', (group, condition, bake) => {
      group.cfnOptions.condition = condition;
      bake.cfnOptions.condition = new CfnCondition(bake.stack, 'Other');
    }, ['Other', 'Wanted']],
  ])('is there while its node group is, as are its permissions: decided on %s', (_, decide, expected) => {
    const stack = newStack();
    const group = canaryIn(stack);
    const bake = group.baked({ ...HALF_AN_HOUR, alarms: [alarm(stack)] });
    decide(group.node.defaultChild as CfnResource, new CfnCondition(stack, 'Wanted'), bake._resource);

    const resources = resourcesOf(stack) as Record<string, { readonly Condition?: string }>;
    const policies = Object.keys(resources).filter((id) => /^CdkEksUpgradesBakes.*BakeResourceDefaultPolicy/.test(id));
    expect([stack.resolve(bake._resource.logicalId), ...policies].map((id) => resources[id].Condition)).toEqual(expected);
  });

  test('is no change of a node group for the guard, whatever becomes of it', () => {
    const guarded = (options?: BakeOptions) => {
      const stack = newStack();
      const group = canaryIn(stack);
      const upgradeAfter = options && [group.baked(options)];
      new ManagedNodeGroupWithAmiTracking(stack, 'Rest', { ...PINNED, cluster: group.cluster, upgradeAfter });
      return theOnly(resourcesOf(stack), 'Custom::EksUpgradeGuard').Properties.NodeGroups;
    };
    expect(guarded(HALF_AN_HOUR)).toEqual(guarded());
    expect(guarded({ duration: Duration.minutes(5) })).toEqual(guarded());
  });

  test('takes a duration that is a parameter of the template', () => {
    const stack = newStack();
    canaryIn(stack).baked({ duration: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber) });
    expect(theOnly(resourcesOf(stack), BAKE).Properties).toMatchObject({ ServiceTimeout: '3600', DurationSeconds: { Ref: 'Seconds' } });
  });

  test('is not there unless it is asked for', () => {
    const stack = newStack();
    canaryIn(stack);
    expect(Object.values(resourcesOf(stack)).map(({ Type }) => Type)).not.toEqual(expect.arrayContaining([BAKE]));
    expect(Object.values(resourcesOf(stack)).map(({ Type }) => Type)).not.toEqual(expect.arrayContaining([MACHINE]));
  });
});

describe('the bake of a control plane', () => {
  test('watches the version, and comes before all add-ons and nodes', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, {
      controlPlaneBake: HALF_AN_HOUR,
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.coreDns()],
    });
    const group = cluster.addManagedNodeGroup('Workers', PINNED);
    const kubeProxy = cluster.addManagedAddOn(ManagedAddOn.kubeProxy());
    const nested = new ManagedNodeGroupWithAmiTracking(new NestedStack(stack, 'Nested'), 'Nodes', { ...PINNED, cluster });

    const resources = resourcesOf(stack);
    const subject = { ClusterName: { Ref: theOnly(resources, 'AWS::EKS::Cluster').logicalId }, Version: '1.36' };
    expect(theOnly(resources, BAKE).Properties.Subject).toEqual(subject);
    expect(allowedTo(resources, /^CdkEksUpgradesBakesRole/).at(-1)).toMatch(/^eks:DescribeCluster .*:cluster\/",{"Ref":"Cluster\w+"}/);

    const graph = DependencyGraph.of(stack);
    const bake = cluster.node.findChild('ControlPlaneBake');
    expect(graph.findCycle()).toBeUndefined();
    expect(graph.waits(bake, cluster)).toBe(true);
    const addOns = ['AddOnVpcCni', 'AddOnCoredns'].map((id) => cluster.node.findChild(id));
    expect([...addOns, kubeProxy, group, nested].filter((later) => !graph.waits(later, bake))).toEqual([]);
  });

  test('comes before the default capacity, and before nodes in a stack of their own', () => {
    const app = new App();
    const stack = newStack({ app });
    const cluster = upgradableCluster(stack, { controlPlaneBake: HALF_AN_HOUR, defaultCapacity: 2, version: eks.KubernetesVersion.V1_36 });
    const nodes = newStack({ app, id: 'Nodes' });
    new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { ...PINNED, cluster });
    expect(DependencyGraph.of(stack).waits(cluster.defaultNodegroup!, cluster.node.findChild('ControlPlaneBake'))).toBe(true);
    app.synth();
    expect(nodes.dependencies).toContain(stack);
  });

  test('fails with more than CloudFormation waits', () => {
    expect(() => upgradableCluster(newStack(), { controlPlaneBake: { duration: Duration.minutes(60) } }))
      .toThrow(
        `${sentence(saysOfWaves.longerThanAnHour({ duration: '1 hour', minutes: 59 }))} [Stack/Cluster/ControlPlaneBake]`,
      );
  });
});

test('an execution that cannot answer is answered for: EventBridge may call the handler for those of the one machine, and no others', () => {
  const stack = newStack();
  canaryIn(stack).baked(HALF_AN_HOUR);
  const resources = resourcesOf(stack);
  const handler = { 'Fn::GetAtt': [theOnly(resources, 'AWS::Lambda::Function').logicalId, 'Arn'] };
  const rule = theOnly(resources, 'AWS::Events::Rule');

  expect(rule.Properties).toMatchObject({
    EventPattern: {
      source: ['aws.states'],
      detail: {
        stateMachineArn: [{ 'Fn::GetAtt': [theOnly(resources, MACHINE).logicalId, 'Arn'] }], status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    },
    Targets: [{ Arn: handler }],
  });
  expect(theOnly(resources, 'AWS::Lambda::Permission').Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: handler,
    Principal: 'events.amazonaws.com',
    SourceArn: {
      'Fn::GetAtt': [rule.logicalId, 'Arn'],
    },
  });
});

describe('permissions of a bake', () => {
  test('the state machine may look at the one node group and its alarms, and call the handler', () => {
    const stack = newStack();
    upgradableCluster(stack, { clusterName: 'prod' }).addManagedNodeGroup('Canary', { ...PINNED, nodegroupName: 'canary' })
      .baked({ ...HALF_AN_HOUR, alarms: [alarm(stack)] });
    const allowed = allowedTo(resourcesOf(stack), /^CdkEksUpgradesBakesRole/);
    expect(allowed).toHaveLength(3);
    expect(allowed[0]).toMatch(/^lambda:InvokeFunction {"Fn::GetAtt":\["CdkEksUpgradesHandlerFunction\w+","Arn"\]}$/);
    expect(allowed[1]).toMatch(
      /^eks:DescribeNodegroup .*:nodegroup\/",{"Ref":"Cluster\w+"},"\/",{"Fn::GetAtt":\["ClusterNodegroupCanary\w+","NodegroupName"\]},"\/\*"/,
    );
    expect(allowed[2]).toMatch(/^cloudwatch:DescribeAlarms {"Fn::GetAtt":\["Errors\w+","Arn"\]}$/);
  });

  test.each<[string, (stack: Stack) => cloudwatch.IAlarm[]]>([
    ['a composite alarm', (stack) => [new cloudwatch.CompositeAlarm(stack, 'All', { alarmRule: cloudwatch.AlarmRule.fromBoolean(true) })]],
    ['an imported alarm, which may be one', (stack) => [alarm(stack), cloudwatch.Alarm.fromAlarmName(stack, 'Imported', 'errors')]],
  ])('needs to see all alarms for %s', (_, alarms) => {
    const stack = newStack();
    canaryIn(stack).baked({ ...HALF_AN_HOUR, alarms: alarms(stack) });
    expect(allowedTo(resourcesOf(stack), /^CdkEksUpgradesBakesRole/)).toContain('cloudwatch:DescribeAlarms "*"');
  });

  test.each([[1, 1], [12, 1], [13, 2], [24, 2], [25, 3]])('%d bakes have %d machines, of which the first is called as ever', (bakes, count) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    for (let index = 0; index < bakes; index++) cluster.addManagedNodeGroup(`Workers${index}`, PINNED).baked(HALF_AN_HOUR);
    const machines = Object.keys(ofType(resourcesOf(stack), MACHINE));
    expect(machines).toHaveLength(count);
    expect(machines[0]).toBe('CdkEksUpgradesBakes65A459DB');
  });

  test('what the machines of many bakes with long names may do has room in the policies of their roles', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { clusterName: 'c'.repeat(100) });
    const errors = alarm(stack);
    const bakes = Array.from({ length: 30 }, (_, index) => {
      const nodegroupName = `${index}`.padStart(63, 'n');
      return cluster.addManagedNodeGroup(`Workers${index}`, { ...PINNED, nodegroupName }).baked({ ...HALF_AN_HOUR, alarms: [errors] });
    });
    const resources = resourcesOf(stack);
    const machines = Object.entries(ofType(resources, MACHINE));
    expect(machines).toHaveLength(3);

    const sizes = machines.map(([, { Properties: { RoleArn } }]) => policySize(resources, RoleArn['Fn::GetAtt'][0]));
    expect(Math.max(...sizes)).toBeLessThan(MOST_POLICY_CHARACTERS);

    const start = allowedTo(resources, /^CdkEksUpgradesHandlerRole/).filter((allowed) => allowed.startsWith('states:'));
    expect(start).toEqual(machines.map(([id]) => `states:StartExecution {"Fn::GetAtt":["${id}","Arn"]}`));
    for (const bake of bakes) {
      const { Properties: { StateMachineArn }, DependsOn } = resources[stack.resolve(bake._resource.logicalId)];
      const { RoleArn } = resources[StateMachineArn['Fn::GetAtt'][0]].Properties;
      const policies = (DependsOn as string[]).map((id) => resources[id]).filter(({ Type }) => Type === 'AWS::IAM::Policy');
      expect(policies.map(({ Properties: { Roles } }) => Roles[0].Ref)).toContain(RoleArn['Fn::GetAtt'][0]);
    }
  });

  test('and it watches an alarm of a condition only while it holds, be it set later: the others always', () => {
    const stack = newStack();
    const [always, errors, overridden] = ['Always', 'Errors', 'Overridden'].map((id) => alarm(stack, id));
    canaryIn(stack).baked({ ...HALF_AN_HOUR, alarms: [always, errors, overridden] });
    (errors.node.defaultChild as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'Wanted');
    (overridden.node.defaultChild as CfnResource).addOverride('Condition', 'Wanted');

    const resources = resourcesOf(stack);
    const [alwaysId, ...conditional] = [always, errors, overridden]
      .map(({ node }) => stack.resolve((node.defaultChild as CfnResource).logicalId) as string);
    const whileWanted = (value: object, otherwise: object) => ({ 'Fn::If': ['Wanted', value, otherwise] });
    expect(theOnly(resources, BAKE).Properties.Alarms).toEqual([
      { Ref: alwaysId }, ...conditional.map((id) => whileWanted({ Ref: id }, { Ref: 'AWS::NoValue' })),
    ]);
    const ofNone = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:cloudwatch:${ENV.region}:${ENV.account}:alarm:none`]] };
    expect(allowedTo(resources, /^CdkEksUpgradesBakesRole/).at(-1)).toBe(`cloudwatch:DescribeAlarms ${JSON.stringify([
      { 'Fn::GetAtt': [alwaysId, 'Arn'] }, ...conditional.map((id) => whileWanted({ 'Fn::GetAtt': [id, 'Arn'] }, ofNone)),
    ])}`);
  });

  test('and of another stack, whose conditions are its own, it watches always', () => {
    const stack = newStack();
    const elsewhere = alarm(new Stack(stack.node.root as App, 'Elsewhere', { env: ENV }));
    (elsewhere.node.defaultChild as CfnResource).cfnOptions.condition = new CfnCondition(elsewhere.stack, 'There');
    canaryIn(stack).baked({ ...HALF_AN_HOUR, alarms: [elsewhere] });
    expect(theOnly(resourcesOf(stack), BAKE).Properties.Alarms).toEqual([{ 'Fn::ImportValue': expect.stringContaining('Elsewhere') }]);
  });

  test('the handler may start the one state machine, whichever its role', () => {
    const own = newStack();
    const given = newStack();
    UpgradeHandler.configure(given, {
      role: new iam.Role(given, 'HandlerRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    });
    for (const [stack, role] of [[own, /^CdkEksUpgradesHandlerRole/], [given, /^HandlerRole/]] as const) {
      canaryIn(stack).baked(HALF_AN_HOUR);
      const resources = resourcesOf(stack);
      expect(allowedTo(resources, role)).toContain(
        `states:StartExecution {"Fn::GetAtt":["${theOnly(resources, MACHINE).logicalId}","Arn"]}`,
      );
      expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
    }
  });

  test('no bake waits for what only another one looks at', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    const canary = cluster.addManagedNodeGroup('Canary', PINNED);
    const first = canary.baked(HALF_AN_HOUR);
    const second = cluster.addManagedNodeGroup('Second', { ...PINNED, upgradeAfter: [first] });
    const late = alarm(stack, 'Late');
    late.node.addDependency(second.node.defaultChild!);
    second.baked({ ...HALF_AN_HOUR, alarms: [late] });
    expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
  });
});

describe('options of a bake', () => {
  const refused: [string, (stack: Stack) => BakeOptions, string][] = [
    ['more than CloudFormation waits', () => ({ duration: Duration.hours(2) }),
      'duration is 2 hours, but CloudFormation waits an hour at most: give 59 minutes or less; to watch longer, deploy what shall wait in a later stage of a pipeline, or '
      + 'hold nodes back with nodeKubernetesVersion [Stack/Cluster/NodegroupCanary/Bake]'],
    [
      'a part of a second', () => ({ duration: Duration.millis(1500) }),
      sentence(saysOfWaves.durationNotWhole({ duration: '1 second 500 millis' })),
    ],
    ['nothing', () => ({ duration: Duration.seconds(0) }), 'give whole seconds, at least one'],
    ['more alarms than CloudWatch describes at once', (stack) => ({
      ...HALF_AN_HOUR, alarms: Array.from({ length: 101 }, () => alarmOnce(stack)),
    }),
    sentence(saysOfWaves.tooManyAlarms({ count: 101, most: 100 }))],
    ['an alarm of another Region', (stack) => ({
      ...HALF_AN_HOUR, alarms: [alarm(new Stack(stack.node.scope as App, 'Elsewhere', { env: { ...ENV, region: 'eu-west-1' } }))],
    }),
    sentence(saysOfWaves.alarmElsewhere({
      alarm: 'Elsewhere/Errors', itsAccount: ENV.account!, itsRegion: 'eu-west-1', account: ENV.account!, region: ENV.region!,
    }))],
    ['an imported alarm of another Region, by its ARN', (stack) => ({
      ...HALF_AN_HOUR,
      alarms: [cloudwatch.Alarm.fromAlarmArn(stack, 'Imported', `arn:aws:cloudwatch:eu-west-1:${ENV.account}:alarm:errors`)],
    }),
    sentence(saysOfWaves.alarmElsewhere({
      alarm: 'Stack/Imported', itsAccount: ENV.account!, itsRegion: 'eu-west-1', account: ENV.account!, region: ENV.region!,
    }))],
  ];
  const alarmOnce = (stack: Stack) => stack.node.tryFindChild('Errors') as cloudwatch.Alarm | undefined ?? alarm(stack);

  test.each(refused)('fails with %s', (_, options, message) => {
    const stack = newStack();
    const group = canaryIn(stack);
    expect(() => group.baked(options(stack))).toThrow(message);
    expect(Object.values(resourcesOf(stack)).map(({ Type }) => Type)).not.toContain(BAKE);
  });

  test('fails when a node group is to bake twice', () => {
    const group = canaryIn(newStack());
    group.baked(HALF_AN_HOUR);
    expect(() => group.baked(HALF_AN_HOUR)).toThrow(`${sentence(saysOfWaves.bakedTwice({}))} [Stack/Cluster/NodegroupCanary/Bake]`);
  });

  test('CloudFormation waits longer than any bake lasts, and never longer than it can', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3540 }), (seconds) => {
      const stack = newStack();
      canaryIn(stack).baked({ duration: Duration.seconds(seconds) });
      const { ServiceTimeout, DurationSeconds } = theOnly(resourcesOf(stack), BAKE).Properties;
      expect(DurationSeconds).toBe(String(seconds));
      expect(Number(ServiceTimeout)).toBeGreaterThanOrEqual(seconds + 60);
      expect(Number(ServiceTimeout)).toBeLessThanOrEqual(3600);
    }), { numRuns: 15 });
  });
});

test('any number of waves of any number of node groups, with or without bakes, makes a template without a cycle in which each waits for those before it', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }), (waves) => {
    const stack = newStack();
    const cluster: UpgradableCluster = upgradableCluster(stack);
    let before: (Bake | eks.Nodegroup)[] = [];
    const made = waves.map((groups, wave) => {
      const upgradeAfter = before;
      const members = groups.map((bakes, index) => {
        const group = cluster.addManagedNodeGroup(`Wave${wave}Group${index}`, { ...PINNED, upgradeAfter });
        return { group, last: bakes ? group.baked(HALF_AN_HOUR) : group };
      });
      before = members.map(({ last }) => last);
      return members;
    });
    const graph = DependencyGraph.of(stack);
    expect(graph.findCycle()).toBeUndefined();
    made.forEach((members, wave) => {
      const later = made.slice(wave + 1).flat();
      later.forEach(({ group }) => members.forEach(({ last }) => expect(graph.waits(group, last)).toBe(true)));
    });
    expect(Object.keys(ofType(resourcesOf(stack), BAKE))).toHaveLength(waves.flat().filter(Boolean).length);
  }), { numRuns: 10 });
});
