import { messages } from '../engine/messages/message';
import { RETRY } from '../engine/messages/retry';

/** With what a run of the command line ends: it was used wrongly, or something could not be read or written. */
export const says = messages({
  noApp: {
    text: 'there is no CDK app in {folder}',
    remedy: 'run the command where cdk.json is, or give --app{goesWithoutApp?, or --without-app}',
  },
  noAssembly: {
    text: "'{app}' holds no cloud assembly",
    remedy: "give the folder that 'cdk synth' writes to, such as cdk.out, or the command that runs the app",
  },
  appOfOtherFolder: {
    text: "'{app}' is the cloud assembly of an app in another folder, which would not read what is written here",
    remedy: 'run the command in {folder}',
  },
  noStack: {
    text: "there is no stack '{pattern}' in the app",
    remedy: 'it has {stacks}',
  },
  cdkMissing: {
    text: 'the CDK CLI cannot be started ({why})',
    remedy: [
      'install it with \'npm install --save-dev "aws-cdk@^2.1148.1"\', or give an app that is synthesised already, such as',
      '--app cdk.out',
    ],
  },
  notSynthesised: {
    text: "the app could not be synthesised: 'cdk synth' ended with {exitCode}\n{output}",
    remedy: '',
  },
  otherCdk: {
    text: 'another CDK CLI, or another of these commands, is using {output}',
    remedy: 'wait until it has ended, or synthesise once and give --app {output} to each command',
  },
  noFolder: {
    text: 'the working folder could not be read: {why}',
    remedy: 'it was deleted or moved; change to the folder of the app',
  },
  nameEmpty: {
    text: 'a name is empty',
    remedy: 'give one, or leave it out for all',
  },
  assemblyUnreadable: {
    text: 'the cloud assembly in {folder} could not be read: {why}',
    remedy: 'synthesise it again',
  },
  cdkJsonUnreadable: {
    text: '{file} could not be read: {why}',
    remedy: 'correct it, or restore it from version control',
  },
  contextUnreadable: {
    text: '{file} could not be read: {why}',
    remedy: 'restore it from version control',
  },
  contextNotWritten: {
    text: '{file} could not be written: {why}',
    remedy: 'it is unchanged',
  },
  pathUnreadable: {
    text: '{file} could not be read: {why}',
    remedy: '',
  },
  pathNotWritten: {
    text: '{file} could not be written: {why}',
    remedy: '',
  },
  markdownNotWritten: {
    text: '{file} could not be written: {why}',
    remedy: 'nothing has moved in {context}',
  },
  outputNotWritten: {
    text: 'the output could not be written: {why}',
    remedy: '',
  },
  noObject: {
    text: 'it holds {found} instead of an object',
    remedy: '',
  },
  clusterOfApp: {
    text: '--cluster and --region are for clusters that are not in an app',
    remedy: 'give --without-app as well, or name stacks instead',
  },
  stacksWithoutApp: {
    text: 'stacks and --app are of an app',
    remedy: 'leave them out, or leave --without-app out',
  },
  noCluster: {
    text: '--without-app needs the names of clusters',
    remedy: 'give --cluster <name>',
  },
  clusterEmpty: {
    text: '--cluster is empty',
    remedy: "give the name of a cluster in EKS, as 'aws eks list-clusters' shows it",
  },
  regionEmpty: {
    text: '--region is empty',
    remedy: 'give a Region such as us-west-2, or leave it out for the Region of the environment',
  },
  noRegion: {
    text: 'neither --region nor the environment nor the profile names a Region',
    remedy: 'give --region with a Region such as us-west-2, or set AWS_REGION',
  },
  kubeconfigOfSeveral: {
    text: '--kubeconfig and --context are of one cluster, and there are {clusters}',
    remedy: 'name its stack, or leave them out',
  },
  noNodeGroup: {
    text: "{clusters: cluster|clusters} {clusters and} {clusters: has|have} no node group '{nodeGroup}'",
    remedy: '{clusters: it has|they have} {nodeGroups}',
  },
  nothingLookedUp: {
    text: [
      "--only '{pattern}' is neither a stack, a node group, an AMI type, a cluster nor an add-on with something looked up",
    ],
    remedy: 'there are {lookUps}',
  },
  notWithStep: {
    text: '{option} is about releases and add-ons',
    remedy: 'run refresh with it, and refresh --step, one after the other',
  },
  writeWithoutTo: {
    text: '--write needs --to, the version to go to, and an app that follows the way',
    remedy: '',
  },
  notWhole: {
    text: 'give a whole number from 1 to 999',
    remedy: '',
  },
  noDuration: {
    text: "write a number and 'h', 'd' or 'w', such as 7d",
    remedy: '',
  },
});

/** Why something looked up, or a step of a path, stays where it is. */
export const stays = messages({
  setInCdkJson: {
    text: 'its value is set in cdk.json, which wins over cdk.context.json',
    remedy: 'remove it there',
  },
  notPublished: {
    text: 'AWS does not publish it (any more)',
    remedy: '',
  },
  imageNotPublished: {
    text: 'AWS does not publish its image {parameter} (any more)',
    remedy: '',
  },
  imageOfOtherRelease: {
    text: 'its image in cdk.context.json, {image}, is that of release {published}',
    remedy: "take that release, too, with 'cdk-eks-upgrades refresh {options}'",
  },
  notARelease: {
    text: "'{value}' is not a release version of {amiType}",
    remedy: '',
  },
  releaseOfOtherMinor: {
    text: "'{release}' is a release of Kubernetes {version}, the node groups run {nodes}",
    remedy: '',
  },
  noParameter: {
    text: 'its parameter does not exist (any more)',
    remedy: '',
  },
  notAnImage: {
    text: "'{value}', which its parameter holds, is not the ID of an image",
    remedy: '',
  },
  imageGone: {
    text: '{image}, which its parameter holds, is deregistered or not shared with this account',
    remedy: '',
  },
  imageNotAvailable: {
    text: '{image}, which its parameter holds, is {state}',
    remedy: '',
  },
  imageDeprecated: {
    text: '{image}, which its parameter holds, is deprecated since {since}',
    remedy: '',
  },
  imageOfOtherMinor: {
    text: '{image}, which its parameter holds, has Kubernetes {version} by its tags, the app says {wanted}',
    remedy: '',
  },
  imageOfOtherArchitecture: {
    text: '{image}, which its parameter holds, is for {architecture}, the one in use for {used}',
    remedy: '',
  },
  configurationRefused: {
    text: 'EKS would refuse its configuration for {version}: {objections;}',
    remedy: [
      "correct it; 'aws eks describe-addon-configuration --addon-name {name} --addon-version {version}' shows what is",
      'allowed',
    ],
  },
  beyondPath: {
    text: 'it runs {version}, beyond the last step',
    remedy: 'set that version in the app, without a path',
  },
  beforePath: {
    text: 'it runs {version}, older than where the path begins',
    remedy: "write the path anew with 'cdk-eks-upgrades plan --to <version> --write'",
  },
  noPath: {
    text: '{file} holds no path of it',
    remedy: "write one with 'cdk-eks-upgrades plan --to <version> --write'",
  },
  pathOfOtherVersion: {
    text: 'its path was written while the app named {written}; it names {named} now',
    remedy: 'remove upgradePath from the app, or write a new path',
  },
  notCreated: {
    text: 'it does not exist yet',
    remedy: 'its first deployment creates it',
  },
});

/** What a step of a path waits for, beside what is still to be deployed. */
export const waitsFor = messages({
  controlPlane: {
    text: 'the control plane is still being updated ({status})',
    remedy: '',
  },
  nodeGroup: {
    text: 'node group {nodeGroup} is still being changed ({status})',
    remedy: '',
  },
  failedDeployment: {
    text: 'the step is not deployed: its last deployment failed (stack {stack} is in {status})',
    remedy: '',
  },
  deployment: {
    text: 'the step is still being deployed (stack {stack} is in {status})',
    remedy: '',
  },
  template: {
    text: 'the step is not deployed: the template of stack {stack} names {deployed}',
    remedy: '',
  },
  rollback: {
    text: 'the context rolls the cluster back to {to}',
    remedy: "when that is done, or not wanted any more, end it with 'cdk-eks-upgrades rollback --end'",
  },
});

/** Why a cluster cannot be read, go back, or get a path. */
export const cannot = messages({
  findCluster: {
    text: 'there is no such cluster',
    remedy: '',
  },
  goBackByContext: {
    text: [
      'only an UpgradableCluster in a stack with account and region, and with a literal version, goes back by context',
    ],
    remedy: 'change its version by hand',
  },
  goBackUp: {
    text: 'it runs {version}, and {to} is not older',
    remedy: '',
  },
  goBackFromOther: {
    text: 'the app names {named}, and the cluster runs {version}',
    remedy: 'set the version in the app to {version}, then run this again',
  },
  goBackFromStep: {
    text: 'the step of its upgrade path names {named}, and the cluster runs {version}',
    remedy: "restore '{key}' in cdk.context.json to a step with {version}, then run this again",
  },
  goBackUnsent: {
    text: 'the deployed template names {to} already, so CloudFormation sends no version, but the cluster runs {version}',
    remedy: [
      'take it back yourself: {commands, then}{isInOrder?, each once EKS has ended what comes before}; let the app name {to}',
      'afterwards',
    ],
  },
  goBackByHandFirst: {
    text: 'the context does not do what has to go back first: {steps and}',
    remedy: [
      'it takes back managed add-ons, and node groups with AMIs of EKS that the UpgradableCluster makes: take back the others',
      'where they are made, then run this again',
    ],
  },
  takeBackByContext: {
    text: 'the context does not do this: {steps and}',
    remedy: 'do it where it is made, before the control plane goes back',
  },
  tellMinorOfNodes: {
    text: 'nobody tells of which minor the nodes of {groups: node group|node groups} {groups and} are',
    remedy: 'if it is newer than {to}, exchange their image before the control plane goes back',
  },
  followPath: {
    text: [
      'only an UpgradableCluster in a stack with account and region, and with a literal version, follows a path',
    ],
    remedy: 'change its version by hand, deployment by deployment',
  },
  followOtherFile: {
    text: 'the app follows {followed}, and would ignore a path in {file}',
    remedy: "leave --path-file out, or give the cluster UpgradePath.fromFile('{file}') first",
  },
  pathDown: {
    text: 'an upgrade path only goes up',
    remedy: "to go back, use 'cdk-eks-upgrades rollback'",
  },
  pathNotOffered: {
    text: 'EKS does not offer Kubernetes {versions and} here',
    remedy: 'go to a version that it offers, or wait until it does',
  },
  pathWithoutPlan: {
    text: 'there is no plan of it, see above',
    remedy: '',
  },
  pathUnread: {
    text: '{gaps;}',
    remedy: RETRY,
  },
  pathOfNone: {
    text: 'there is no cluster to write a path for',
    remedy: '',
  },
});

/** What to run by hand where no deployment takes a cluster back, one after the other. */
export const byHand = messages({
  nodeGroup: {
    text: "'aws eks update-nodegroup-version --cluster-name {cluster} --nodegroup-name {nodeGroup} --kubernetes-version {version}"
      + "{release? --release-version #}{region? --region #}'",
    remedy: '',
  },
  addOn: {
    text: "'aws eks update-addon --cluster-name {cluster} --addon-name {addOn} --addon-version {version}{region? --region #}'",
    remedy: '',
  },
  controlPlane: {
    text: "'aws eks update-cluster-version --name {cluster} --kubernetes-version {version}{region? --region #}'",
    remedy: '',
  },
});

/** What there is to choose from, where that may be nothing. */
export function orNone(choices: readonly string[]): readonly string[] {
  return choices.length > 0 ? choices : ['none'];
}
