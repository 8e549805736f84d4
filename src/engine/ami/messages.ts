import { messages } from '../messages/message';

/** What is thrown: AMIs. */
export const says = messages({
  notARelease: {
    text: "'{releaseVersion}' is not a release version of {amiType}",
    remedy: 'write {form}',
  },
  differentKinds: {
    text: "'{one}' and '{other}' are releases of different kinds of AMI and have no order",
    remedy: 'compare releases of the same AMI type',
  },
  customAmi: {
    text: "AMI type 'CUSTOM' has no releases",
    remedy: [
      'EKS takes the image from your launch template, so track it with goldenImage: GoldenImage.fromParameter() or',
      'GoldenImage.pinned()',
    ],
  },
  unknownAmiType: {
    text: "'{apiName}' is not a known EKS AMI type",
    remedy: 'use one of {known}, or describe a newer one with EksAmiType.of()',
  },
  amazonLinuxRelease: {
    text: "'{releaseVersion}' looks like a release of Amazon Linux, but {amiType} is Bottlerocket",
    remedy: 'write {form}',
  },
  optionMissing: {
    text: 'the AMI type given to EksAmiType.of() has no {missing}',
    remedy: 'give {required and}',
  },
  parameterOfOneVersion: {
    text: "'{name}' cannot serve every Kubernetes version",
    remedy: "start the parameter name with '/' and write {placeholder} where the version stands",
  },
  noAliasOfRelease: {
    text: 'AMI type {amiType} has no alias that pins a release: Karpenter knows windows…@latest only',
    remedy: 'select the image by its ID, as in amiSelectorTerms: [{ id: release.imageId }]',
  },
  noAlias: {
    text: 'AMI type {amiType} has no alias in Karpenter',
    remedy: 'select the image by its ID, as in amiSelectorTerms: [{ id: release.imageId }]',
  },
});
