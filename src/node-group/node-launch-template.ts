import { Fn, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { says } from './messages';
import { NodeLaunchOptions } from './node-launch-options';
import { bottlerocketUserData } from './user-data/bottlerocket-settings';
import { joinedCluster } from './user-data/joined-cluster';
import { nodeConfigUserData } from './user-data/node-config';
import { windowsUserData } from './user-data/windows-bootstrap';
import { withSortedKeys } from '../diagnostics/sorted-keys';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { refusal } from '../engine/messages/refusal';

/** Pods that are not on the network of their host are one hop away from it; EKS's own launch templates allow two as well. */
const HOPS_OF_PODS = 2;

/** What is launched, and how. */
export interface NodeLaunch {
  readonly cluster: eks.ICluster;
  readonly family: AmiFamily;
  readonly imageId: string;
  readonly options: NodeLaunchOptions;
}

/**
 * Makes the launch template of a node group with an image of one's own.
 *
 * A plain resource, not the CDK's construct: that puts the tags of the app into the template, and a tag that changes would roll all nodes.
 *
 * @throws if a node could not join with what is known
 */
export function makeLaunchTemplate(scope: Construct, id: string, { cluster, family, imageId, options }: NodeLaunch): ec2.CfnLaunchTemplate {
  const {
    blockDevices, metadataHopLimit = HOPS_OF_PODS, metadataTokens = ec2.LaunchTemplateHttpTokens.REQUIRED, keyPair, instanceTags,
  } = options;
  return new ec2.CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      imageId,
      userData: Fn.base64(userDataOf(Stack.of(scope), cluster, family, options).render()),
      blockDeviceMappings: blockDevices?.map(renderBlockDevice),
      metadataOptions: { httpTokens: metadataTokens, httpPutResponseHopLimit: metadataHopLimit },
      securityGroupIds: securityGroupsOf(cluster, options),
      keyName: keyPair?.keyPairName,
      tagSpecifications: instanceTags && ['instance', 'volume'].map((resourceType) => ({
        resourceType,
        tags: Object.entries(withSortedKeys(instanceTags) as Record<string, string>).map(([key, value]) => ({ key, value })),
      })),
    },
  });
}

function userDataOf(stack: Stack, cluster: eks.ICluster, family: AmiFamily, options: NodeLaunchOptions): ec2.UserData {
  const joined = joinedCluster(cluster, options);
  switch (family) {
    case AmiFamily.BOTTLEROCKET: return bottlerocketUserData(joined, options);
    case AmiFamily.WINDOWS: return windowsUserData(joined, options);
    default: return nodeConfigUserData(stack, joined, options);
  }
}

/** With security groups in the launch template, EKS does not add the cluster's own. */
function securityGroupsOf(cluster: eks.ICluster, { securityGroups }: NodeLaunchOptions): string[] | undefined {
  if (!securityGroups?.length) return undefined;
  return [...new Set([clusterSecurityGroupOf(cluster), ...securityGroups.map(({ securityGroupId }) => securityGroupId)])];
}

function clusterSecurityGroupOf(cluster: eks.ICluster): string {
  try {
    return cluster.clusterSecurityGroupId;
  } catch {
    throw refusal(says.clusterSecurityGroupUnknown({}));
  }
}

function renderBlockDevice({
  deviceName, volume, mappingEnabled = true,
}: ec2.BlockDevice): ec2.CfnLaunchTemplate.BlockDeviceMappingProperty {
  const { ebsDevice, virtualName } = volume;
  if (!mappingEnabled) return { deviceName, noDevice: '' };
  if (!ebsDevice) return { deviceName, virtualName };
  const { volumeType, volumeSize, deleteOnTermination = true, iops, throughput, encrypted, kmsKey, snapshotId } = ebsDevice;
  const { volumeInitializationRate } = ebsDevice as { readonly volumeInitializationRate?: Size }; // unknown to the lowest aws-cdk-lib
  return {
    deviceName,
    ebs: {
      volumeType,
      volumeSize,
      deleteOnTermination,
      iops,
      throughput,
      encrypted,
      kmsKeyId: kmsKey?.keyArn,
      snapshotId,
      volumeInitializationRate: volumeInitializationRate?.toMebibytes(),
    },
  };
}
