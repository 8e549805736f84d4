import { VERSION_BY_TEXT } from '../diagnostics/messages';
import { messages } from '../engine/messages/message';

/** What is thrown: node groups. */
export const says = messages({
  twoAmiTypes: {
    text: 'both amiType ({amiType}) and eksAmiType ({eksAmiType}) are given',
    remedy: 'give one of them',
  },
  imageInLaunchTemplate: {
    text: [
      'the launch template names an image of its own, for which EKS accepts neither AMI type, Kubernetes version nor release',
      'version',
    ],
    remedy: [
      'track the image with goldenImage: GoldenImage.fromParameter() or GoldenImage.pinned(), or leave it out of the launch',
      "template so that EKS chooses one, or keep this an eks.Nodegroup with the ID '{id}' in the scope '{scope}', where its",
      'logical ID stays the same',
    ],
  },
  mixedArchitectures: {
    text: 'instanceTypes mix architectures: {instanceTypes}',
    remedy: 'make one node group for each architecture',
  },
  amiTypeNotForVersion: {
    text: 'AMI type {amiType} does not exist for Kubernetes {kubernetesVersion}, only {bounds}',
    remedy: [
      'choose another type (a changed type replaces the node group, so move the workload to a new group first), or another',
      'kubernetesVersion',
    ],
  },
  otherArchitecture: {
    text: 'AMI type {amiType} is for {architecture}, but instance type {instanceType} is {architectureOfInstance}',
    remedy: 'give an AMI type for {architectureOfInstance} or other instance types',
  },
  noWindowsOnInstance: {
    text: 'instance type {instanceType} does not run Windows nodes',
    remedy: 'give another one (C3, C4, D2, I2, M4 but m4.16xlarge, M6a and R3 do not)',
  },
  instanceTypesUnknown: {
    text: 'the AMI type cannot be told from instance types that are tokens',
    remedy: 'give amiType or eksAmiType',
  },
  mixedDrivers: {
    text: 'instanceTypes need different drivers: {instanceTypes}',
    remedy: 'give amiType or eksAmiType, or make one node group for each accelerator',
  },
  noAmiTypeFits: {
    text: 'no Amazon Linux 2023 AMI type fits {instanceType}',
    remedy: 'give amiType or eksAmiType',
  },
  diskSize: {
    text: 'diskSize is {diskSize}, which EKS does not take with a launch template',
    remedy: 'give {isOwn: the launch template blockDevices|nodeLaunch.blockDevices}',
  },
  remoteAccess: {
    text: 'remoteAccess is given, which EKS does not take with a launch template',
    remedy: 'give {isOwn: the launch template keyPair and securityGroup|nodeLaunch.keyPair and nodeLaunch.securityGroups}',
  },
  prohibitedInTemplate: {
    text: 'the launch template has {setting}, with which EKS refuses it for a managed node group',
    remedy: '{instead}',
  },
  twoInstanceTypes: {
    text: 'the node group has instanceTypes ({instanceTypes}), and its launch template {instanceType}: EKS takes only one of them',
    remedy: 'leave instanceType out of the launch template',
  },
  userDataNotMultipart: {
    text: [
      "the user data of the launch template begins with '{firstLine}', but EKS merges it with its own, and for Amazon Linux takes",
      'only a MIME multi-part archive',
    ],
    remedy: 'make it with ec2.MultipartUserData, and add what you have by addUserDataPart()',
  },
  userDataNotToml: {
    text: [
      "the user data of the launch template begins with '{firstLine}', but EKS merges it with its own, and for Bottlerocket takes",
      'only TOML',
    ],
    remedy: "give settings, as in ec2.UserData.custom('settings.kubernetes.max-pods = 58')",
  },
  twoLaunchTemplates: {
    text: 'both launchTemplateSpec and nodeLaunch are given',
    remedy: [
      'nodeLaunch is for the launch template that the construct makes, so say it in your own one, or leave launchTemplateSpec',
      'out',
    ],
  },
  versionOfImage: {
    text: 'kubernetesVersion is {wanted}, but the golden image has {ofImage}',
    remedy: 'nodes run what is in their image, so leave kubernetesVersion out, or choose an image of {wanted}',
  },
  besideGoldenImage: {
    text: 'both goldenImage and {prop} ({value}) are given',
    remedy: 'EKS accepts neither AMI type nor release with an image of your own, so leave {prop} out',
  },
  imageOfOtherArchitecture: {
    text: 'the golden image is for {architecture}, but instance type {instanceType} is {architectureOfInstance}',
    remedy: 'give an image for {architectureOfInstance}, or other instance types',
  },
  noWindowsImageOnInstance: {
    text: 'instance type {instanceType} does not run Windows nodes',
    remedy: 'give another one',
  },
  unknownFamily: {
    text: 'how nodes of family {family} join a cluster is not known',
    remedy: 'give a launch template with their user data as launchTemplateSpec',
  },
  optionOfOtherFamily: {
    text: 'nodeLaunch.{option} is for {families and}, but the golden image is {family}',
    remedy: '{instead}',
  },
  notARange: {
    text: "nodeLaunch.serviceCidr is '{serviceCidr}', which is not a range of addresses",
    remedy: "write it as in '172.20.0.0/16'",
  },
  fixedTemplateVersion: {
    text: 'launchTemplateSpec.version is {version}, so that a new image would never reach the nodes',
    remedy: [
      'give the latest version of the launch template, as in launchTemplateSpec:',
      '{ id: template.launchTemplateId!, version: template.latestVersionNumber }',
    ],
  },
  twoImages: {
    text: "launch template '{template}' has the image {imageId} of node group '{nodeGroup}'",
    remedy: 'give each golden image a launch template of its own',
  },
  nodeLaunchWithoutImage: {
    text: 'nodeLaunch is given, but no goldenImage',
    remedy: 'EKS itself launches nodes with its own AMIs, so leave nodeLaunch out, or give a launchTemplateSpec',
  },
  twoReleases: {
    text: "both releaseVersion ('{releaseVersion}') and amiTracking ({mode}) are given",
    remedy: 'give one of them; releaseVersion is short for AmiTracking.pinned()',
  },
  repairOff: {
    text: 'nodeRepair is given, but enableNodeAutoRepair is false',
    remedy: 'leave one of them out',
  },
  noRepairOfWindows: {
    text: '{isNodeRepair: nodeRepair|enableNodeAutoRepair} is given for Windows nodes ({amiType}), which EKS does not repair',
    remedy: 'leave it out',
  },
  upgradeAfterImported: {
    text: "upgradeAfter holds '{imported}', which is imported and for which CloudFormation cannot wait",
    remedy: 'give what this app defines',
  },
  sharesTemplateWithImage: {
    text: "node group '{nodeGroup}' shares launch template '{template}' with '{other}', which sets a golden image in it",
    remedy: 'give it the same goldenImage, or a launch template of its own',
  },
  versionMissing: {
    text: 'kubernetesVersion is missing',
    remedy: ['an imported cluster does not tell its version, so give the version that its nodes shall run;', VERSION_BY_TEXT],
  },
  noReleaseInStep: {
    text: [
      'node group {nodeGroup} runs {kubernetesVersion} in the step of the upgrade path, but neither the step nor the app pins a release',
      'of that minor for it',
    ],
    remedy: 'give {nodeGroup} a release of {kubernetesVersion} in releases of the step, and of the later steps with that minor',
  },
  clusterOfAwsEks: {
    text: "cluster '{cluster}' is made with the older aws-eks, whose node groups need more than this class does",
    remedy: [
      "give upgrades.cluster of ClusterUpgrades.ofAwsEks(this, 'Upgrades', { cluster }), or call its addManagedNodeGroup(),",
      'which keeps the construct path of addNodegroupCapacity() and the mapping in aws-auth',
    ],
  },
  newerThanCluster: {
    text: "{prop} is {nodes}, newer than the cluster's {controlPlane}",
    remedy: 'nodes never lead their control plane, so give {controlPlane} or older, and upgrade the cluster first',
  },
  tooFarBehindCluster: {
    text: "{prop} is {nodes}, more than {skew} minors behind the cluster's {controlPlane}",
    remedy: 'give at least {oldest}',
  },
  clusterSecurityGroupUnknown: {
    text: [
      'nodeLaunch.securityGroups is given, but the cluster is imported without its security group, which EKS does not add to',
      'others',
    ],
    remedy: 'import the cluster with its clusterSecurityGroupId',
  },
  countAndPercentage: {
    text: 'nodeRepair has both {count} ({countGiven}) and {percentage} ({percentageGiven})',
    remedy: 'give one of them',
  },
  rolloutNotATag: {
    text: "rollout is '{rollout}'",
    remedy: "write 1 to 256 letters, digits, spaces and characters of _.:/=+-@, such as 'ca-2028'",
  },
  rolloutWithoutTemplate: {
    text: "rollout is '{rollout}', but the node group has no launch template",
    remedy: [
      'EKS rolls nodes on purpose for a new version of one only, and takes one only when a node group is created; roll an',
      'existing node group by a new release, and give a new one launchTemplateSpec',
    ],
  },
  rolloutOfForeignTemplate: {
    text: "rollout is '{rollout}', but the launch template is not of this app",
    remedy: 'make a new version of it where it is made',
  },
  rolloutOfFixedVersion: {
    text: "rollout is '{rollout}', but the node group does not follow the latest version of its launch template",
    remedy: 'give launchTemplateSpec.version the latestVersionNumber of the launch template',
  },
  rolloutDiffers: {
    text: "rollout is '{rollout}', but another node group of the same launch template has '{other}'",
    remedy: 'give each node group a launch template of its own',
  },
  joinOptionMissing: {
    text: 'nodeLaunch.{option} is missing: the cluster is imported without it and nodes of a golden image need it to join',
    remedy: "give it, as 'aws eks describe-cluster' shows it",
  },
  serviceCidrMissing: {
    text: [
      'nodeLaunch.serviceCidr is missing: nodes of Amazon Linux 2023 do not join without the addresses of the services, which',
      'CloudFormation does not tell of an IPv4 cluster',
    ],
    remedy: [
      "give the cluster a serviceIpv4Cidr when it is created, or give nodeLaunch what 'aws eks describe-cluster --query",
      "cluster.kubernetesNetworkConfig.serviceIpv4Cidr' shows",
    ],
  },
  serviceIpv6CidrMissing: {
    text: [
      'nodeLaunch.serviceCidr is missing: nodes of Amazon Linux 2023 do not join without the addresses of the services, which',
      'neither an imported IPv6 cluster nor one of the older aws-eks tells',
    ],
    remedy: [
      "give nodeLaunch what 'aws eks describe-cluster --query cluster.kubernetesNetworkConfig.serviceIpv6Cidr' shows; EKS",
      'chooses them when it creates the cluster, so add the node group to a new cluster in a later deployment',
    ],
  },
  noTomlForm: {
    text: "'{setting}' is {value}, for which TOML has no form",
    remedy: 'give text, a number, true, false, a list or a table',
  },
  minSizeTooLarge: {
    text: 'warmPool.minSize is {minSize}, more than warmPool.maxGroupPreparedCapacity ({maxGroupPreparedCapacity})',
    remedy: 'lower the one or raise the other',
  },
  poolIsOff: {
    text: 'warmPool.enabled is false, but warmPool.{option} is given',
    remedy: 'leave it out, or switch the pool on',
  },
  noWarmPoolOfImage: {
    text: 'warmPool is given beside goldenImage, but EKS has no warm pools for images of your own',
    remedy: 'leave it out; a node group with an AMI of EKS can have one',
  },
  noHibernation: {
    text: 'warmPool.poolState is HIBERNATED, which Bottlerocket nodes ({amiType}) cannot be',
    remedy: 'use WarmPoolState.STOPPED or RUNNING',
  },
  noReuse: {
    text: 'warmPool.reuseOnScaleIn is true, which Bottlerocket nodes ({amiType}) cannot do',
    remedy: 'leave it out',
  },
  amiTypeToBeNamed: {
    text: [
      'the AMI type must be named for Kubernetes {kubernetesVersion}: eks.Nodegroup would choose {other} for these instance',
      'types',
    ],
    remedy: [
      'keep an adopted node group as it is with eksAmiType: EksAmiType.{constantOfOther} (a changed type replaces it), or',
      'give a new one EksAmiType.{constant}',
    ],
  },
  renderedOtherwise: {
    text: '{property} is rendered as {rendered}, but the node group is made for {planned}',
    remedy: 'give it as {prop}, not by an escape hatch or an Aspect, which come too late for what is looked up and declared',
  },
  versionRenderedOtherwise: {
    text: "the cluster's version is rendered as {rendered}, but guard, add-ons and node groups are made for {version}",
    remedy: 'give the version as a prop or by a property injector, not by an escape hatch or an Aspect',
  },
});

/** Warnings on constructs: node groups. */
export const warnings = messages({
  imageNotSet: {
    text: 'the launch template is not part of this app, which therefore cannot set the golden image in it',
    remedy: [
      'publish a version with the image and name that version in launchTemplateSpec; guard and preview compare the two (image',
      '{imageId})',
    ],
  },
  amazonLinux2Ended: {
    text: [
      'AMI type {amiType} gets no more AMIs: Amazon Linux 2 for EKS ended on 2025-11-26 and does not exist after Kubernetes',
      '1.32',
    ],
    remedy: 'add a node group with an AL2023 or Bottlerocket type, move the workload, and remove this one',
  },
  acceleratorMismatch: {
    text: 'AMI type {amiType} carries {drivers}, instance type {instanceType} has {accelerator}',
    remedy: 'choose an AMI type with the drivers, or acknowledge this if you install them yourself',
  },
  warmPoolOfCapacity: {
    text: 'warmPool is given beside capacityType {capacityType}, for which EC2 Auto Scaling documents no warm pools',
    remedy: 'leave it out, as a node group of on-demand instances can have one, or acknowledge this if yours works',
  },
  launchTemplateUnknown: {
    text: 'the launch template is not part of this app',
    remedy: [
      'if it names an image of its own, EKS refuses the Kubernetes version and release version rendered here, so name that',
      'image with goldenImage; if it does not, acknowledge this',
    ],
  },
  fixedNodeGroupName: {
    text: [
      "nodegroupName is fixed to '{name}': a change that replaces the node group (AMI type, instance types, capacity type,",
      'disk size, subnets, node role, remote access) will fail because that name already exists',
    ],
    remedy: 'add a second group of another name beside this one instead, or, for a new node group, leave the name out',
  },
  amiTypeChosen: {
    text: [
      'AMI type {amiType} was chosen for these instance types, where eks.Nodegroup would render {other}: right for a new node',
      'group, but one that exists with another type would be REPLACED',
    ],
    remedy: 'name the type that the node group has, or shall have, as in eksAmiType: EksAmiType.{constant}',
  },
  imageVersionUnknown: {
    text: [
      'neither the golden image nor the name of its parameter tells its Kubernetes version, so that only a tag of the image',
      'can be held against the version of the cluster',
    ],
    remedy: [
      "give kubernetesVersion, a parameter such as '/golden/eks/1.36/al2023/x86_64/image_id', or the image a tag",
      'KubernetesVersion',
    ],
  },
  rolloutShared: {
    text: [
      "rollout ('{rollout}') also rolls node group '{nodeGroup}', which has none of its own: both follow the latest version of",
      "launch template '{template}'",
    ],
    remedy: [
      'if they may roll together, give both the same rollout, or acknowledge this; else exchange one of them for a node group with',
      'a launch template of its own, because an existing one keeps what it has',
    ],
  },
  taintsAfterJoining: {
    text: 'EKS taints nodes of an image of your own only after they have joined, when pods may be on them already',
    remedy: 'let them join with their taints, by {option}',
  },
  windowsImageAccess: {
    text: 'EKS does not know that an image of your own is Windows, whose nodes need the group eks:kube-proxy-windows for DNS',
    remedy: [
      'give the node role an access entry of type EC2_WINDOWS, or add the group to its mapping in aws-auth; acknowledge this',
      'when it is done',
    ],
  },
});
