import { DescribeLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2';
import {
  CreateNodegroupCommand, DeleteNodegroupCommand, DescribeNodegroupCommand, UpdateNodegroupConfigCommand, UpdateNodegroupVersionCommand,
  type CreateNodegroupRequest, type Nodegroup,
} from '@aws-sdk/client-eks';
import { asApiInput, changesBetween } from './api-names';
import { ended, orGone, retag, settled } from './eks-update';
import { physicalNameOf } from './physical-name';
import type { Change, Handling, Properties, Resource, ResourceType } from './resource-type';

/** What `UpdateNodegroupVersion` changes. */
const ROLLS_NODES = ['LaunchTemplate', 'ReleaseVersion', 'Version'];

/** What is a parameter of an update, not a thing to update. */
const HOW = ['ForceUpdateEnabled'];

/**
 * `AWS::EKS::Nodegroup`
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html
 */
export const NODEGROUP: ResourceType = {
  createOnly: [
    'AmiType', 'CapacityType', 'ClusterName', 'DiskSize', 'InstanceTypes', 'NodeRole', 'NodegroupName', 'RemoteAccess', 'Subnets',
  ],

  async create(handling, logicalId, { ForceUpdateEnabled: _, NodegroupName: given, ...properties }) {
    const nodegroupName = given ?? physicalNameOf(logicalId);
    const input: CreateNodegroupRequest = { ...asApiInput(properties), nodegroupName };
    await noteLaunchTemplate(handling, properties);
    await handling.eks.send(new CreateNodegroupCommand(input));
    const physicalId = `${properties.ClusterName}/${nodegroupName}`;
    await settled(handling, async () => (await describe(handling, physicalId))?.status);
    return resourceOf((await describe(handling, physicalId))!);
  },

  async update(handling, change) {
    const changes = changesBetween(change.previous, change.properties);
    if (changes.some((name) => name === 'Version' || name === 'ReleaseVersion') && changes.some(
      (name) => !ROLLS_NODES.slice(1).includes(name),
    )) {
      throw new Error('Version and ReleaseVersion updates cannot be combined with other updates');
    }
    if (change.previous.LaunchTemplate && !change.properties.LaunchTemplate) {
      throw new Error('the launch template of a node group cannot be removed'); // what AWS does instead is not known: EKS keeps it for life
    }
    if (changes.some((name) => ROLLS_NODES.includes(name))) await updateVersion(handling, change);
    if (changes.includes('Tags')) await retag(handling, (await describe(handling, change.physicalId))!.nodegroupArn!, change);
    await updateConfig(handling, change, changes.filter((name) => ![...ROLLS_NODES, ...HOW, 'Tags'].includes(name)));
    return resourceOf((await describe(handling, change.physicalId))!);
  },

  async delete(handling, physicalId) {
    await orGone(handling.eks.send(new DeleteNodegroupCommand(namesIn(physicalId))));
    await settled(handling, async () => (await describe(handling, physicalId))?.status, 'GONE');
  },
};

async function updateVersion(handling: Handling, { physicalId, properties }: Change): Promise<void> {
  const { Version: version, ReleaseVersion: releaseVersion, LaunchTemplate: launchTemplate, ForceUpdateEnabled: force } = properties;
  const names = namesIn(physicalId);
  await noteLaunchTemplate(handling, properties);
  const { update } = await handling.eks.send(new UpdateNodegroupVersionCommand({
    ...names, version, releaseVersion, launchTemplate: asApiInput(launchTemplate), force,
  }));
  await ended(handling, { name: names.clusterName, nodegroupName: names.nodegroupName }, update);
}

/** EKS looks into the launch template, which is MiniStack's. */
async function noteLaunchTemplate({ ec2, noteLaunchTemplate: note }: Handling, { LaunchTemplate }: Properties): Promise<void> {
  if (!LaunchTemplate) return;
  const { Id, Version } = LaunchTemplate;
  const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: Id, Versions: [String(Version)] });
  const { LaunchTemplateVersions = [] } = await ec2.send(command);
  note(Id, String(Version), LaunchTemplateVersions[0]?.LaunchTemplateData?.ImageId);
}

async function updateConfig(handling: Handling, { physicalId, previous, properties }: Change, changes: readonly string[]): Promise<void> {
  if (changes.length === 0) return;
  const { labels, taints, ...config } = asApiInput(Object.fromEntries(changes.map((name) => [name, properties[name]])));
  const names = namesIn(physicalId);
  const { update } = await handling.eks.send(new UpdateNodegroupConfigCommand({
    ...names,
    ...config,
    ...(changes.includes('Labels') && {
      labels: { addOrUpdateLabels: labels, removeLabels: Object.keys(previous.Labels ?? {}).filter((key) => !(key in (labels ?? {}))) },
    }),
    ...(changes.includes('Taints') && { taints: { addOrUpdateTaints: taints ?? [] } }),
  }));
  await ended(handling, { name: names.clusterName, nodegroupName: names.nodegroupName }, update);
}

async function describe({ eks }: Handling, physicalId: string): Promise<Nodegroup | undefined> {
  return (await orGone(eks.send(new DescribeNodegroupCommand(namesIn(physicalId)))))?.nodegroup;
}

function namesIn(physicalId: string): { clusterName: string; nodegroupName: string } {
  const [clusterName, nodegroupName] = physicalId.split('/');
  return { clusterName, nodegroupName };
}

function resourceOf({ clusterName, nodegroupName, nodegroupArn }: Nodegroup): Resource {
  const physicalId = `${clusterName}/${nodegroupName}`;
  return { physicalId, attributes: { Id: physicalId, ClusterName: clusterName!, NodegroupName: nodegroupName!, Arn: nodegroupArn! } };
}
