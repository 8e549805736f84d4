import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiTypeConcern } from './ami-type-concerns';
import { setImage, templateIn } from './launch-template-image';
import { ManagedNodeGroupWithAmiTrackingProps } from './managed-node-group-with-ami-tracking-props';
import { GoldenPlan, NodeGroupPlan } from './node-group-plan';
import { NodeLaunchOptions } from './node-launch-options';
import { makeLaunchTemplate } from './node-launch-template';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';
import { warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';
import { awaitsLookUp } from '../diagnostics/known-at-synth';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';

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
  concernsAboutImage(golden!, props).forEach(({ id, message }) => warn(group, id, message));
  if (!launchTemplateSpec) {
    const template = makeLaunchTemplate(group, 'LaunchTemplate', { cluster, family: image.family, imageId, options: nodeLaunch });
    resource.launchTemplate = { id: template.ref, version: template.attrLatestVersionNumber };
    acknowledgeDummy(template, imageId);
  } else if (setImage(launchTemplateSpec, imageId, group.node.path)) {
    acknowledgeDummy(templateIn(resource.launchTemplate)!, imageId);
  } else {
    warn(group, 'imageNotSet', 'the launch template is not part of this app, which therefore cannot set the golden image in it: publish a version with the image '
      + `and name that version in launchTemplateSpec; guard and preview compare the two (image ${imageId})`);
  }
}

/** The CDK's own check of templates wants the ID of an image, and would stop an app before anything is looked up. */
const NO_IMAGE = 'CloudFormation-Validate::E1152';

function acknowledgeDummy(template: CfnLaunchTemplate, imageId: string): void {
  if (awaitsLookUp(imageId)) acknowledgeRule(template, NO_IMAGE, 'the image has not been looked up yet');
}

/** What a user should know of an image that is allowed. */
function concernsAboutImage({ image, kubernetesVersion }: GoldenPlan, props: ManagedNodeGroupWithAmiTrackingProps): AmiTypeConcern[] {
  const { taints = [], nodeLaunch, launchTemplateSpec } = props;
  const concerns: AmiTypeConcern[] = [];
  if (kubernetesVersion === undefined) {
    concerns.push({
      id: 'imageVersionUnknown',
      message: 'neither the golden image nor the name of its parameter tells its Kubernetes version, so that only a tag of the image can be held against the version of the '
        + "cluster: give kubernetesVersion, a parameter such as '/golden/eks/1.36/al2023/x86_64/image_id', or the image a tag KubernetesVersion",
    });
  }
  if (taints.length > 0 && !launchTemplateSpec && !registersTaints(nodeLaunch)) {
    concerns.push({
      id: 'taintsAfterJoining',
      message: 'EKS taints nodes of an image of your own only after they have joined, when pods may be on them already: let them join with their taints, by '
        + (image.family === AmiFamily.BOTTLEROCKET
          ? "nodeLaunch.bottlerocketSettings: { kubernetes: { 'node-taints': … } }"
          : "nodeLaunch.kubeletFlags: ['--register-with-taints=…']"),
    });
  }
  if (image.family === AmiFamily.WINDOWS) {
    concerns.push({
      id: 'windowsImageAccess',
      message: 'EKS does not know that an image of your own is Windows, whose nodes need the group eks:kube-proxy-windows for DNS: give the node role an access entry of type '
        + 'EC2_WINDOWS, or add the group to its mapping in aws-auth; acknowledge this when it is done',
    });
  }
  return concerns;
}

function registersTaints({ kubeletFlags = [], nodeConfig, bottlerocketSettings }: NodeLaunchOptions = {}): boolean {
  return kubeletFlags.some((flag) => flag.includes('register-with-taints'))
    || /register-with-taints|registerWithTaints|node-taints/.test(JSON.stringify([nodeConfig, bottlerocketSettings]));
}
