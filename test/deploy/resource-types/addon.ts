import {
  CreateAddonCommand, DeleteAddonCommand, DescribeAddonCommand, UpdateAddonCommand,
  type Addon, type CreateAddonRequest, type UpdateAddonRequest,
} from '@aws-sdk/client-eks';
import { asApiInput, asTagMap, changesBetween } from './api-names';
import { ended, orGone, retag, settled } from './eks-update';
import type { Handling, Resource, ResourceType } from './resource-type';

/**
 * `AWS::EKS::Addon`
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html
 */
export const ADDON: ResourceType = {
  createOnly: ['AddonName', 'ClusterName', 'NamespaceConfig'],

  async create(handling, _logicalId, { PreserveOnDelete: _, Tags: tags, ...properties }) {
    await handling.eks.send(new CreateAddonCommand({ ...asApiInput(properties) as CreateAddonRequest, tags: asTagMap(tags) }));
    const physicalId = `${properties.ClusterName}|${properties.AddonName}`;
    await settled(handling, async () => (await describe(handling, physicalId))?.status);
    return resourceOf((await describe(handling, physicalId))!);
  },

  async update(handling, change) {
    const changes = changesBetween(change.previous, change.properties);
    if (changes.includes('Tags')) await retag(handling, (await describe(handling, change.physicalId))!.addonArn!, change);
    if (changes.some((name) => name !== 'Tags' && name !== 'PreserveOnDelete')) {
      const { PreserveOnDelete: _, Tags: __, ...properties } = change.properties;
      const { update } = await handling.eks.send(new UpdateAddonCommand(asApiInput(properties) as UpdateAddonRequest));
      await ended(handling, { name: properties.ClusterName, addonName: properties.AddonName }, update);
    }
    return resourceOf((await describe(handling, change.physicalId))!);
  },

  async delete(handling, physicalId, { PreserveOnDelete: preserve }) {
    await orGone(handling.eks.send(new DeleteAddonCommand({ ...namesIn(physicalId), preserve })));
    await settled(handling, async () => (await describe(handling, physicalId))?.status, 'GONE');
  },
};

async function describe({ eks }: Handling, physicalId: string): Promise<Addon | undefined> {
  return (await orGone(eks.send(new DescribeAddonCommand(namesIn(physicalId)))))?.addon;
}

function namesIn(physicalId: string): { clusterName: string; addonName: string } {
  const [clusterName, addonName] = physicalId.split('|');
  return { clusterName, addonName };
}

function resourceOf({ clusterName, addonName, addonArn }: Addon): Resource {
  return { physicalId: `${clusterName}|${addonName}`, attributes: { Arn: addonArn! } };
}
