import { CfnParameter, CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { digestsOf } from '../diagnostics/digests';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { isImageId } from '../engine/ami/image-id';
import { GuardedImage, GuardedNodeGroup } from '../engine/change/resource-properties';
import { launchTemplateOf } from '../node-group/launch-template';
import { imageOf } from '../node-group/launched-image';

/**
 * A node group as the guard is told of it: its versions, and digests of its other properties as the template has them.
 *
 * @param workloads whether the guard looks into the cluster: then it has to know whether EKS kills what it cannot evict
 */
export function guardedNodeGroup(group: CfnResource, workloads = false): GuardedNodeGroup {
  const { Version: version, ReleaseVersion: release, ...others } = renderedProperties(group);
  const { version: versionGiven, releaseVersion: releaseGiven, launchTemplate } = group as CfnNodegroup;
  return {
    LogicalId: Stack.of(group).resolve(group.logicalId),
    Name: literal(others.NodegroupName),
    Version: knownBefore(version, versionGiven),
    ReleaseVersion: knownBefore(release, releaseGiven),
    Image: guardedImage(group, others.LaunchTemplate),
    Digests: digestsOf({
      ...others,
      LaunchTemplate: others.LaunchTemplate && [others.LaunchTemplate, contentOf(launchTemplate as LaunchTemplate, others.LaunchTemplate)],
    }),
    Force: workloads && others.ForceUpdateEnabled === true ? 'true' : undefined,
  };
}

/** Undefined where EKS chooses the image, and where only the deployment knows it. */
function guardedImage(group: CfnResource, { Id, Version }: { Id?: unknown; Version?: unknown } = {}): GuardedImage | undefined {
  const { imageId, kubernetesVersion } = imageOf(group) ?? {};
  if (imageId === undefined || !isImageId(imageId)) return undefined;
  const isForeign = typeof Id === 'string' && typeof Version === 'string';
  return { Id: imageId, KubernetesVersion: kubernetesVersion, LaunchTemplate: isForeign ? { Id, Version } : undefined };
}

type LaunchTemplate = CfnNodegroup.LaunchTemplateSpecificationProperty;

function literal(rendered: unknown): string | undefined {
  return typeof rendered === 'string' ? rendered : undefined;
}

/** A literal, or a parameter of the template. Any other expression may depend on what is deployed after the guard. */
function knownBefore(rendered: unknown, value: string | undefined): string | undefined {
  return literal(rendered) ?? (isParameter(value) ? rendered as string : undefined);
}

function isParameter(value: string | undefined): boolean {
  const reference = value !== undefined && Token.isUnresolved(value) ? Tokenization.reverseString(value).firstToken : undefined;
  return reference !== undefined && Reference.isReference(reference) && reference.target instanceof CfnParameter;
}

/**
 * What a launch template of this app holds, where a change of it changes the node group: when the group follows its latest version.
 *
 * A version that is a literal does not follow, nor does the default one, which stays the first.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html
 */
function contentOf(given: LaunchTemplate | undefined, rendered: { Version?: unknown }): unknown {
  const follows = typeof rendered.Version === 'object' && !JSON.stringify(rendered.Version).includes('DefaultVersionNumber');
  const template = follows ? launchTemplateOf(given?.id) : undefined;
  return template && renderedProperties(template).LaunchTemplateData;
}
