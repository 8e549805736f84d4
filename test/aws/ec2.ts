/**
 * Stands in for Amazon EC2 as far as availability zones, subnets and their free addresses, instance types, images and launch templates go.
 */
import { AwsError, REGION, type AwsService, type Input } from './aws-service';
import { Ec2Images } from './ec2-images';
import { Ec2LaunchTemplates } from './ec2-launch-templates';
import { pageOf } from './pages';
import { ec2Query } from './wire-protocol';

const LARGEST_PAGE = 1000;

const ZONES = ['a', 'b', 'c'];

/** Some instance types as EC2 describes them: vCPUs, IPv4 addresses of each network interface, and how many of these. */
const INSTANCE_TYPES: Readonly<Record<string, readonly [vcpus: number, addresses: number, interfaces: number]>> = {
  't3.medium': [2, 6, 3],
  'm5.large': [2, 10, 3],
  'm7i.large': [2, 10, 3],
  'm7i.xlarge': [4, 15, 4],
  'm7g.large': [2, 10, 3],
  'c7i.large': [2, 10, 3],
  'g5.xlarge': [4, 15, 4],
};

export class Ec2 implements AwsService {
  readonly name = 'ec2';
  readonly protocol = ec2Query('http://ec2.amazonaws.com/doc/2016-11-15/');
  readonly errorCodes = {
    accessDenied: { code: 'UnauthorizedOperation', status: 403 },
    throttled: { code: 'RequestLimitExceeded', status: 503 },
    serverError: { code: 'InternalError', status: 500 },
  };

  readonly actions = {
    DescribeAvailabilityZones: () => ({
      availabilityZoneInfo: ZONES.map((zone) => ({ zoneName: `${REGION}${zone}`, zoneState: 'available', regionName: REGION })),
    }),

    DescribeImages: (input: Input) => this.images.describe(input),

    DescribeLaunchTemplateVersions: (input: Input) => this.launchTemplates.describeVersions(input),

    DescribeSubnets: ({ SubnetId, Filter, MaxResults, NextToken }: Input) => {
      if (Filter?.some(({ Name }: Input) => Name !== 'subnet-id')) {
        throw new AwsError('InvalidParameterValue', 'the local ec2 does not know filters of subnets but subnet-id');
      }
      const wanted: string[] | undefined = Filter?.[0].Value;
      const ids: string[] = SubnetId ?? [...this.subnets.keys()].filter((id) => wanted?.includes(id) ?? true);
      const missing = ids.find((id) => !this.subnets.has(id));
      if (missing) {
        throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${missing}' does not exist`);
      }
      const paging = { maxResults: MaxResults && Number(MaxResults), nextToken: NextToken };
      const { items, nextToken } = pageOf(ids, paging, LARGEST_PAGE, 'InvalidNextToken');
      return { subnetSet: items.map((id) => this.describe(id)), nextToken };
    },

    DescribeInstanceTypes: (input: Input) => {
      const names = wantedTypes(input);
      const { items, nextToken } = pageOf(names, pagingOf(input), this.largestPage, 'InvalidNextToken');
      return { instanceTypeSet: items.map(describeInstanceType), nextToken };
    },

    DescribeInstanceTypeOfferings: (input: Input) => {
      const isById = input.LocationType === 'availability-zone-id';
      const offerings = wantedTypes(input).flatMap((name) => ZONES.map((zone, index) => ({ zone, id: zoneIdOf(index) }))
        .filter(({ id }) => !this.lacking.has(`${name} ${id}`))
        .map(({ zone, id }) => ({ instanceType: name, locationType: input.LocationType, location: isById ? id : `${REGION}${zone}` })));
      const { items, nextToken } = pageOf(offerings, pagingOf(input), this.largestPage, 'InvalidNextToken');
      return { instanceTypeOfferingSet: items, nextToken };
    },
  };

  /** The images that the account can see, and the launch templates. */
  readonly images = new Ec2Images();
  readonly launchTemplates = new Ec2LaunchTemplates();

  /** How many entries a page has at most. */
  largestPage = LARGEST_PAGE;

  private readonly subnets = new Map<string, number>();
  private readonly lacking = new Set<string>();

  /** From now on a zone, such as `usw2-az1`, does not offer an instance type. */
  stopOffering(instanceType: string, zone: string): void {
    this.lacking.add(`${instanceType} ${zone}`);
  }

  /** Creates a subnet, or changes how many of its addresses are free. */
  putSubnet(id: string, freeAddresses: number): void {
    this.subnets.set(id, freeAddresses);
  }

  knows(id: string): boolean {
    return this.subnets.has(id);
  }

  removeSubnet(id: string): void {
    this.subnets.delete(id);
  }

  /** 0 for a subnet that does not exist. */
  freeAddresses(id: string): number {
    return this.subnets.get(id) ?? 0;
  }

  /** The name of its availability zone; subnets lie in the zones by turns. */
  zoneOf(id: string): string {
    return `${REGION}${ZONES[this.zoneIndexOf(id)]}`;
  }

  resourceOf(): string {
    return '*';
  }

  private zoneIndexOf(id: string): number {
    return [...this.subnets.keys()].indexOf(id) % ZONES.length;
  }

  private describe(id: string): object {
    return {
      subnetId: id,
      vpcId: 'vpc-0example',
      state: 'available',
      availabilityZone: this.zoneOf(id),
      availabilityZoneId: zoneIdOf(this.zoneIndexOf(id)),
      cidrBlock: '10.0.0.0/24',
      availableIpAddressCount: this.subnets.get(id),
    };
  }
}

function zoneIdOf(index: number): string {
  return `usw2-az${index + 1}`;
}

/** The instance types of a filter; those that EC2 does not know are left out. */
function wantedTypes({ Filter }: Input): string[] {
  const [{ Value: values }] = Filter.filter(({ Name }: Input) => Name === 'instance-type');
  return Object.keys(INSTANCE_TYPES).filter((name) => values.includes(name));
}

function pagingOf({ MaxResults, NextToken }: Input): Input {
  return { maxResults: MaxResults && Number(MaxResults), nextToken: NextToken };
}

function describeInstanceType(name: string): object {
  const [vcpus, addresses, interfaces] = INSTANCE_TYPES[name];
  return {
    instanceType: name,
    vCpuInfo: { defaultVCpus: vcpus },
    networkInfo: { ipv4AddressesPerInterface: addresses, maximumNetworkInterfaces: interfaces },
  };
}
