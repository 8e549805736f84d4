import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AwsCallError } from './aws-call-error';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { AmiOffer } from '../engine/state/region-catalog';

/**
 * What EKS publishes of an AMI type for a Kubernetes version.
 *
 * @throws AwsCallError
 */
export async function readAmiOffer(ssm: SSMClient, type: EksAmiType, kubernetesVersion: string): Promise<AmiOffer> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: type.releaseVersionParameter(kubernetesVersion) }));
    return {
      kubernetesVersion,
      published: true,
      recommendedRelease: releaseIn(type, Parameter?.Value),
      recommendedSince: Parameter?.LastModifiedDate?.toISOString(),
    };
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ParameterNotFound') return { kubernetesVersion, published: false };
    throw error;
  }
}

/** Undefined when the value is no release version of the type: that AMIs are published is known all the same. */
function releaseIn(type: EksAmiType, value = ''): string | undefined {
  try {
    return type.releaseFromParameterValue(value).releaseVersion;
  } catch {
    return undefined;
  }
}
