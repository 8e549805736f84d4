import { EksAmiType } from './eks-ami-type';
import { AmiAccelerator, AmiArchitecture, AmiFamily } from './eks-ami-type-options';

/**
 * Name of the SSM public parameter that holds the image of one release, and not of whichever is recommended: image and release then
 * cannot come apart when one of them is looked up again.
 *
 * Amazon Linux publishes each image under the AMI's name, Bottlerocket under its version and build: under the version alone is whichever
 * build came last. Windows has parameters for the latest image only.
 *
 * @returns undefined for families that publish only the latest image, and for those that this library does not know
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://github.com/bottlerocket-os/bottlerocket/blob/91632ff5/tools/pubsys/policies/ssm/defaults.toml
 */
export function imageIdParameterOfRelease(amiType: EksAmiType, kubernetesVersion: string, releaseVersion: string): string | undefined {
  const recommended = amiType.imageIdParameter(kubernetesVersion);
  const { date } = amiType.parseRelease(releaseVersion);
  switch (amiType.family) {
    case AmiFamily.BOTTLEROCKET:
      return recommended?.replace('/latest/', `/${releaseVersion}/`);
    case AmiFamily.AMAZON_LINUX_2:
    case AmiFamily.AMAZON_LINUX_2023: {
      const day = (date ?? '').replace(/-/g, '');
      return recommended?.replace('/recommended/', `/${amiPrefix(amiType, day)}-${kubernetesVersion}-v${day}/`);
    }
    default:
      return undefined;
  }
}

/**
 * The first releases for NVIDIA devices told the version of the driver.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/81fec2e8/CHANGELOG.md
 */
const LAST_NVIDIA_560 = '20241016';

/** How the names of the AMIs of a type begin. */
function amiPrefix({ family, architecture, accelerator }: EksAmiType, day: string): string {
  if (family === AmiFamily.AMAZON_LINUX_2023) {
    const variant = accelerator === AmiAccelerator.NVIDIA && day <= LAST_NVIDIA_560 ? 'nvidia-560' : accelerator.toLowerCase();
    return `amazon-eks-node-al2023-${architecture}-${accelerator === AmiAccelerator.NONE ? 'standard' : variant}`;
  }
  const variant = accelerator === AmiAccelerator.NVIDIA ? 'gpu-' : architecture === AmiArchitecture.ARM_64 ? 'arm64-' : '';
  return `amazon-eks-${variant}node`;
}
