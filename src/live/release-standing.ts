import { SSMClient } from '@aws-sdk/client-ssm';
import { readPublishedField } from './published-field';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { imageIdParameterOfRelease } from '../engine/ami/release-image';
import { ReleaseName, ReleaseStanding } from '../engine/state/region-catalog';

/**
 * Whether AWS publishes a release in a Region.
 *
 * Amazon Linux by the name of its image, Bottlerocket by its version, with and without its build; of Windows the latest only. The
 * name of an image of Amazon Linux holds no patch version, so a wrong one is found where AWS tells the release version beside the
 * image, or recommends the release of that day.
 *
 * Outside of the commercial Regions, what is not found there is not known.
 *
 * @param recommended the release that AWS recommends, where it is known
 * @throws AwsCallError
 */
export async function readReleaseStanding(ssm: SSMClient, release: ReleaseName, recommended: string | undefined): Promise<ReleaseStanding> {
  const { amiType, kubernetesVersion, releaseVersion } = release;
  const type = EksAmiType._find(amiType);
  if (releaseVersion === recommended || !type?.isRelease(releaseVersion)) return { published: true, near: [] };
  const near = recommended === undefined ? [] : [recommended];
  const image = imageIdParameterOfRelease(type, kubernetesVersion, releaseVersion);
  if (image === undefined) return { near };

  const nameOf = (version: string) => withoutBuild(imageIdParameterOfRelease(type, kubernetesVersion, version)!, type, version);
  const isBottlerocket = type.family === AmiFamily.BOTTLEROCKET;
  const name = nameOf(releaseVersion);
  const told = await readPublishedField(ssm, name.replace(/image_id$/, isBottlerocket ? 'image_version' : 'release_version'));
  if (told?.value === releaseVersion) return { published: true, near: [told.value] };
  if (isBottlerocket && await readPublishedField(ssm, image)) return { published: true, near };
  if (told) return { published: false, near: [told.value] };
  if (recommended !== undefined && nameOf(recommended) === name) return { published: false, near };
  if (!isBottlerocket && await readPublishedField(ssm, image)) return { published: true, near };
  return isCommercial(await ssm.config.region()) ? { published: false, near } : { near };
}

/**
 * The same parameter by version alone, to which Bottlerocket promotes what it publishes by version and build: it tells another build
 * of the version.
 *
 * @see https://github.com/bottlerocket-os/bottlerocket/blob/develop/QUICKSTART-EKS.md#finding-an-ami
 */
function withoutBuild(image: string, type: EksAmiType, releaseVersion: string): string {
  const { osVersion } = type.parseRelease(releaseVersion);
  return osVersion === undefined ? image : image.replace(`/${releaseVersion}/`, `/${osVersion}/`);
}

/** Of GovCloud, China, the European Sovereign Cloud and the isolated Regions nobody has said that images are published by their names. */
function isCommercial(region: string): boolean {
  return !/^(us-gov|cn|eusc|(us|eu)-iso\w*)-/.test(region);
}
