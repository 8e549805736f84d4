/**
 * An app's model as templates, synthesised as the CDK does it.
 */
import { App, CfnParameter, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { AddOnPolicy, AppModel, GroupModel } from './app-model';
import { addPlainCluster, type CommonProps } from './plain-app';
import {
  AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, SupportType, UpgradableCluster,
  UpgradableClusterProps, UpgradeGuard,
} from '../../../src';
import { ACCOUNT, REGION } from '../../aws/aws-service';
import type { Template } from '../stacks';

/** Logical ID of the cluster's resource. */
export const CLUSTER_ID = 'ClusterEB0386A7';

/** Logical ID of the handler's log in each stack. */
export const LOG_ID = 'CdkEksUpgradesHandlerLogs5854EDAB';

/** The parameter by which node groups are tagged. */
export const TEAM = 'Team';

/** Add-ons whose pods wait for nodes. */
export const ON_NODES = ['coredns', 'aws-ebs-csi-driver'];

const ENV = { account: ACCOUNT, region: REGION };

/**
 * The templates of an app, in the order in which they are deployed.
 *
 * @param outdir where the cloud assembly goes
 * @param names how the stacks are called in CloudFormation: that of the control plane, and that of the nodes where they have one
 * @throws what the constructs have against the app
 */
export function synthesise(model: AppModel, outdir: string, [stackName, nodesName]: readonly string[] = []): Template[] {
  const app = new App({ outdir, context: contextOf(model), analyticsReporting: false });
  const stack = new Stack(app, 'ControlPlane', { env: ENV, stackName });
  const nodes = stackOfNodes(stack, model, nodesName);
  const groups = model.isPlain ? addPlainCluster(stack, nodes, model, commonProps(stack, nodes, model)) : addCluster(stack, nodes, model);
  if (model.team !== undefined) {
    const teams = new Map(app.node.children.filter(Stack.isStack).map((each) => [each, new CfnParameter(each, TEAM).valueAsString]));
    groups.forEach((group) => Tags.of(group).add('team', teams.get(Stack.of(group).nestedStackParent ?? Stack.of(group))!));
  }
  Object.entries(model.tags).forEach(([key, value]) => Tags.of(app).add(key, value));
  const { stacks } = app.synth();
  const errors = stacks.flatMap(({ messages }) => messages).filter(({ level }) => level === 'error').map(({ entry }) => String(entry.data));
  if (errors.length > 0) throw new Error(errors.join(' | '));
  return stacks.map(({ template }) => template);
}

/** Undefined where it is the cluster's. */
function stackOfNodes(stack: Stack, { nodesIn }: AppModel, stackName: string | undefined): Stack | undefined {
  switch (nodesIn) {
    case 'cluster stack': return undefined;
    case 'own stack': return new Stack(stack.node.root, 'Nodes', { env: ENV, stackName });
    case 'nested stack': return new NestedStack(stack, 'Nodes');
  }
}

/** Returns the node groups. */
function addCluster(stack: Stack, nodes: Stack | undefined, model: AppModel): Construct[] {
  const common = commonProps(stack, nodes, model);
  const cluster = new UpgradableCluster(stack, model.clusterId ?? 'Cluster', {
    ...common.cluster,
    nodeKubernetesVersion: kubernetesVersion(model.nodeVersion),
    supportType: model.supportType as SupportType | undefined,
    upgradeGuard: model.isGuarded ? undefined : UpgradeGuard.disabled(),
    managedAddOns: Object.entries(model.addOns).map(([name, policy]) =>
      ManagedAddOn.of(name, { version: addOnVersion(policy), namespace: model.namespaces?.[name], scope: common.scopeOf(name) })),
  });
  const groups: ManagedNodeGroupWithAmiTracking[] = [];
  for (const [id, group] of Object.entries(model.groups)) {
    const options = { ...common.group(id), ...trackingOf(group), upgradeAfter: model.inOrder ? groups.slice(-1) : undefined };
    groups.push(nodes ? new ManagedNodeGroupWithAmiTracking(nodes, id, { cluster, ...options }) : cluster.addManagedNodeGroup(id, options));
  }
  return groups;
}

function commonProps(stack: Stack, nodes: Stack | undefined, model: AppModel): CommonProps {
  const templateOf = launchTemplates(nodes ?? stack, model);
  const vpc = vpcOf(stack, model);
  return {
    cluster: {
      version: eks.KubernetesVersion.of(model.version),
      vpc,
      vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
      ...madeOtherwise(stack, model),
    },
    group: (id) => ({
      ...optionsOf(model.groups[id], model, templateOf, vpc.privateSubnets),
      remoteAccess: remoteAccessOf(model.groups[id], nodes ?? stack, vpc),
    }),
    scopeOf: (addOn) => ON_NODES.includes(addOn) ? nodes : undefined,
  };
}

/** The parameter that publishes the recommended release of an AMI type. */
export function releaseParameter(amiType: string, minor: string): string {
  return EksAmiType.fromApiName(amiType).releaseVersionParameter(minor);
}

/** A network that is there already. */
export function vpcOf(stack: Stack, { subnets }: Pick<AppModel, 'subnets'>): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: subnets.map((_, index) => `${REGION}${'abc'[index]}`),
    privateSubnetIds: [...subnets],
  });
}

function contextOf({ lookedUp, context }: AppModel): Record<string, unknown> {
  const releases = Object.entries(lookedUp)
    .map(([parameter, release]) => [`ssm:account=${ACCOUNT}:parameterName=${parameter}:region=${REGION}`, release]);
  return { ...Object.fromEntries(releases), ...context, '@aws-cdk/core:validateAgainstDefaultRules': false };
}

/** What a cluster is made with that it was not made with at first. */
function madeOtherwise(stack: Stack, { madeOtherwise: what }: AppModel): Partial<UpgradableClusterProps> {
  switch (what) {
    case 'add-ons': return { bootstrapSelfManagedAddons: true };
    case 'role': return { role: iam.Role.fromRoleName(stack, 'AnotherRole', 'another-role') };
    case 'encryption': return { secretsEncryptionKey: kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${REGION}:${ACCOUNT}:key/another`) };
    case 'addresses': return { serviceIpv4Cidr: '172.20.0.0/16' };
    case undefined: return {};
  }
}

/** Launch templates by name, each made when it is asked for. */
function launchTemplates(stack: Stack, { monitoring = false }: AppModel): (name: string) => ec2.LaunchTemplate {
  return (name) => stack.node.tryFindChild(name) as ec2.LaunchTemplate | undefined
    ?? new ec2.LaunchTemplate(stack, name, { detailedMonitoring: monitoring });
}

/** Security groups are made when they are first asked for. */
function remoteAccessOf({ sshFrom }: GroupModel, stack: Stack, vpc: ec2.IVpc): eks.NodegroupRemoteAccess | undefined {
  if (sshFrom === undefined) return undefined;
  const source = stack.node.tryFindChild(sshFrom) as ec2.SecurityGroup | undefined ?? new ec2.SecurityGroup(stack, sshFrom, { vpc });
  return { sshKeyName: 'operators', sourceSecurityGroups: [source] };
}

function optionsOf(
  { maxSize, instanceType, labels, name, diskSize, subnet, launchTemplate }: GroupModel, { forceUpdate }: AppModel,
  templateOf: (name: string) => ec2.LaunchTemplate, subnets: readonly ec2.ISubnet[],
) {
  const template = launchTemplate === undefined ? undefined : templateOf(launchTemplate);
  return {
    nodegroupName: name,
    diskSize,
    subnets: subnet === undefined ? undefined : { subnets: [subnets[subnet]] },
    launchTemplateSpec: template && { id: template.launchTemplateId!, version: template.latestVersionNumber },
    instanceTypes: [new ec2.InstanceType(instanceType)],
    minSize: 1,
    maxSize,
    labels,
    forceUpdate,
  };
}

function trackingOf({ amiType, tracking, version }: GroupModel) {
  return {
    eksAmiType: EksAmiType.fromApiName(amiType),
    amiTracking: tracking === 'recommended' ? AmiTracking.recommended() : AmiTracking.pinned(tracking.pinned),
    kubernetesVersion: kubernetesVersion(version),
  };
}

function addOnVersion(policy: AddOnPolicy): AddOnVersion {
  switch (policy) {
    case 'recommended': return AddOnVersion.recommended();
    case 'latest': return AddOnVersion.latest();
    case 'keepWhileCompatible': return AddOnVersion.keepWhileCompatible();
    default: return AddOnVersion.pinned(policy.pinned);
  }
}

function kubernetesVersion(version: string | undefined): eks.KubernetesVersion | undefined {
  return version === undefined ? undefined : eks.KubernetesVersion.of(version);
}
