import { SSMClient } from '@aws-sdk/client-ssm';
import { readPublishedField } from './published-field';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiFamily } from '../engine/ami/eks-ami-type-options';
import { imageIdParameterOfRelease } from '../engine/ami/release-image';
import { ReleaseName, ReleaseStanding } from '../engine/state/region-catalog';

/**
 * Whether AWS publishes a release in a Region.
 *
 * Amazon Linux by the name of its image, Bottlerocket by its version; of Windows the latest only. The name of an image of Amazon
 * Linux holds no patch version, so a wrong one is found where AWS tells the release version beside the image, or recommends the
 * release of that day.
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

  const leaf = type.family === AmiFamily.BOTTLEROCKET ? 'image_version' : 'release_version';
  const told = await readPublishedField(ssm, image.replace(/image_id$/, leaf));
  if (told) return { published: told.value === releaseVersion, near: [told.value] };
  const isOfSameImage = recommended !== undefined && imageIdParameterOfRelease(type, kubernetesVersion, recommended) === image;
  if (isOfSameImage) return { published: false, near };
  if (await readPublishedField(ssm, image)) return { published: true, near };
  return isCommercial(await ssm.config.region()) ? { published: false, near } : { near };
}

/** Of GovCloud, China and the isolated Regions nobody has said that images are published by their names. */
function isCommercial(region: string): boolean {
  return !/^(us-gov|cn|(us|eu)-iso\w*)-/.test(region);
}
