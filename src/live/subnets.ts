import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SubnetState } from '../engine/state/subnet-state';

/**
 * Some subnets, with their zones and free addresses.
 *
 * @throws AwsCallError
 */
export async function readSubnets(ec2: EC2Client, ids: readonly string[]): Promise<SubnetState[]> {
  if (ids.length === 0) return []; // EC2 would list all subnets
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }));
  return Subnets.map(({ SubnetId, AvailabilityZoneId, AvailableIpAddressCount }) => ({
    id: SubnetId!,
    zone: AvailabilityZoneId!,
    freeAddresses: AvailableIpAddressCount!,
  }));
}
