import { Match, Template } from 'aws-cdk-lib/assertions';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CustomResource, Duration, Lazy, NestedStack, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENV, importedCluster, propertiesOf, warningsOn, World } from './_fixtures';
import { NodeGroupUpdateStrategy, NodeRepairAction, NodeRepairOptions, WarmPoolOptions, WarmPoolState } from '../../src';
import { says as saysOfAny } from '../../src/diagnostics/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says } from '../../src/node-group/messages';

const number = (value: number) => Token.asNumber(Lazy.any({ produce: () => value }));

describe('updates', () => {
  test('respect PodDisruptionBudgets unless they are forced', () => {
    expect(propertiesOf(new World().group()).ForceUpdateEnabled).toBe(false);
    expect(propertiesOf(new World().group({ forceUpdate: true })).ForceUpdateEnabled).toBe(true);
  });

  test.each([
    [{}, { MaxUnavailable: 1, UpdateStrategy: 'MINIMAL' }],
    [{ maxUnavailable: 2 }, { MaxUnavailable: 2, UpdateStrategy: 'MINIMAL' }],
    [{ maxUnavailablePercentage: 25 }, { MaxUnavailablePercentage: 25, UpdateStrategy: 'MINIMAL' }],
  ])('strategy with %j', (limits, UpdateConfig) => {
    const group = new World().group({ ...limits, updateStrategy: NodeGroupUpdateStrategy.MINIMAL });
    expect(propertiesOf(group).UpdateConfig).toEqual(UpdateConfig);
  });

  test('without limits and strategy have no configuration of their own', () => {
    expect(propertiesOf(new World().group())).not.toHaveProperty('UpdateConfig');
  });

  test('limits and sizes may be tokens', () => {
    const limit = propertiesOf(new World().group({ maxUnavailable: number(3), maxSize: 5 }));
    const sizes = propertiesOf(new World().group({ maxUnavailable: 3, minSize: number(1), desiredSize: number(4), maxSize: number(5) }));
    const percentage = propertiesOf(new World().group({ maxUnavailablePercentage: number(30) }));
    expect([limit.UpdateConfig, sizes.UpdateConfig, percentage.UpdateConfig])
      .toEqual([{ MaxUnavailable: 3 }, { MaxUnavailable: 3 }, { MaxUnavailablePercentage: 30 }]);
    expect(sizes.ScalingConfig).toEqual({ MinSize: 1, DesiredSize: 4, MaxSize: 5 });
  });

  test.each([
    [{ maxUnavailable: 1, maxUnavailablePercentage: 25 }, 'not allowed to be defined together'],
    [{ maxUnavailable: 101, maxSize: 200 }, 'maxUnavailable must be between 1 and 100'],
    [{ maxUnavailablePercentage: 101 }, 'maxUnavailablePercentage must be between 1 and 100'],
  ])('fails for %j, as the L2 does', (limits, message) => {
    expect(() => new World().group({ ...limits, updateStrategy: NodeGroupUpdateStrategy.DEFAULT })).toThrow(message);
  });
});

describe('upgradeAfter', () => {
  const groupResource = (DependsOn: unknown) => ({ Type: 'AWS::EKS::Nodegroup', DependsOn });

  test('holds back the node group, not its role, until the others are done', () => {
    const world = new World();
    const canary = world.group({}, new Construct(world.stack, 'Canary'));
    const group = world.group({ upgradeAfter: [canary] });
    const template = Template.fromStack(world.stack);
    template.hasResource(
      'AWS::EKS::Nodegroup', groupResource(Match.arrayWith([world.stack.getLogicalId(canary.node.defaultChild as CfnNodegroup)])),
    );
    const role = world.stack.getLogicalId(group.node.findChild('NodeGroupRole').node.defaultChild as CfnNodegroup);
    expect(template.toJSON().Resources[role]).not.toHaveProperty('DependsOn');
  });

  test('takes groups of the plain L2', () => {
    const world = new World();
    const canary = new eks.Nodegroup(world.stack, 'Canary', { cluster: world.cluster });
    world.group({ upgradeAfter: [canary] });
    Template.fromStack(world.stack).hasResource('AWS::EKS::Nodegroup', groupResource(Match.arrayWith([Match.stringLikeRegexp('^Canary')])));
  });

  test('orders stacks when the groups live in different ones', () => {
    const world = new World();
    const canary = world.group({}, new Stack(world.app, 'CanaryStack', { env: ENV }));
    const group = world.group({ upgradeAfter: [canary] }, new Stack(world.app, 'WorkersStack', { env: ENV }));
    world.app.synth();
    expect(group.stack.dependencies.map(String)).toContain('CanaryStack');
    expect(canary.stack.dependencies.map(String)).not.toContain('WorkersStack');
  });

  test('orders nested stacks', () => {
    const world = new World();
    const [first, second] = ['First', 'Second'].map((id) => new NestedStack(world.stack, id));
    world.group({ upgradeAfter: [world.group({}, first)] }, second);
    Template.fromStack(world.stack).hasResource('AWS::CloudFormation::Stack', {
      DependsOn: Match.arrayWith([world.stack.getLogicalId(first.nestedStackResource!)]),
    });
  });

  test('takes any construct, such as a check between canary and the rest', () => {
    const world = new World();
    const check = new CustomResource(world.stack, 'Check', { serviceToken: 'arn:aws:lambda:us-west-2:111122223333:function:check' });
    world.group({ upgradeAfter: [check] });
    Template.fromStack(world.stack).hasResource('AWS::EKS::Nodegroup', groupResource(Match.arrayWith(['Check'])));
  });

  test('fails for an imported group, for which CloudFormation cannot wait', () => {
    const world = new World();
    const canary = eks.Nodegroup.fromNodegroupName(world.stack, 'Canary', 'canary');
    expect(() => world.group({ upgradeAfter: [canary] })).toThrow(sentence(says.upgradeAfterImported({ imported: 'Stack/Canary' })));
  });
});

describe('node repair', () => {
  const OVERRIDE = {
    nodeMonitoringCondition: 'AcceleratedHardwareReady',
    nodeUnhealthyReason: 'NvidiaXID13Error',
    minRepairWaitTime: Duration.hours(1),
    repairAction: NodeRepairAction.REBOOT,
  };

  test('is turned on by its options', () => {
    expect(propertiesOf(new World().group({ nodeRepair: {} })).NodeRepairConfig).toEqual({ Enabled: true });
  });

  test('has limits, and rules of their own for some conditions', () => {
    const nodeRepair = { maxUnhealthyNodeThresholdPercentage: 20, maxParallelNodesRepairedCount: 2, overrides: [OVERRIDE] };
    expect(propertiesOf(new World().group({ nodeRepair, enableNodeAutoRepair: true })).NodeRepairConfig).toEqual({
      Enabled: true,
      MaxUnhealthyNodeThresholdPercentage: 20,
      MaxParallelNodesRepairedCount: 2,
      NodeRepairConfigOverrides: [{
        NodeMonitoringCondition: 'AcceleratedHardwareReady', NodeUnhealthyReason: 'NvidiaXID13Error', MinRepairWaitTimeMins: 60, RepairAction: 'Reboot',
      }],
    });
  });

  test('limits may be tokens', () => {
    const nodeRepair = { maxUnhealthyNodeThresholdCount: number(3), maxParallelNodesRepairedPercentage: number(50) };
    expect(propertiesOf(new World().group({ nodeRepair })).NodeRepairConfig)
      .toEqual({ Enabled: true, MaxUnhealthyNodeThresholdCount: 3, MaxParallelNodesRepairedPercentage: 50 });
  });

  test.each<[NodeRepairOptions, string]>([
    [{ maxUnhealthyNodeThresholdCount: 3, maxUnhealthyNodeThresholdPercentage: 20 },
      sentence(says.countAndPercentage({
        count: 'maxUnhealthyNodeThresholdCount', countGiven: 3, percentage: 'maxUnhealthyNodeThresholdPercentage', percentageGiven: 20,
      }))],
    [{ maxParallelNodesRepairedCount: 3, maxParallelNodesRepairedPercentage: 20 },
      sentence(says.countAndPercentage({
        count: 'maxParallelNodesRepairedCount', countGiven: 3, percentage: 'maxParallelNodesRepairedPercentage', percentageGiven: 20,
      }))],
    [{ maxUnhealthyNodeThresholdCount: 0 }, 'nodeRepair.maxUnhealthyNodeThresholdCount is 0: give a whole number of at least 1'],
    [
      { maxUnhealthyNodeThresholdPercentage: 101 },
      sentence(saysOfAny.notWithin({ prop: 'nodeRepair.maxUnhealthyNodeThresholdPercentage', value: 101, min: 1, max: 100 })),
    ],
    [{ maxParallelNodesRepairedCount: 1.5 }, 'nodeRepair.maxParallelNodesRepairedCount is 1.5: give a whole number of at least 1'],
    [{ maxParallelNodesRepairedPercentage: 0 }, 'nodeRepair.maxParallelNodesRepairedPercentage is 0: give a whole number from 1 to 100'],
    [{ overrides: [{ ...OVERRIDE, minRepairWaitTime: Duration.seconds(90) }] }, 'cannot be converted into a whole number of minutes'],
  ])('fails for %j', (nodeRepair, message) => {
    const world = new World();
    expect(() => world.group({ nodeRepair })).toThrow(message);
    expect(world.stack.node.tryFindChild('Group')).toBeUndefined();
  });

  test('fails when it is switched off at the same time', () => {
    expect(() => new World().group({ nodeRepair: {}, enableNodeAutoRepair: false })).toThrow(sentence(says.repairOff({})));
  });
});

describe('warm pool', () => {
  test('is rendered as given', () => {
    const warmPool = { minSize: 1, maxGroupPreparedCapacity: 4, poolState: WarmPoolState.HIBERNATED, reuseOnScaleIn: true };
    expect(propertiesOf(new World().group({ warmPool })).WarmPoolConfig)
      .toEqual({ Enabled: true, MinSize: 1, MaxGroupPreparedCapacity: 4, PoolState: 'HIBERNATED', ReuseOnScaleIn: true });
    expect(propertiesOf(new World().group({ warmPool: {} })).WarmPoolConfig).toEqual({ Enabled: true });
  });

  test('sizes may be tokens', () => {
    expect(propertiesOf(new World().group({ warmPool: { minSize: number(2), maxGroupPreparedCapacity: 4 } })).WarmPoolConfig)
      .toEqual({ Enabled: true, MinSize: 2, MaxGroupPreparedCapacity: 4 });
  });

  test.each<[WarmPoolOptions, string]>([
    [{ minSize: -1 }, sentence(saysOfAny.notWhole({ prop: 'warmPool.minSize', value: -1, min: 0 }))],
    [{ maxGroupPreparedCapacity: 2.5 }, 'warmPool.maxGroupPreparedCapacity is 2.5: give a whole number of at least -1'],
    [{ maxGroupPreparedCapacity: -2 }, 'warmPool.maxGroupPreparedCapacity is -2: give a whole number of at least -1'],
    [{ enabled: false, minSize: 1 }, sentence(says.poolIsOff({ option: 'minSize' }))],
    [{ minSize: 5, maxGroupPreparedCapacity: 4 }, sentence(says.minSizeTooLarge({ minSize: 5, maxGroupPreparedCapacity: 4 }))],
  ])('fails for %j', (warmPool, message) => {
    expect(() => new World().group({ warmPool })).toThrow(message);
  });
});

describe('a fixed name', () => {
  test('is warned about, because a replacement would clash with it', () => {
    const group = new World().group({ nodegroupName: 'workers' });
    expect(warningsOn(group)).toEqual(['cdk-eks-upgrades:fixedNodeGroupName']);
    expect(propertiesOf(group).NodegroupName).toBe('workers');
  });

  test('is let through as a token', () => {
    expect(warningsOn(new World().group({ nodegroupName: Lazy.string({ produce: () => 'workers' }) }))).toEqual([]);
  });
});

test('a removal policy reaches the resource', () => {
  const world = new World();
  world.group({
    cluster: importedCluster(world.stack), kubernetesVersion: eks.KubernetesVersion.of('1.36'), removalPolicy: RemovalPolicy.RETAIN,
  });
  Template.fromStack(world.stack).hasResource('AWS::EKS::Nodegroup', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});
