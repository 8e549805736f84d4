import { VERSION_BY_TEXT } from '../diagnostics/messages';
import { messages } from '../engine/messages/message';

/** What is thrown: clusters. */
export const says = messages({
  notAnAddOnVersion: {
    text: "'{version}' is not an add-on version",
    remedy: "write it as EKS does, such as '{example}'",
  },
  nodeRoleInAnotherStack: {
    text: [
      "the node group is in another stack than its cluster '{cluster}', and its role has to be in that of the cluster, where",
      'aws-auth maps it',
    ],
    remedy: [
      'make the role there (new iam.Role(…) with AmazonEKSWorkerNodePolicy, AmazonEKS_CNI_Policy and',
      'AmazonEC2ContainerRegistryReadOnly) and give it as nodeRole, or let access entries alone decide (authenticationMode:',
      'API)',
    ],
  },
  clusterInAnotherStack: {
    text: "cluster '{cluster}' is in another stack",
    remedy: 'it waits for the guard, so make ClusterUpgrades in the stack of the cluster',
  },
  versionMissing: {
    text: 'version is missing',
    remedy: ['an imported cluster does not tell its version, so give the one that it has;', VERSION_BY_TEXT],
  },
  clusterOfOtherModule: {
    text: "cluster '{cluster}' is made with {module}",
    remedy: 'use ClusterUpgrades.{method}()',
  },
  clusterHasUpgrades: {
    text: "cluster '{cluster}' is an UpgradableCluster or has ClusterUpgrades already",
    remedy: 'use that one: only one object may upgrade a cluster',
  },
  nodeGroupBefore: {
    text: "node group '{nodeGroup}' was made before: it has its version and its place in the deployment without ClusterUpgrades",
    remedy: 'make ClusterUpgrades first, then the node groups of its cluster',
  },
  waitsInCircle: {
    text: "'{waiting}' waits for add-on {addOn}, which waits for it: add-ons come after all node groups, and what those wait for",
    remedy: 'let it wait for a node group, or for an add-on that comes before nodes, such as vpc-cni',
  },
  versionDiffers: {
    text: "version is {version}, but cluster '{construct}' is given {kubernetesVersion}",
    remedy: 'give both the same, or leave version out where it may be',
  },
  bakeOfControlPlaneElsewhere: {
    text: 'controlPlaneBake is given, but the cluster is imported: another app or tool upgrades its control plane',
    remedy: 'watch it there, and leave controlPlaneBake out',
  },
  vpcMissing: {
    text: 'vpc is missing',
    remedy: [
      "node groups get their subnets from it, so give the VPC of the cluster, such as ec2.Vpc.fromLookup(this, 'Vpc',",
      "{ vpcId: '…' })",
    ],
  },
  notAnAddOn: {
    text: "'{name}' is not the name of an add-on",
    remedy: "write it as 'aws eks describe-addon-versions' lists it, such as 'aws-efs-csi-driver'",
  },
  notANamespace: {
    text: "add-on {name} has the namespace '{namespace}', which is not the name of one",
    remedy: "write up to 63 lower-case letters, digits and dashes, such as 'kube-system'",
  },
  configurationAsText: {
    text: "configurationValues is a text ('{configuration}'), which would be quoted once more",
    remedy: 'give the object, as in { replicaCount: 2 }, or JSON.parse() of the text',
  },
  twoRolesOfAddOn: {
    text: 'add-on {name} has both podIdentities and serviceAccountRole',
    remedy: 'give one of them',
  },
  addOnTwice: {
    text: 'add-on {name} is added twice',
    remedy: 'add it once, with all its options',
  },
  addOnOfSameId: {
    text: 'add-on {name} cannot be added beside {twin}, whose construct ID it would have',
    remedy: "leave out the one that 'aws eks describe-addon-versions' does not list",
  },
  scopeOfAgent: {
    text: "add-on {name} has the scope '{scope}'",
    remedy: 'leave scope out, because service accounts look for the agent in the cluster and would install a second one',
  },
  cannotForce: {
    text: [
      'force is true, but the control plane is',
      '{isOfAwsEks: one of aws-eks, whose custom resource cannot be told|not made by this app}',
    ],
    remedy: 'leave force out, and upgrade it with the AWS CLI: aws eks update-cluster-version --force',
  },
  noAccessEntries: {
    text: "upgradeGuard has workloads: true, but the cluster's authenticationMode is CONFIG_MAP, which knows no access entries",
    remedy: 'set authenticationMode to API_AND_CONFIG_MAP',
  },
  rollbackTimeout: {
    text: 'rollbackTimeout is {rollbackTimeout}',
    remedy: 'give whole minutes, from 2 hours to 7 days',
  },
  emptyFileName: {
    text: 'the path given to UpgradePath.fromFile() is empty',
    remedy: "leave it out for {file}, or name the file that 'cdk-eks-upgrades plan --write' has written",
  },
  pathWithoutEnvironment: {
    text: 'upgradePath is given, but the stack names no account and Region, by which a path finds its cluster',
    remedy: 'give the stack an env',
  },
  noSuchStep: {
    text: 'the context pins step {step} of {file}, which does not exist',
    remedy: [
      'restore it from version control, or drop the pin with: cdk context --reset "{key}", then write the path anew',
      "with 'cdk-eks-upgrades plan --to <version> --write'",
    ],
  },
  pathUnreadable: {
    text: '{file} cannot be read: {why}',
    remedy: 'restore it from version control',
  },
  addOnInstalledTwice: {
    text: "add-on {name} is installed twice, as a managed add-on and by '{other}'",
    remedy: 'leave one of them out',
  },
  addOnWithoutNodes: {
    text: [
      'add-on {name} needs nodes to become active, but all nodes of the cluster are in stacks that are deployed after this',
      "one ('{stack}')",
    ],
    remedy: 'give the add-on one of those as its scope',
  },
});

/** Warnings on constructs: clusters. */
export const warnings = messages({
  'clusterUnguarded': {
    text: "this deployment moves the control plane of '{cluster}' as well, which does not wait for a guard",
    remedy: 'give clusterName by reference, as the ref of its resource: then it does',
  },
  'clusterUnguarded:elsewhere': {
    text: "this deployment moves the control plane of '{cluster}' as well, which does not wait for a guard",
    remedy: 'make ClusterUpgrades of that construct in its own stack too, if only for the guard: what is here can stay',
  },
  'kubectlLayerSkew': {
    text: "the kubectl layer is for Kubernetes {kubectl}, more than one minor away from the cluster's {version}",
    remedy: 'use the layer of the package @aws-cdk/lambda-layer-kubectl-v{minor}',
  },
  'coreDnsOnFargate': {
    text: [
      'add-on coredns asks for nodes, but in this app only Fargate profiles run pods of kube-system, on which it stays',
      'pending',
    ],
    remedy: [
      "give ManagedAddOn.coreDns({ configurationValues: { computeType: 'Fargate' } }), or acknowledge this if another app or tool",
      'creates them',
    ],
  },
  'podIdentityAgentMissing': {
    text: 'add-on {name} gets its role by EKS Pod Identity, but nothing in this app installs the agent on the nodes',
    remedy: [
      'add ManagedAddOn.podIdentityAgent(), give the add-on a serviceAccountRole, or acknowledge this if another app or',
      'tool installs it',
    ],
  },
  'guardedAfterControlPlane': {
    text: [
      'the node group is in a nested stack, where its guard runs when the control plane has moved already: what it refuses',
      'fails the deployment then',
    ],
    remedy: [
      "define the node group in the cluster's stack, or acknowledge this and look with 'cdk-eks-upgrades check' before each",
      'deployment, which sees both',
    ],
  },
  'rollbackTimeoutTooLong': {
    text: [
      'rollbackTimeout is {timeout}, but CloudFormation waits {hours} hours for an update of a cluster, and what it makes of',
      'one that still goes on is not documented',
    ],
    remedy: 'give 36 hours or less, or acknowledge this if you roll back by EKS itself',
  },
  'windowsAwsAuth': {
    text: [
      'the role of these Windows nodes is mapped in aws-auth without the group eks:kube-proxy-windows, without which',
      'kube-proxy and DNS fail on them',
    ],
    remedy: [
      'add cluster.awsAuth.addRoleMapping(group.role, {mapping}), with this node group as group, or acknowledge this if',
      'another app or tool does it',
    ],
  },
  'upgradePathUnpinned': {
    text: 'the context pins no step of {file}, so that version {appVersion} counts, wherever the cluster is on its path',
    remedy: "restore cdk.context.json from version control, or pin a step with 'cdk-eks-upgrades refresh --step'",
  },
  'upgradePathOrphaned': {
    text: [
      '{file} holds no upgrade path of this cluster, so that version {appVersion} counts, but one of what was at the construct',
      '{paths: path|paths} {paths and}, where this app has no cluster: if this cluster was, the deployment would take its',
      'control plane back',
    ],
    remedy: [
      'write {cluster} in place of its former path wherever {file} and cdk.context.json have it; if it never had',
      '{paths: that path|one of them}, acknowledge this, or remove what no app needs any more',
    ],
  },
  'rollbackOrphaned': {
    text: [
      'cdk.context.json rolls back from Kubernetes {version} what was at the construct {paths: path|paths} {paths and}, where this app',
      'has no cluster: if this cluster was, the deployment would take it to {version} again',
    ],
    remedy: [
      'write {cluster} in place of its former path wherever cdk.context.json has it; if it never had {paths: that path|one of them},',
      'acknowledge this, or remove what no app needs any more',
    ],
  },
  'heldOnPathUnknown': {
    text: 'the upgrade path holds nodes back of {paths and}, which {paths: is|are} no tracked node {paths: group|groups} of this cluster',
    remedy: 'write the construct path of the node group{example?, such as #}, or remove the line',
  },
  'supportEnded': { text: '{support} (support calendar of {asOf})', remedy: 'upgrade to {next} now' },
  'standardSupportEnds': { text: '{support} (support calendar of {asOf})', remedy: 'upgrade to {next}' },
  'nodeGroupUntracked': {
    text: [
      '{isDefault: the default capacity|the node group} does not move with its cluster: without a version it stays at the one that it',
      'was created with, and the guard refuses upgrades once it is too old for the control plane',
    ],
    remedy: [
      "{isDefault: set defaultCapacity to 0 and call addManagedNodeGroup('DefaultCapacity', …)|make it a tracked one of the same ID}:",
      'its construct path stays, and nothing is replaced (docs/adopt.md); or acknowledge this if something else upgrades it',
    ],
  },
  'nodeGroupUntracked:ofResource': {
    text: [
      'the node group, a plain resource, does not move with its cluster: without a version it stays at the one that it was created with,',
      'and the guard refuses upgrades once it is too old for the control plane',
    ],
    remedy: [
      "give it the cluster's version as its own; a tracked one in its place has another logical ID and would REPLACE it, unless you keep",
      'that ID and its properties (docs/adopt.md); or acknowledge this if something else upgrades it',
    ],
  },
  'neuronDevicePluginMissing': {
    text: [
      'nothing in this app installs the device plugin that {instanceTypes} need: pods that ask for aws.amazon.com/neuron stay',
      'pending until somebody does',
    ],
    remedy: [
      '{needsKubectl?give the cluster kubectlProviderOptions, }install the Helm chart of the AWS Neuron device plugin, or',
      'acknowledge this if another app or tool installs it',
    ],
  },
});

/** Notes on constructs: clusters. */
export const notes = messages({
  'nodesHeldBack': {
    text: [
      "node groups are held at Kubernetes {nodes}, {behind: # minor|# minors} behind the control plane's {version}; the",
      'kubelet skew allows {skew}',
    ],
    remedy: 'remove nodeKubernetesVersion to let them follow',
  },
  'nodesNotHeld': {
    text: [
      'nodeKubernetesVersion ({nodes}) has no effect: it holds back tracked node groups, and a kube-proxy without a version of its',
      'own, and the app has neither for this cluster',
    ],
    remedy: 'leave it out, or make node groups by addManagedNodeGroup()',
  },
  'goingBack': {
    text: 'cdk.context.json rolls this cluster back to Kubernetes {to}; this step rolls back the {stage}',
    remedy: "continue with 'cdk-eks-upgrades rollback', cancel with 'cdk-eks-upgrades rollback --end'",
  },
  'upgradePathIgnored': {
    text: '{file} holds no path of this cluster, so that version counts',
    remedy: "write one with 'cdk-eks-upgrades plan --to <version> --write'",
  },
  'upgradePathIgnored:otherVersion': {
    text: 'the path in {file} was written while the app named Kubernetes {other}; it names {appVersion} now, which counts',
    remedy: 'remove upgradePath from the app, or write a new path',
  },
  'onUpgradePath': {
    text: 'the app is at {step} of {file}',
    remedy: [
      'once the cluster has got there,',
      "{isLast: set that version in the app and remove upgradePath|move to the next step with 'cdk-eks-upgrades refresh --step'}",
    ],
  },
});
