import { EksAmiType } from './eks-ami-type';
import { AmiFamily } from './eks-ami-type-options';
import { says } from './messages';
import { refusal } from '../messages/refusal';

const ALIASES: Partial<Record<AmiFamily, string>> = {
  [AmiFamily.AMAZON_LINUX_2]: 'al2',
  [AmiFamily.AMAZON_LINUX_2023]: 'al2023',
  [AmiFamily.BOTTLEROCKET]: 'bottlerocket',
};

/**
 * A release as `amiSelectorTerms` of Karpenter's `EC2NodeClass` name it, such as `al2023@v20260714` or `bottlerocket@v1.34.0`.
 *
 * The alias does not tell architecture and accelerator: Karpenter chooses the image of the release that fits each instance type.
 *
 * @param releaseVersion undefined where it is not known yet, in the first pass of a look-up
 * @throws for AMI types whose release no alias can name
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms
 * @see https://github.com/aws/karpenter-provider-aws/issues/6450
 * @see https://github.com/aws/karpenter-provider-aws/issues/8198
 */
export function karpenterAliasOf(amiType: EksAmiType, releaseVersion: string | undefined): string {
  const name = ALIASES[amiType.family];
  if (amiType.family === AmiFamily.WINDOWS) {
    throw refusal(says.noAliasOfRelease({ amiType }));
  }
  if (name === undefined || amiType.apiName.endsWith('_FIPS')) {
    throw refusal(says.noAlias({ amiType }));
  }
  const { date, osVersion } = releaseVersion === undefined ? {} : amiType.parseRelease(releaseVersion);
  return `${name}@v${osVersion ?? date?.replace(/-/g, '') ?? '0'}`;
}
