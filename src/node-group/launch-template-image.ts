import { Reference, Token, Tokenization } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { LaunchTemplateSpec } from 'aws-cdk-lib/aws-eks-v2';
import { launchTemplateOf } from './launch-template';
import { says } from './messages';
import { Carried } from '../diagnostics/carried';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { resourcesOfApp } from '../diagnostics/resources-of-app';
import { refusal } from '../engine/messages/refusal';
import { sentence } from '../engine/messages/sentence';
import { NODE_GROUP_TYPE } from '../engine/state/deployed-stack';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';

/** The node group that has set the image of a launch template, and the image. */
interface ImageSetter {
  readonly imageId: string;
  readonly path: string;
}

const ImageSetters = new Carried<ImageSetter>('ImageSetter');

/**
 * Refuses a launch template of this app whose new versions would not reach the node group: one that is given by a fixed version,
 * or by the default one, which stays the first. A launch template of another app passes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
 */
export function requireSettableImage({ id, version }: LaunchTemplateSpec): void {
  if (!launchTemplateOf(id)) return;
  if (!followsLatest(version)) {
    const given = version === undefined ? 'missing' : Token.isUnresolved(version) ? 'the default version' : `'${version}'`;
    throw refusal(says.fixedTemplateVersion({ version: given }));
  }
}

/**
 * Sets the image of a launch template of this app and leaves the rest of it as it is.
 *
 * @param path the construct path of the node group
 * @returns whether it could: of a launch template of another app, nothing can be set
 * @throws if another node group has set another image
 */
export function setImage(spec: LaunchTemplateSpec, imageId: string, path: string): boolean {
  const template = launchTemplateOf(spec.id);
  if (!template) return false;
  const before = ImageSetters.of(template);
  if (before && before.imageId !== imageId) {
    throw refusal(says.twoImages({ template: template.node.path, imageId: before.imageId, nodeGroup: before.path }));
  }
  if (!before) {
    ImageSetters.give(template, { imageId, path });
    template.node.addValidation({ validate: () => groupsWithoutImage(template, path) });
  }
  template.addPropertyOverride('LaunchTemplateData.ImageId', imageId);
  return true;
}

/** Whether a node group has set the image of a launch template. */
export function hasGoldenImage(template: CfnLaunchTemplate): boolean {
  return ImageSetters.of(template) !== undefined;
}

/** Other node groups that are given a version or release though their launch template has got an image: EKS refuses them. */
function groupsWithoutImage(template: CfnLaunchTemplate, path: string): string[] {
  return (resourcesOfApp(template, NODE_GROUP_TYPE) as CfnNodegroup[])
    .filter((group) => templateIn(group.launchTemplate) === template && group.node.scope!.node.path !== path)
    .filter((group) => {
      const { Version, ReleaseVersion, AmiType } = renderedProperties(group);
      return (Version ?? ReleaseVersion) !== undefined || ![undefined, CUSTOM_AMI_TYPE].includes(AmiType);
    })
    .map((group) => sentence(says.sharesTemplateWithImage({
      nodeGroup: group.node.scope!.node.path, template: template.node.path, other: path,
    })));
}

/** The launch template of this app that a node group has; undefined for another. */
export function templateIn(launchTemplate: CfnNodegroup['launchTemplate']): CfnLaunchTemplate | undefined {
  return launchTemplate && 'id' in launchTemplate ? launchTemplateOf(launchTemplate.id) : undefined;
}

/**
 * Whether a node group that is given this version of a launch template of the app gets each new one: the default version stays
 * the first.
 */
export function followsLatest(version: string | undefined): boolean {
  return version !== undefined && Token.isUnresolved(version) && attributeOf(version) !== 'DefaultVersionNumber';
}

/** The attribute of a launch template that is its latest version. */
export const LATEST_VERSION = 'LatestVersionNumber';

/** What a token refers to; undefined for one that is no mere reference. */
export function attributeOf(token: string): string | undefined {
  const reference = Tokenization.reverseString(token).firstToken;
  return reference && Reference.isReference(reference) ? reference.displayName : undefined;
}
