import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { warnings } from './messages';
import { warn } from '../diagnostics/annotations';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { standsFor } from '../diagnostics/stands-for';
import { NODE_GROUP_METADATA_TYPE } from '../engine/declaration/metadata';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { templateIn } from '../node-group/launch-template-image';

/** What a cluster of either module keeps of the node group that it makes by itself. */
interface WithDefaultCapacity {
  readonly defaultNodegroup?: IConstruct;
}

/**
 * Warns of node groups that do not move with their cluster, because the app makes them without this library.
 *
 * One that is given its version moves as the app says, and one with an image of its own cannot be given any: of these, nothing is said.
 *
 * @param cluster the construct of the cluster
 * @param nodeGroups resources of all its node groups in the app
 */
export function warnOfUntracked(cluster: IConstruct, nodeGroups: readonly CfnResource[]): void {
  for (const resource of nodeGroups.filter((group) => !isTracked(group) && hasNoVersion(group))) {
    const construct = standsFor(resource);
    const { defaultNodegroup } = cluster as WithDefaultCapacity;
    warn(construct, hasPlaceOfTracked(resource)
      ? warnings.nodeGroupUntracked({ isDefault: construct === defaultNodegroup })
      : warnings['nodeGroupUntracked:ofResource']({}));
  }
}

/** Whether a tracked node group of the ID of its construct would have the logical ID of this resource. */
function hasPlaceOfTracked({ node: { id, scope } }: CfnResource): boolean {
  return id === 'Resource' && !Stack.isStack(scope);
}

/** Whether this library has made a node group. */
export function isTracked({ node: { scope } }: CfnResource): boolean {
  return scope?.node.metadata.some(({ type }) => type === NODE_GROUP_METADATA_TYPE) ?? false;
}

function hasNoVersion(resource: CfnResource): boolean {
  const { Version: version, AmiType: amiType } = renderedProperties(resource);
  if (version !== undefined || amiType === CUSTOM_AMI_TYPE) return false;
  const template = templateIn((resource as CfnNodegroup).launchTemplate);
  return !template || renderedProperties(template).LaunchTemplateData?.ImageId === undefined;
}
