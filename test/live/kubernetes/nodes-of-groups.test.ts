import { DescribeInstancesCommandInput, EC2Client, Instance } from '@aws-sdk/client-ec2';
import { namedByPods, readNodesOfGroups } from '../../../src/live/kubernetes/nodes-of-groups';
import { aPod } from '../../engine/workloads';

const instance = (name: string, tags: Readonly<Record<string, string>>, zone?: string): Instance => ({
  InstanceId: `i-${name}`,
  PrivateDnsName: name,
  Placement: zone === undefined ? undefined : { AvailabilityZone: zone },
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

test('the instances of a cluster that run are its nodes, each of the node group that its tag names', async () => {
  const ec2 = new EC2Client({ region: 'us-east-1' });
  const asked: DescribeInstancesCommandInput[] = [];
  const pages = [
    {
      NextToken: 'next',
      Reservations: [{ Instances: [instance('ip-10-0-1-1.ec2.internal', { 'Name': 'a', 'eks:nodegroup-name': 'workers' }, 'us-east-1a')] }, {}],
    },
    { Reservations: [{ Instances: [{ ...instance('ip-10-0-1-2.ec2.internal', { Name: 'karpenter' }), State: { Name: 'pending' } }] }] },
  ];
  jest.spyOn(ec2, 'send').mockImplementation(async ({ input }) => {
    asked.push(input as DescribeInstancesCommandInput);
    return pages[asked.length - 1];
  });
  expect(await readNodesOfGroups(ec2, 'prod')).toEqual([
    { name: 'ip-10-0-1-1.ec2.internal', instanceId: 'i-ip-10-0-1-1.ec2.internal', nodeGroup: 'workers', zone: 'us-east-1a' },
    { name: 'ip-10-0-1-2.ec2.internal', instanceId: 'i-ip-10-0-1-2.ec2.internal', nodeGroup: undefined, zone: undefined, isPending: true },
  ]);
  const Filters = [
    { Name: 'tag:eks:cluster-name', Values: ['prod'] }, { Name: 'instance-state-name', Values: ['pending', 'running'] },
  ];
  expect(asked).toMatchObject([{ Filters, MaxResults: 500 }, { Filters, NextToken: 'next' }]);
});

describe('nodes are called as their pods call them', () => {
  const nodes = ['1', '2'].map((number) => ({ name: `ip-${number}`, instanceId: `i-${number}`, nodeGroup: 'workers' }));
  const agents = (...names: string[]) => names.map((node) => aPod(`agent-${node}`, { node, owner: { kind: 'DaemonSet', name: 'agent' } }));
  const named = (...pods: Parameters<typeof namedByPods>[1][number][]) => namedByPods(nodes, pods).map(({ name }) => name);

  test('by the ID of the instance, or by its private DNS name', () => {
    expect(named(...agents('i-1', 'i-2'))).toEqual(['i-1', 'i-2']);
    expect(named(...agents('ip-1', 'ip-2'))).toEqual(['ip-1', 'ip-2']);
    expect(named(...agents('i-2', 'karpenter'))).toEqual(['ip-1', 'i-2']);
    expect(namedByPods(nodes, agents('i-1'))).toEqual([{ name: 'i-1', nodeGroup: 'workers' }, { name: 'ip-2', nodeGroup: 'workers' }]);
  });

  test('fails where pods that run on each node run on none of them', () => {
    expect(() => named(...agents('custom-1', 'custom-2')))
      .toThrow('pods run on nodes such as custom-1, and on none that EC2 knows of the cluster, such as ip-1: allow to list nodes');
  });

  test('passes where all nodes are still being launched', () => {
    const launched = nodes.map((node) => ({ ...node, isPending: true }));
    expect(namedByPods(launched, agents('karpenter')).map(({ name }) => name)).toEqual(['ip-1', 'ip-2']);
    expect(() => namedByPods([launched[0], nodes[1]], agents('karpenter'))).toThrow('none that EC2 knows');
  });

  test('passes where no node is known, or no DaemonSet has got to one: on Fargate there is none', () => {
    expect(namedByPods([], agents('karpenter'))).toEqual([]);
    expect(named()).toEqual(['ip-1', 'ip-2']);
    expect(named(aPod('web', { node: 'fargate-1' }), aPod('agent', { node: undefined, owner: { kind: 'DaemonSet', name: 'agent' } })))
      .toEqual(['ip-1', 'ip-2']);
  });
});
