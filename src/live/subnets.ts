import { DescribeSubnetsCommand, EC2Client, paginateDescribeSubnets, Subnet } from '@aws-sdk/client-ec2';
import { allPages } from './all-pages';
import { SubnetState } from '../engine/state/subnet-state';

/**
 * Some subnets, with their zones and free addresses.
 *
 * @throws AwsCallError
 */
export async function readSubnets(ec2: EC2Client, ids: readonly string[]): Promise<SubnetState[]> {
  if (ids.length === 0) return []; // EC2 would list all subnets
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }));
  return Subnets.map(stateOf);
}

/**
 * The same without those that do not exist: asked for by a filter, one that somebody has deleted does not hide the others.
 *
 * @throws AwsCallError
 */
export async function readSubnetsThere(ec2: EC2Client, ids: readonly string[]): Promise<SubnetState[]> {
  if (ids.length === 0) return [];
  const pages = paginateDescribeSubnets({ client: ec2 }, { Filters: [{ Name: 'subnet-id', Values: [...ids] }] });
  return (await allPages(pages, ({ Subnets }) => Subnets)).map(stateOf);
}

function stateOf({ SubnetId, AvailabilityZoneId, AvailableIpAddressCount }: Subnet): SubnetState {
  return { id: SubnetId!, zone: AvailabilityZoneId!, freeAddresses: AvailableIpAddressCount! };
}
