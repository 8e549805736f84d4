import { AmiAccelerator, AmiArchitecture, AmiFamily, EksAmiTypeOptions } from './eks-ami-type-options';
import { ReleaseVersionScheme } from './release-version-scheme';

/*
 * Where each family of EKS AMIs publishes its recommended release.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html
 */

/** Stands for the Kubernetes minor in the names of SSM parameters. */
export const VERSION_PLACEHOLDER = '{kubernetesVersion}';

/** Amazon Linux 2023: one folder for each architecture and variant. */
export function amazonLinux2023(apiName: string, architecture: AmiArchitecture, accelerator = AmiAccelerator.NONE): EksAmiTypeOptions {
  const variant = accelerator === AmiAccelerator.NONE ? 'standard' : accelerator.toLowerCase();
  const folder = `/aws/service/eks/optimized-ami/${VERSION_PLACEHOLDER}/amazon-linux-2023/${architecture}/${variant}/recommended`;
  return {
    apiName,
    architecture,
    accelerator,
    family: AmiFamily.AMAZON_LINUX_2023,
    releaseVersionScheme: ReleaseVersionScheme.AMAZON_LINUX,
    releaseVersionParameter: `${folder}/release_version`,
    imageIdParameter: `${folder}/image_id`,
  };
}

/** Amazon Linux 2: architecture and variant stand in the folder's name. */
export function amazonLinux2(
  apiName: string, architecture: AmiArchitecture, name: string, accelerator = AmiAccelerator.NONE,
): EksAmiTypeOptions {
  const folder = `/aws/service/eks/optimized-ami/${VERSION_PLACEHOLDER}/${name}/recommended`;
  return {
    apiName,
    architecture,
    accelerator,
    family: AmiFamily.AMAZON_LINUX_2,
    lastKubernetesVersion: '1.32',
    releaseVersionScheme: ReleaseVersionScheme.AMAZON_LINUX,
    releaseVersionParameter: `${folder}/release_version`,
    imageIdParameter: `${folder}/image_id`,
  };
}

/** Bottlerocket: the variant stands in the type's name: `BOTTLEROCKET_<architecture>[_NVIDIA][_FIPS]`. */
export function bottlerocket(apiName: string): EksAmiTypeOptions {
  const architecture = apiName.includes('_ARM_64') ? AmiArchitecture.ARM_64 : AmiArchitecture.X86_64;
  const nvidia = apiName.includes('_NVIDIA');
  const fips = apiName.endsWith('_FIPS');
  const variant = `aws-k8s-${VERSION_PLACEHOLDER}${nvidia ? '-nvidia' : ''}${fips ? '-fips' : ''}`;
  const folder = `/aws/service/bottlerocket/${variant}/${architecture}/latest`;
  return {
    apiName,
    architecture,
    accelerator: nvidia ? AmiAccelerator.NVIDIA : AmiAccelerator.NONE,
    family: AmiFamily.BOTTLEROCKET,
    firstKubernetesVersion: fips ? '1.29' : undefined,
    releaseVersionScheme: ReleaseVersionScheme.BOTTLEROCKET,
    releaseVersionParameter: `${folder}/image_version`,
    imageIdParameter: `${folder}/image_id`,
  };
}

/** Windows: edition and year stand in the type's name: `WINDOWS_<CORE|FULL>_<year>_x86_64`. */
export function windows(apiName: string, firstKubernetesVersion?: string): EksAmiTypeOptions {
  const [, edition, year] = apiName.split('_');
  const name = `Windows_Server-${year}-English-${edition === 'CORE' ? 'Core' : 'Full'}-EKS_Optimized-${VERSION_PLACEHOLDER}`;
  const parameter = `/aws/service/ami-windows-latest/${name}`;
  return {
    apiName,
    architecture: AmiArchitecture.X86_64,
    family: AmiFamily.WINDOWS,
    firstKubernetesVersion,
    releaseVersionScheme: ReleaseVersionScheme.WINDOWS,
    releaseVersionField: 'release_version',
    releaseVersionParameter: parameter,
    imageIdParameter: `${parameter}/image_id`,
  };
}
