import { DescribeInstancesCommandInput, EC2Client, Instance } from '@aws-sdk/client-ec2';
import { readNodesOfGroups } from '../../../src/live/kubernetes/nodes-of-groups';

const instance = (name: string, tags: Readonly<Record<string, string>>, zone?: string): Instance => ({
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
    { Reservations: [{ Instances: [instance('ip-10-0-1-2.ec2.internal', { Name: 'karpenter' })] }] },
  ];
  jest.spyOn(ec2, 'send').mockImplementation(async ({ input }) => {
    asked.push(input as DescribeInstancesCommandInput);
    return pages[asked.length - 1];
  });
  expect(await readNodesOfGroups(ec2, 'prod')).toEqual([
    { name: 'ip-10-0-1-1.ec2.internal', nodeGroup: 'workers', zone: 'us-east-1a' },
    { name: 'ip-10-0-1-2.ec2.internal', nodeGroup: undefined, zone: undefined },
  ]);
  const Filters = [
    { Name: 'tag:eks:cluster-name', Values: ['prod'] }, { Name: 'instance-state-name', Values: ['pending', 'running'] },
  ];
  expect(asked).toMatchObject([{ Filters, MaxResults: 500 }, { Filters, NextToken: 'next' }]);
});
