import { AllocateAddressCommand, CreateNatGatewayCommand, DeleteNatGatewayCommand, ReleaseAddressCommand } from '@aws-sdk/client-ec2';
import type { ResourceType } from './resource-type';

/**
 * `AWS::EC2::EIP`, without what can be changed of it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
 */
export const ELASTIC_IP: ResourceType = {
  createOnly: ['Domain', 'NetworkBorderGroup'],

  async create({ ec2 }) {
    const { PublicIp, AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    return { physicalId: PublicIp!, attributes: { PublicIp: PublicIp!, AllocationId: AllocationId! } };
  },

  async update(_handling, { physicalId }) {
    throw new Error(`the bench does not change the elastic IP ${physicalId}`);
  },

  async delete({ ec2 }, physicalId) {
    await ec2.send(new ReleaseAddressCommand({ PublicIp: physicalId }));
  },
};

/**
 * `AWS::EC2::NatGateway`, without what can be changed of it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html
 */
export const NAT_GATEWAY: ResourceType = {
  createOnly: ['AllocationId', 'ConnectivityType', 'SubnetId'],

  async create({ ec2 }, _logicalId, { SubnetId, AllocationId }) {
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    const physicalId = NatGateway!.NatGatewayId!;
    return { physicalId, attributes: { NatGatewayId: physicalId } };
  },

  async update(_handling, { physicalId }) {
    throw new Error(`the bench does not change the NAT gateway ${physicalId}`);
  },

  async delete({ ec2 }, NatGatewayId) {
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
  },
};
