import {
  CreateClusterCommand, DeleteClusterCommand, DescribeClusterCommand, UpdateClusterConfigCommand, UpdateClusterVersionCommand,
  type Cluster, type UpdateClusterConfigRequest,
} from '@aws-sdk/client-eks';
import { asApiInput, asTagMap, changesBetween } from './api-names';
import { ended, orGone, retag, settled } from './eks-update';
import { physicalNameOf } from './physical-name';
import type { Change, Handling, Properties, Resource, ResourceType } from './resource-type';
import { minorOf } from '../../aws/minor-of';

/**
 * `AWS::EKS::Cluster`
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html
 */
export const CLUSTER: ResourceType = {
  createOnly: [
    'AccessConfig/BootstrapClusterCreatorAdminPermissions', 'BootstrapSelfManagedAddons', 'EncryptionConfig', 'KubernetesNetworkConfig/IpFamily',
    'KubernetesNetworkConfig/ServiceIpv4Cidr', 'Name', 'OutpostConfig', 'RoleArn',
  ],

  async create(handling, logicalId, properties) {
    const name = properties.Name ?? physicalNameOf(logicalId);
    const { roleArn, resourcesVpcConfig, ...input } = inputOf(properties);
    await handling.eks.send(new CreateClusterCommand({ ...input, name, roleArn, resourcesVpcConfig, tags: asTagMap(properties.Tags) }));
    await settled(handling, async () => (await describe(handling, name))?.status);
    return resourceOf((await describe(handling, name))!);
  },

  async update(handling, change) {
    const name = change.physicalId;
    const changed = changesBetween(change.previous, change.properties);
    if (AUTO_MODE.some((property) => changed.includes(property))) {
      await updateConfig(handling, name, autoModeOf(inputOf(change.properties)));
    }
    for (const property of changed.filter((one) => !AUTO_MODE.includes(one))) {
      if (property === 'Tags') {
        await retag(handling, (await describe(handling, name))!.arn!, change);
      } else if (property in change.properties && !MOVED_WITH_THE_VERSION.includes(property)) { // what leaves the template stays as it is
        await updateConfig(handling, name, inputOf({ [property]: change.properties[property] }));
      }
    }
    await updateVersion(handling, change);
    return resourceOf((await describe(handling, name))!);
  },

  async delete(handling, name) {
    await orGone(handling.eks.send(new DeleteClusterCommand({ name })));
    await settled(handling, async () => (await describe(handling, name))?.status, 'GONE');
  },
};

/** What EKS takes only together. */
const AUTO_MODE = ['ComputeConfig', 'KubernetesNetworkConfig', 'StorageConfig'];

/** Of the network, only load balancing can change. */
function autoModeOf({ computeConfig, kubernetesNetworkConfig: { elasticLoadBalancing }, storageConfig }: Properties): Properties {
  return { computeConfig, kubernetesNetworkConfig: { elasticLoadBalancing }, storageConfig };
}

const MOVED_WITH_THE_VERSION = ['Version', 'Force', 'RollbackConfig'];

/**
 * A stack that rolls back leaves a control plane that has moved where it is.
 *
 * Whether the handler looks at the live version before it asks for one is not known; it is `readsLiveVersion` here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
async function updateVersion(handling: Handling, { physicalId: name, previous, properties, isRollback }: Change): Promise<void> {
  const { Version: version, Force: force, RollbackConfig: rollbackConfig } = properties;
  if (version === undefined || version === previous.Version) return;
  const { version: live } = (await describe(handling, name))!;
  if (isRollback && minorOf(version) < minorOf(live!)) return;
  if (version === live && handling.behaviour.readsLiveVersion) return;
  const { update } = await handling.eks.send(
    new UpdateClusterVersionCommand({ name, version, force, rollbackConfig: asApiInput(rollbackConfig) }),
  );
  await ended(handling, { name }, update);
}

async function updateConfig(handling: Handling, name: string, input: Properties): Promise<void> {
  const { update } = await handling.eks.send(new UpdateClusterConfigCommand({ ...input as UpdateClusterConfigRequest, name }));
  await ended(handling, { name }, update);
}

async function describe({ eks }: Handling, name: string): Promise<Cluster | undefined> {
  return (await orGone(eks.send(new DescribeClusterCommand({ name }))))?.cluster;
}

function inputOf({ Tags: _, Force: __, RollbackConfig: ___, Name: ____, Logging: logging, ...properties }: Properties) {
  const types = logging?.ClusterLogging?.EnabledTypes?.map(({ Type }: Properties) => Type);
  return { ...asApiInput(properties), ...(types && { logging: { clusterLogging: [{ types, enabled: true }] } }) };
}

function resourceOf({ name, arn, endpoint, certificateAuthority, identity, resourcesVpcConfig }: Cluster): Resource {
  return {
    physicalId: name!,
    attributes: {
      Id: name!,
      Arn: arn!,
      Endpoint: endpoint!,
      CertificateAuthorityData: certificateAuthority!.data!,
      OpenIdConnectIssuerUrl: identity!.oidc!.issuer!,
      ClusterSecurityGroupId: resourcesVpcConfig!.clusterSecurityGroupId!,
      EncryptionConfigKeyArn: '',
    },
  };
}
