import { DescribeAvailabilityZonesCommand, DescribeSubnetsCommand, EC2Client, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import { LocalAws } from './aws-server';

let aws: LocalAws;
let client: EC2Client;

beforeEach(async () => {
  aws = await LocalAws.start();
  client = new EC2Client({ ...aws.clientConfig('ec2'), maxAttempts: 1 });
  aws.ec2.putSubnet('subnet-1', 4);
  aws.ec2.putSubnet('subnet-2', 0);
  aws.ec2.putSubnet('subnet-3', 250);
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function freeAddresses(...SubnetIds: string[]) {
  const { Subnets } = await client.send(new DescribeSubnetsCommand({ SubnetIds }));
  return Subnets!.map(({ SubnetId, AvailableIpAddressCount }) => [SubnetId, AvailableIpAddressCount]);
}

test('subnets tell their free addresses', async () => {
  expect(await freeAddresses('subnet-2', 'subnet-3')).toEqual([['subnet-2', 0], ['subnet-3', 250]]);
});

test('all of them come in pages', async () => {
  const seen: (string | undefined)[] = [];
  for await (const { Subnets } of paginateDescribeSubnets({ client, pageSize: 2 }, {})) {
    seen.push(
      ...Subnets!.map(({ SubnetId }) => SubnetId),
    );
  }

  expect(seen).toEqual(['subnet-1', 'subnet-2', 'subnet-3']);
  expect(aws.requests).toHaveLength(2);
});

test('the subnets of a cluster are among them', async () => {
  aws.eks.addCluster({ version: '1.36', subnets: { 'subnet-9': 3 } });

  expect(await freeAddresses('subnet-9')).toEqual([['subnet-9', 3]]);
});

test('the region has three zones', async () => {
  const { AvailabilityZones } = await client.send(new DescribeAvailabilityZonesCommand({}));

  expect(AvailabilityZones!.map(({ ZoneName, State }) => `${ZoneName} ${State}`)).toEqual([
    'us-west-2a available', 'us-west-2b available', 'us-west-2c available',
  ]);
});

test('fails for a subnet that does not exist', async () => {
  aws.ec2.removeSubnet('subnet-2');

  await expect(freeAddresses('subnet-1', 'subnet-2')).rejects.toMatchObject({
    name: 'InvalidSubnetID.NotFound', message: "The subnet ID 'subnet-2' does not exist",
  });
});

test('fails for a filter, which it would have to ignore', async () => {
  await expect(client.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] }))).rejects.toThrow('filters');
});

test.each([
  ['accessDenied', 'UnauthorizedOperation', 403],
  ['throttled', 'RequestLimitExceeded', 503],
  ['serverError', 'InternalError', 500],
] as const)('%s fails as EC2 does', async (fault, name, httpStatusCode) => {
  aws.fail({ service: 'ec2', fault });

  await expect(freeAddresses('subnet-1')).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});
