import { messages } from '../messages/message';

/** What is thrown: upgrade paths. */
export const says = messages({
  noPath: {
    text: '{file} holds no upgrade path',
    remedy: "restore it from version control, or remove it, then write one with 'cdk-eks-upgrades plan --to <version> --write'",
  },
  stepOfNone: {
    text: "the context pins step {step} under '{key}', which is none of {file}",
    remedy: [
      'restore both files from version control, or drop the pin with: cdk context --reset "{key}", then write the path anew',
      "with 'cdk-eks-upgrades plan --to <version> --write'",
    ],
  },
  pathIncomplete: {
    text: '{file} holds a path without cluster, account, region, appVersion or steps',
    remedy: 'restore it from version control',
  },
  stepMalformed: {
    text: '{file}, step {index} of {cluster}: {part} is {value}',
    remedy: 'write {wanted}',
  },
  pathTwice: {
    text: '{file} holds two paths of {cluster} in {account}/{region}',
    remedy: 'remove the one that does not count any more',
  },
  controlPlaneLeaps: {
    text: [
      '{file}, step {index} of {cluster}: the control plane goes from {before} to {version}, but EKS moves it up one minor at',
      'a time',
    ],
    remedy: 'give each minor a step',
  },
  nodesAhead: {
    text: "{file}, step {index} of {cluster}: the nodes of {nodeGroup} are at {nodes}, newer than the control plane's {version}",
    remedy: 'hold them at {version} or older',
  },
  nodesTooFarBehind: {
    text: [
      "{file}, step {index} of {cluster}: the nodes of {nodeGroup} are at {nodes}, too far behind the control plane's",
      '{version} for the kubelet skew',
    ],
    remedy: 'remove their line from nodesHeldAt in this step, so that they roll',
  },
  nodesGoBack: {
    text: '{file}, step {index} of {cluster}: the nodes of {nodeGroup} go back from {earlier} to {nodes}',
    remedy: 'remove their line from nodesHeldAt in this step, too',
  },
  rollsBackOneMinor: {
    text: 'EKS rolls back one minor at most, so there is no way from {current} to {target}',
    remedy: 'choose {nearest}',
  },
});

/** What a plan leaves open. */
export const leavesOpen = messages({
  nodeGroupsUnread: {
    text: 'the node groups could not be read: {why}',
    remedy: '',
  },
  noWayBackForNodeGroup: {
    text: 'node group {nodeGroup} has to be deleted before the rollback: EKS publishes no {amiType} AMI for Kubernetes {version}',
    remedy: '',
  },
  amisNotKnown: {
    text: 'whether EKS publishes {amiType} AMIs for Kubernetes {version} is not known: {why}',
    remedy: '',
  },
  addOnsUnread: {
    text: 'the add-ons could not be read: {why}',
    remedy: '',
  },
  noVersionToFollowFrom: {
    text: 'EKS offers no version of {addOn} for Kubernetes {version} from which it can follow to {next}',
    remedy: '',
  },
  noVersionForBoth: {
    text: 'EKS offers no version of {addOn} for both Kubernetes {version} and {older}, so it can only follow the control plane',
    remedy: '',
  },
  noWay: {
    text: 'EKS offers no way for {addOn} from {from} to a version for Kubernetes {version}',
    remedy: '',
  },
  noWayToPin: {
    text: 'EKS offers no way for {addOn} from {from} to {pinned} minor by minor',
    remedy: '',
  },
  versionNotSent: {
    text: 'the deployed template names {deployed} already, so CloudFormation sends no version, but the cluster runs {live}',
    remedy: "move it with 'aws eks update-cluster-version --name {cluster} --kubernetes-version {next}{region? --region #}' before "
      + 'the deployment{further?, then on to #, minor by minor}',
  },
  versionBehind: {
    text: 'the cluster runs {live}, but the app still names {named}, so that its nodes go no further',
    remedy: 'set the version in the app to {live}, then plan again',
  },
  nodeGroupNotSent: {
    text: 'the deployed template gives {nodeGroup} {wanted} already, so CloudFormation sends nothing, but its nodes run {live}',
    remedy: "roll it with 'aws eks update-nodegroup-version --cluster-name {cluster} --nodegroup-name {nodeGroup} --kubernetes-version "
      + "{version}{release? --release-version #}{region? --region #}' before the deployment, or give it another release in the app",
  },
  nodeGroupAhead: {
    text: 'the deployed template gives {nodeGroup} {wanted}, as does the app, but its nodes run the newer {live}',
    remedy: 'name {live} or newer in the app, so that no later deployment takes them back',
  },
  nodeGroupStays: {
    text: 'the template gives {nodeGroup} no version, so no deployment moves its nodes from {live} to {version}',
    remedy: "give it a version in the app (docs/adopt.md), or roll it with 'aws eks update-nodegroup-version --cluster-name {cluster} "
      + "--nodegroup-name {nodeGroup} --kubernetes-version {version}{region? --region #}'",
  },
  imageNotSent: {
    text: 'the deployed template gives {nodeGroup} {wanted} already, so CloudFormation sends nothing, but its nodes run {live}',
    remedy: 'roll it to the version of its launch template that names {wanted} before the deployment, with '
      + "'aws eks update-nodegroup-version --cluster-name {cluster} --nodegroup-name {nodeGroup} --launch-template "
      + "id={launchTemplate},version=<version>{region? --region #}', or give it another image in the app",
  },
  pinNotSent: {
    text: 'the deployed template gives {addOn} {pinned} already, so CloudFormation sends nothing, but {live} is installed',
    remedy: "move it with 'aws eks update-addon --cluster-name {cluster} --addon-name {addOn} --addon-version {next}{region? --region #}' "
      + 'before the deployment{further?, then on to #, minor by minor}, or pin another version',
  },
  pinAhead: {
    text: 'the deployed template gives {addOn} {pinned}, as does the app, but the newer {live} is installed',
    remedy: 'pin {live} or newer, so that no later deployment takes it back',
  },
  versionsNotKnown: {
    text: 'the versions of {addOn} for Kubernetes {version} are not known: {why}',
    remedy: '',
  },
});
