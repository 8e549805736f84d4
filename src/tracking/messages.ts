import { messages } from '../engine/messages/message';

/** What is thrown: tracked versions. */
export const says = messages({
  addOnWithoutEnvironment: {
    text: [
      "the version of add-on {name} can be looked up only in a stack with account and region, and stack '{stackName}' has no",
      '{missing and no}',
    ],
    remedy: [
      "give the stack env: { account: '111122223333', region: 'us-west-2' }, or choose AddOnVersion.recommended() or",
      'AddOnVersion.pinned()',
    ],
  },
  versionOfClusterIsToken: {
    text: 'the version of add-on {name} cannot be tracked because the Kubernetes version of the cluster is a token',
    remedy: 'give a literal version, or choose AddOnVersion.recommended() or AddOnVersion.pinned()',
  },
  parameterIsToken: {
    text: 'the parameter name given to AmiTracking.fromParameter() is a token, which cannot be looked up',
    remedy: 'give a literal name',
  },
  releaseOfOtherVersion: {
    text: "pinned release '{releaseVersion}' carries Kubernetes {minor}, but the node group runs {kubernetesVersion}",
    remedy: 'pin a release of {kubernetesVersion}, or set kubernetesVersion to match',
  },
  notAtDeployment: {
    text: [
      'AmiTracking.recommendedAtDeployment() cannot serve AMI type {amiType}: its SSM parameter holds JSON, from which',
      'CloudFormation cannot take the release version',
    ],
    remedy: 'use AmiTracking.recommended() or AmiTracking.pinned()',
  },
  releaseOfToken: {
    text: 'the recommended release cannot be found because the {culprit} of the node group is a token',
    remedy: 'give a literal {culprit}, or name the release with AmiTracking.pinned() or AmiTracking.fromParameter()',
  },
  imageParameterIsToken: {
    text: 'the parameter name given to GoldenImage.fromParameter() is a token, which cannot be looked up',
    remedy: 'give a literal name',
  },
  notAnImage: {
    text: "'{imageId}' is not the ID of an image",
    remedy: 'write {form}',
  },
  declaredOtherwise: {
    text: '{option} is {declared}, but the name of the parameter says {named}',
    remedy: 'correct one of them',
  },
  notAParameter: {
    text: "'{parameterName}' is not the name of an SSM parameter",
    remedy: "use letters, digits and the characters . - _ / only, as in '{example}', with ':' before a label",
  },
  lookUpWithoutEnvironment: {
    text: "{what} can be looked up only in a stack with account and region, and stack '{stackName}' has no {missing and no}",
    remedy: "give the stack env: { account: '111122223333', region: 'us-west-2' }, or {otherwise}",
  },
  aliasAtDeployment: {
    text: 'the release is known only at deployment, and cannot be put into an alias',
    remedy: [
      'use AmiTracking.recommended(), AmiTracking.pinned() with a literal release or, with AmiTracking.recommendedAtDeployment(),',
      'select the image by its ID, as in amiSelectorTerms: [{ id: release.imageId }]',
    ],
  },
  imageUnknown: {
    text: "the image of release '{releaseVersion}' of AMI type {eksAmiType} cannot be looked up",
    remedy: 'use AmiTracking.recommended(), or an AMI type that publishes the image of each release',
  },
  imageAtDeployment: {
    text: 'the image of AMI type {eksAmiType} cannot be looked up because its {culprit} is known only at deployment',
    remedy: 'give a literal {culprit}',
  },
  amiTypeNotForVersion: {
    text: 'AMI type {amiType} does not exist for Kubernetes {kubernetesVersion}',
    remedy: 'choose another type, or another kubernetesVersion',
  },
});

/** Errors that are reported on constructs: tracked versions. */
export const errors = messages({
  'addOnVersionMissing': {
    text: 'the version of add-on {name} for Kubernetes {kubernetesVersion} is not in cdk.context.json yet',
    remedy: [
      'look it up with: npx cdk-eks-upgrades refresh --add-ons --only {scope} (or name "cdk-eks-upgrades/preview" as a plugin',
      'in cdk.json, which looks it up with the next command)',
    ],
  },
  'addOnVersionMalformed': {
    text: 'cdk.context.json holds {value} for add-on {name}, which is not { "version": "v1.20.0-eksbuild.1" }',
    remedy: [
      'drop the entry with: cdk context --reset "{contextKey}", then look it up again with: npx cdk-eks-upgrades refresh',
      '--add-ons --only {scope}',
    ],
  },
  'addOnVersionLookupFailed': {
    text: 'the version of add-on {name} for Kubernetes {kubernetesVersion} could not be looked up: {failure}',
    remedy: [
      'check name and Kubernetes version and that you may call eks:DescribeAddonVersions, then run the command again (nothing',
      'was cached), or name the version with AddOnVersion.pinned()',
    ],
  },
  'imageLookupFailed': {
    text: [
      "SSM parameter '{parameterName}' with the golden image could not be read in account {account}, region {region}:",
      '{failure}',
    ],
    remedy: [
      'check that your build publishes it there and that you may call ssm:GetParameter, then run the command again (nothing',
      'was cached), or name the image with GoldenImage.pinned()',
    ],
  },
  'imageLookupFailed:release': {
    text: [
      "SSM parameter '{parameterName}' with the image of the release could not be read in account {account}, region {region}:",
      '{failure}',
    ],
    remedy: [
      'check that you may call ssm:GetParameter, then run the command again (nothing was cached), or choose a release that AWS',
      'publishes there',
    ],
  },
  'imageMalformed': {
    text: "SSM parameter '{parameterName}' holds '{value}', which is not the ID of an image ({form})",
    remedy: 'correct the parameter, then refresh the look-up with: cdk context --reset "{contextKey}"',
  },
  'releaseLookupFailed': {
    text: [
      "SSM parameter '{parameterName}'{amiType? for AMI type #}{kubernetesVersion? and Kubernetes #} could not be read in",
      'account {account}, region {region}: {failure}',
    ],
    remedy: [
      'check that AWS publishes it there and that you may call ssm:GetParameter, then run the command again (nothing was',
      'cached), or name the release with AmiTracking.pinned()',
    ],
  },
  'releaseLookupFailed:own': {
    text: [
      "SSM parameter '{parameterName}'{amiType? for AMI type #}{kubernetesVersion? and Kubernetes #} could not be read in",
      'account {account}, region {region}: {failure}',
    ],
    remedy: [
      'check its name, that it exists there and that you may call ssm:GetParameter, then run the command again (nothing was',
      'cached), or name the release with AmiTracking.pinned()',
    ],
  },
  'releaseOfOtherMinor': {
    text: [
      "SSM parameter '{parameterName}' holds '{value}', a release of Kubernetes {minor}, but the node group runs",
      '{kubernetesVersion}',
    ],
    remedy: [
      'refresh the look-up with: cdk context --reset "{contextKey}" (after correcting the parameter, if it is your own), or',
      'name the release with AmiTracking.pinned()',
    ],
  },
  'releaseMalformed': {
    text: "SSM parameter '{parameterName}' holds '{value}': {why}",
    remedy: [
      'refresh the look-up with: cdk context --reset "{contextKey}" (after correcting the parameter, if it is your own), or',
      'name the release with AmiTracking.pinned()',
    ],
  },
});

/** Warnings on constructs: tracked versions. */
export const warnings = messages({
  addOnConfiguration: {
    text: 'EKS would refuse the configuration of add-on {name} with {version}: {objections;}',
    remedy: "correct it; 'aws eks describe-addon-configuration --addon-name {name} --addon-version {version}' shows what is allowed",
  },
});

/** Notes on constructs: tracked versions. */
export const notes = messages({
  'addOnConfigurationUnread': {
    text: 'the configuration of add-on {name} was not checked against {version}: {failure}',
    remedy: 'grant eks:DescribeAddonConfiguration to have it checked',
  },
  'addOnConfigurationUnread:malformed': {
    text: 'the configuration of add-on {name} was not checked against {version}: cdk.context.json holds {value} for it',
    remedy: 'drop it with: cdk context --reset "{key}"',
  },
});
