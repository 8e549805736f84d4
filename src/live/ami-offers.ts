import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { attempt } from './attempt';
import { AwsCallError } from './aws-call-error';
import { EksAmiType } from '../ami/eks-ami-type';
import { Known, known, notKnown } from '../upgrade/known';
import { AmiOffer } from '../upgrade/region-catalog';

/** What EKS publishes of an AMI type for some Kubernetes versions; of custom AMIs, nothing. */
export async function readAmiOffers(ssm: SSMClient, amiType: string, kubernetesVersions: readonly string[]): Promise<Known<AmiOffer[]>> {
  if (amiType === 'CUSTOM') return known([]);
  const type = EksAmiType._find(amiType);
  return type
    ? attempt(async () => Promise.all(kubernetesVersions.map(async (version) => readAmiOffer(ssm, type, version))))
    : notKnown(`the AMI type ${amiType} is newer than this version of cdk-eks-upgrades`);
}

async function readAmiOffer(ssm: SSMClient, type: EksAmiType, kubernetesVersion: string): Promise<AmiOffer> {
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
