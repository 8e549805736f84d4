/**
 * An app's model as a template, synthesised as the CDK does it.
 */
import { App, Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { AddOnPolicy, AppModel, GroupModel } from './app-model';
import { AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, SupportType, UpgradableCluster } from '../../../src';
import { ACCOUNT, REGION } from '../../aws/aws-service';
import type { Template } from '../stacks';

/** Logical ID of the cluster's resource. */
export const CLUSTER_ID = 'ClusterEB0386A7';

/** Logical ID of the handler's log. */
export const LOG_ID = 'CdkEksUpgradesHandlerLogs';

const STACK = 'History';


/**
 * The template of an app.
 *
 * @param outdir where the cloud assembly goes
 * @throws what the constructs have against the app
 */
export function synthesise(model: AppModel, outdir: string): Template {
  const app = new App({ outdir, context: contextOf(model), analyticsReporting: false });
  const stack = new Stack(app, STACK, { env: { account: ACCOUNT, region: REGION } });
  const cluster = new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.of(model.version),
    nodeKubernetesVersion: kubernetesVersion(model.nodeVersion),
    supportType: model.supportType as SupportType | undefined,
    vpc: vpcOf(stack, model),
    vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    bootstrapSelfManagedAddons: false,
    managedAddOns: Object.entries(model.addOns).map(([name, policy]) => ManagedAddOn.of(name, { version: addOnVersion(policy) })),
  });
  const groups: ManagedNodeGroupWithAmiTracking[] = [];
  for (const [id, group] of Object.entries(model.groups)) {
    groups.push(cluster.addManagedNodeGroup(id, { ...optionsOf(group), upgradeAfter: model.inOrder ? groups.slice(-1) : undefined }));
  }
  Object.entries(model.tags).forEach(([key, value]) => Tags.of(app).add(key, value));
  const artifact = app.synth().getStackByName(STACK);
  const errors = artifact.messages.filter(({ level }) => level === 'error').map(({ entry }) => String(entry.data));
  if (errors.length > 0) throw new Error(errors.join(' | '));
  return artifact.template;
}

/** The parameter that publishes the recommended release of an AMI type. */
export function releaseParameter(amiType: string, minor: string): string {
  return EksAmiType.fromApiName(amiType).releaseVersionParameter(minor);
}

function vpcOf(stack: Stack, { subnets }: AppModel): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: subnets.map((_, index) => `${REGION}${'abc'[index]}`),
    privateSubnetIds: [...subnets],
  });
}

function contextOf({ lookedUp }: AppModel): Record<string, unknown> {
  const releases = Object.entries(lookedUp)
    .map(([parameter, release]) => [`ssm:account=${ACCOUNT}:parameterName=${parameter}:region=${REGION}`, release]);
  return { ...Object.fromEntries(releases), '@aws-cdk/core:validateAgainstDefaultRules': false };
}

function optionsOf({ amiType, maxSize, labels, tracking, version }: GroupModel) {
  return {
    eksAmiType: EksAmiType.fromApiName(amiType),
    instanceTypes: [new ec2.InstanceType('m7i.large')],
    minSize: 1,
    maxSize,
    labels,
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
