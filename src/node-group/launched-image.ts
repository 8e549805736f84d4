import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { setImage, templateIn } from './launch-template-image';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { warnings } from './messages';
import { GoldenPlan, NodeGroupPlan } from './node-group-plan';
import { NodeLaunchOptions } from './node-launch-options';
import { makeLaunchTemplate } from './node-launch-template';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';
import { warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';
import { awaitsLookUp } from '../diagnostics/known-at-synth';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { Said } from '../engine/messages/message';

/** An image of one's own that a node group launches, as far as the app knows it. */
export interface LaunchedImage {
  readonly imageId: string;
  /** The Kubernetes minor that it is declared to have. */
  readonly kubernetesVersion?: string;
}

/** The images of one's own that the resources of node groups launch; none where EKS chooses. */
export const LaunchedImages = new Carried<LaunchedImage>('LaunchedImage');

/**
 * Lets a node group launch an image: by the launch template of this app that it was given, else by one that is made here.
 *
 * @throws if nodes could not join with what is known, or another node group has set another image in the same launch template
 */
export function launchImage(group: eks.Nodegroup, resource: CfnNodegroup, { golden, props }: NodeGroupPlan, imageId: string): void {
  const { image, kubernetesVersion } = golden!;
  const { launchTemplateSpec, nodeLaunch = {}, cluster } = props;
  LaunchedImages.give(resource, { imageId, kubernetesVersion });
  concernsAboutImage(golden!, props).forEach((concern) => warn(group, concern));
  if (!launchTemplateSpec) {
    const template = makeLaunchTemplate(group, 'LaunchTemplate', { cluster, family: image.family, imageId, options: nodeLaunch });
    resource.launchTemplate = { id: template.ref, version: template.attrLatestVersionNumber };
    acknowledgeDummy(template, imageId);
  } else if (setImage(launchTemplateSpec, imageId, group.node.path)) {
    acknowledgeDummy(templateIn(resource.launchTemplate)!, imageId);
  } else {
    warn(group, warnings.imageNotSet({ imageId }));
  }
}

/** The CDK's own check of templates wants the ID of an image, and would stop an app that runs without the CLI, as in a test. */
const NO_IMAGE = 'CloudFormation-Validate::E1152';

function acknowledgeDummy(template: CfnLaunchTemplate, imageId: string): void {
  if (awaitsLookUp(imageId)) acknowledgeRule(template, NO_IMAGE, 'the image has not been looked up yet');
}

/** What a user should know of an image that is allowed. */
function concernsAboutImage({ image, kubernetesVersion }: GoldenPlan, props: ManagedNodeGroupWithAmiTrackingProps): Said[] {
  const { taints = [], nodeLaunch, launchTemplateSpec } = props;
  const concerns: Said[] = [];
  if (kubernetesVersion === undefined) {
    concerns.push(warnings.imageVersionUnknown({}));
  }
  if (taints.length > 0 && !launchTemplateSpec && !registersTaints(nodeLaunch)) {
    const option = image.family === AmiFamily.BOTTLEROCKET
      ? "nodeLaunch.bottlerocketSettings: { kubernetes: { 'node-taints': … } }"
      : "nodeLaunch.kubeletFlags: ['--register-with-taints=…']";
    concerns.push(warnings.taintsAfterJoining({ option }));
  }
  if (image.family === AmiFamily.WINDOWS) {
    concerns.push(warnings.windowsImageAccess({}));
  }
  return concerns;
}

function registersTaints({ kubeletFlags = [], nodeConfig, bottlerocketSettings }: NodeLaunchOptions = {}): boolean {
  return kubeletFlags.some((flag) => flag.includes('register-with-taints'))
    || /register-with-taints|registerWithTaints|node-taints/.test(JSON.stringify([nodeConfig, bottlerocketSettings]));
}
