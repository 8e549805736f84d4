import {
  AssociateAccessPolicyCommand, CreateAccessEntryCommand, CreateFargateProfileCommand, CreatePodIdentityAssociationCommand,
  DeleteAccessEntryCommand,
  DeleteFargateProfileCommand, DeletePodIdentityAssociationCommand, DisassociateAccessPolicyCommand, UpdateAccessEntryCommand,
  UpdatePodIdentityAssociationCommand, type CreateAccessEntryRequest, type CreateFargateProfileRequest,
  type CreatePodIdentityAssociationRequest,
} from '@aws-sdk/client-eks';
import { asApiInput, asTagMap } from './api-names';
import { orGone } from './eks-update';
import { physicalNameOf } from './physical-name';
import type { Handling, Properties, ResourceType } from './resource-type';

/**
 * `AWS::EKS::AccessEntry`
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-accessentry.html
 */
export const ACCESS_ENTRY: ResourceType = {
  createOnly: ['ClusterName', 'PrincipalArn', 'Type'],

  async create(handling, _logicalId, { AccessPolicies: policies = [], Tags: tags, ...properties }) {
    const input = asApiInput(properties) as CreateAccessEntryRequest;
    const { accessEntry } = await handling.eks.send(new CreateAccessEntryCommand({ ...input, tags: asTagMap(tags) }));
    await associate(handling, properties, policies);
    return { physicalId: `${input.clusterName}|${input.principalArn}`, attributes: { AccessEntryArn: accessEntry!.accessEntryArn! } };
  },

  async update(handling, { physicalId, previous, properties }) {
    const [clusterName, principalArn] = physicalId.split('|');
    const { kubernetesGroups, username } = asApiInput(properties);
    const { accessEntry } = await handling.eks.send(
      new UpdateAccessEntryCommand({ clusterName, principalArn, kubernetesGroups, username }),
    );
    const policies: Properties[] = properties.AccessPolicies ?? [];
    for (const { PolicyArn: policyArn } of previous.AccessPolicies ?? []) {
      if (!policies.some(({ PolicyArn }) => PolicyArn === policyArn)) {
        await handling.eks.send(new DisassociateAccessPolicyCommand({ clusterName, principalArn, policyArn }));
      }
    }
    await associate(handling, properties, policies);
    return { physicalId, attributes: { AccessEntryArn: accessEntry!.accessEntryArn! } };
  },

  async delete({ eks }, physicalId) {
    const [clusterName, principalArn] = physicalId.split('|');
    await orGone(eks.send(new DeleteAccessEntryCommand({ clusterName, principalArn })));
  },
};

async function associate({ eks }: Handling, entry: Properties, policies: readonly Properties[]): Promise<void> {
  const { ClusterName: clusterName, PrincipalArn: principalArn } = entry;
  for (const { PolicyArn: policyArn, AccessScope: accessScope } of policies) {
    await eks.send(new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope: asApiInput(accessScope) }));
  }
}

/**
 * `AWS::EKS::PodIdentityAssociation`
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-podidentityassociation.html
 */
export const POD_IDENTITY_ASSOCIATION: ResourceType = {
  createOnly: ['ClusterName', 'Namespace', 'ServiceAccount'],

  async create({ eks }, _logicalId, { Tags: tags, ...properties }) {
    const input = asApiInput(properties) as CreatePodIdentityAssociationRequest;
    const { association } = await eks.send(new CreatePodIdentityAssociationCommand({ ...input, tags: asTagMap(tags) }));
    const { associationArn, associationId } = association!;
    return { physicalId: associationArn!, attributes: { AssociationArn: associationArn!, AssociationId: associationId! } };
  },

  async update({ eks }, { physicalId, properties }) {
    const { clusterName, roleArn, targetRoleArn, disableSessionTags } = asApiInput(properties);
    const associationId = physicalId.split('/').pop()!;
    await eks.send(new UpdatePodIdentityAssociationCommand({ clusterName, associationId, roleArn, targetRoleArn, disableSessionTags }));
    return { physicalId, attributes: { AssociationArn: physicalId, AssociationId: associationId } };
  },

  async delete({ eks }, physicalId, { ClusterName: clusterName }) {
    await orGone(eks.send(new DeletePodIdentityAssociationCommand({ clusterName, associationId: physicalId.split('/').pop() })));
  },
};

/**
 * `AWS::EKS::FargateProfile`: only its tags change in place.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-fargateprofile.html
 */
export const FARGATE_PROFILE: ResourceType = {
  createOnly: ['ClusterName', 'FargateProfileName', 'PodExecutionRoleArn', 'Selectors', 'Subnets'],

  async create({ eks }, logicalId, { Tags: tags, ...properties }) {
    const fargateProfileName = properties.FargateProfileName ?? physicalNameOf(logicalId);
    const input: CreateFargateProfileRequest = { ...asApiInput(properties), fargateProfileName, tags: asTagMap(tags) };
    const { fargateProfile } = await eks.send(new CreateFargateProfileCommand(input));
    return { physicalId: `${input.clusterName}|${fargateProfileName}`, attributes: { Arn: fargateProfile!.fargateProfileArn! } };
  },

  async update(_handling, { physicalId }) {
    return { physicalId, attributes: {} };
  },

  async delete({ eks }, physicalId) {
    const [clusterName, fargateProfileName] = physicalId.split('|');
    await orGone(eks.send(new DeleteFargateProfileCommand({ clusterName, fargateProfileName })));
  },
};
