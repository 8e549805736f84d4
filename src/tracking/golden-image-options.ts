import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiArchitecture, AmiFamily } from '../engine/ami/eks-ami-type-options';

/**
 * What an image is that your organisation bakes.
 */
export interface GoldenImageOptions {
  /**
   * Operating system of the image, which decides how a node joins its cluster: `AMAZON_LINUX_2023` by nodeadm, `BOTTLEROCKET` by
   * its settings, `WINDOWS` by the bootstrap script of the EKS-optimized images. For another one, bring a launch template with
   * user data of its own.
   */
  readonly family: AmiFamily;

  /**
   * Kubernetes version of the kubelet in the image.
   *
   * @default - what the name of the SSM parameter tells, as in `/golden/eks/1.36/al2023/x86_64/image_id`; else what a tag of the
   * image tells, which is read by the guard and the preview: `kubernetes`, as the build of the EKS AMIs sets it,
   * `KubernetesVersion` or `kubernetes-version`
   */
  readonly kubernetesVersion?: eks.KubernetesVersion;

  /**
   * Processor architecture of the image.
   *
   * @default - what the name of the SSM parameter tells, else unknown until EC2 is asked
   */
  readonly architecture?: AmiArchitecture;
}
