import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { REGION } from '../../aws/aws-service';
import type { Cloud } from '../cloud';

/** Two subnets in different zones, which the clusters of all histories share. */
export async function makeSubnets(cloud: Cloud): Promise<string[]> {
  const ec2 = new EC2Client(cloud.clientConfig);
  const { Vpc: vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  return Promise.all(['a', 'b'].map(async (zone, index) => {
    const { Subnet: subnet } = await ec2.send(new CreateSubnetCommand({
      VpcId: vpc!.VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${REGION}${zone}`,
    }));
    return subnet!.SubnetId!;
  }));
}
