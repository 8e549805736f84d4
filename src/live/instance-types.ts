import { EC2Client, paginateDescribeInstanceTypeOfferings, paginateDescribeInstanceTypes } from '@aws-sdk/client-ec2';
import { allPages } from './all-pages';
import { InstanceTypeOffering, InstanceTypeState } from '../engine/state/node-room';

/**
 * What some instance types are like.
 *
 * @throws AwsCallError
 */
export async function readInstanceTypes(ec2: EC2Client, names: readonly string[]): Promise<InstanceTypeState[]> {
  if (names.length === 0) return []; // EC2 would describe all
  const filter = { Filters: [{ Name: 'instance-type', Values: [...names] }] }; // by name, one that the Region lacks would hide the others
  const types = await allPages(paginateDescribeInstanceTypes({ client: ec2 }, filter), ({ InstanceTypes }) => InstanceTypes);
  return types.map(({ InstanceType, VCpuInfo, NetworkInfo }) => ({
    name: InstanceType!,
    vcpus: VCpuInfo!.DefaultVCpus!,
    addressesPerInterface: NetworkInfo!.Ipv4AddressesPerInterface!,
    interfaces: NetworkInfo!.MaximumNetworkInterfaces!,
  }));
}

/**
 * In which zones EC2 offers some instance types; in none, where the Region lacks one.
 *
 * @throws AwsCallError
 */
export async function readInstanceTypeOfferings(ec2: EC2Client, names: readonly string[]): Promise<InstanceTypeOffering[]> {
  if (names.length === 0) return []; // EC2 would list all
  const pages = paginateDescribeInstanceTypeOfferings({ client: ec2 }, {
    LocationType: 'availability-zone-id',
    Filters: [{ Name: 'instance-type', Values: [...names] }],
  });
  const offerings = await allPages(pages, ({ InstanceTypeOfferings }) => InstanceTypeOfferings);
  return names.map((name) => ({
    name,
    zones: offerings.flatMap(({ InstanceType, Location }) => InstanceType === name ? Location! : []).sort(),
  }));
}
