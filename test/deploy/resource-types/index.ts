/**
 * The resource types that the bench adds to MiniStack's, or puts in place of them.
 */
import { ACCESS_ENTRY, FARGATE_PROFILE, POD_IDENTITY_ASSOCIATION } from './access';
import { ADDON } from './addon';
import { CLUSTER } from './cluster';
import { ELASTIC_IP, NAT_GATEWAY } from './network';
import { NODEGROUP } from './nodegroup';
import type { ResourceType } from './resource-type';

export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::EC2::EIP': ELASTIC_IP,
  'AWS::EC2::NatGateway': NAT_GATEWAY,
  'AWS::EKS::AccessEntry': ACCESS_ENTRY,
  'AWS::EKS::Addon': ADDON,
  'AWS::EKS::Cluster': CLUSTER,
  'AWS::EKS::FargateProfile': FARGATE_PROFILE,
  'AWS::EKS::Nodegroup': NODEGROUP,
  'AWS::EKS::PodIdentityAssociation': POD_IDENTITY_ASSOCIATION,
};
