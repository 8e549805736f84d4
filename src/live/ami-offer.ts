import { SSMClient } from '@aws-sdk/client-ssm';
import { readPublishedField } from './published-field';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { releaseIn } from '../engine/ami/release-in';
import { AmiOffer } from '../engine/state/region-catalog';

/**
 * What EKS publishes of an AMI type for a Kubernetes version.
 *
 * @throws AwsCallError
 */
export async function readAmiOffer(ssm: SSMClient, type: EksAmiType, kubernetesVersion: string): Promise<AmiOffer> {
  const parameter = await readPublishedField(ssm, type.releaseVersionParameter(kubernetesVersion));
  return parameter ? {
    kubernetesVersion,
    published: true,
    recommendedRelease: releaseIn(type, parameter.value)?.releaseVersion, // that AMIs are published is known all the same
    recommendedSince: parameter.modifiedAt,
  } : { kubernetesVersion, published: false };
}
