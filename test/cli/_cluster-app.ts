/**
 * An app with a cluster, synthesised in this process, and the local AWS in which it is deployed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Environment, Stack, Stage } from 'aws-cdk-lib/core';
import { folderOf, stackIn, synthesizeTo } from './_tracked-app';
import { AmiTracking, BakeOptions, ClusterUpgrades, EksAmiType, ManagedAddOn, UpgradableCluster, UpgradeGuard } from '../../src';
import type { LocalAws } from '../aws/aws-server';
import type { StackResourceSeed } from '../aws/cloudformation';
import type { DeployableTemplate } from '../aws/deploy';
import { NOW } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

export { NOW };

export interface ClusterAppOptions {
  readonly stack?: string;
  readonly clusterName?: string;
  readonly version?: string;
  readonly release?: string;
  /** @default - that of the control plane */
  readonly nodeVersion?: string;
  /** @default - pinned to the release */
  readonly amiTracking?: AmiTracking;
  readonly upgradeGuard?: UpgradeGuard;
  readonly env?: Environment;
  /** Makes the stack in a stage of this name, without an account and Region. */
  readonly stage?: string;
  /** Of a stack in a stage. @default - 'eks' in all of them */
  readonly stackName?: string;
  /**
   * Whether the app names the node group `workers`, rather than leaving that to CloudFormation.
   *
   * @default true
   */
  readonly namesWorkers?: boolean;
  /** Of the control plane, and of a node group `canary` for which `workers` wait. */
  readonly bake?: Pick<BakeOptions, 'duration' | 'onCreation'>;
}

/** Adds a stack with a cluster, its add-on vpc-cni and a node group that is called `workers`. */
export function addCluster(app: App, options: ClusterAppOptions = {}): void {
  const {
    stack: id = 'Prod', clusterName = 'prod', version = '1.35', release = '1.35.4-20260714', upgradeGuard, env = ENV,
    amiTracking = AmiTracking.pinned(release), bake, namesWorkers = true, stage, stackName = 'eks', nodeVersion,
  } = options;
  const stack = stage === undefined ? stackIn(app, id, env) : new Stack(stageIn(app, stage), id, { stackName });
  const cluster = new UpgradableCluster(stack, 'Cluster', {
    version: KubernetesVersion.of(version),
    nodeKubernetesVersion: nodeVersion === undefined ? undefined : KubernetesVersion.of(nodeVersion),
    clusterName,
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.vpcCni()],
    upgradeGuard,
    controlPlaneBake: bake,
  });
  const tracked = { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, amiTracking };
  const upgradeAfter = bake && [
    cluster.addManagedNodeGroup('Canary', { ...tracked, nodegroupName: 'canary' }).baked({ ...bake, alarms: [errorsIn(stack)] }),
  ];
  cluster.addManagedNodeGroup('Workers', { ...tracked, nodegroupName: namesWorkers ? 'workers' : undefined, upgradeAfter });
}

/** Adds a stack with such a cluster of the L2, whose parts `ClusterUpgrades` makes. */
export function addClusterOfL2(app: App, { version = '1.35', release = '1.35.4-20260714' }: ClusterAppOptions = {}): void {
  const stack = stackIn(app, 'Prod');
  const cluster = new eks.Cluster(stack, 'Cluster', {
    version: KubernetesVersion.of(version),
    clusterName: 'prod',
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', { cluster, managedAddOns: [ManagedAddOn.vpcCni()] })
    .addManagedNodeGroup('Workers', { nodegroupName: 'workers', amiTracking: AmiTracking.pinned(release) });
}

function stageIn(app: App, id: string): Stage {
  return app.node.tryFindChild(id) as Stage | undefined ?? new Stage(app, id);
}

function errorsIn(stack: Stack): cloudwatch.IAlarm {
  const metric = new cloudwatch.Metric({ namespace: 'Checkout', metricName: 'Errors' });
  return new cloudwatch.Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: 1 });
}

/** A folder with an app of such clusters. */
export async function clusterApp(...clusters: ClusterAppOptions[]): Promise<string> {
  const folder = await folderOf();
  synthesizeTo(folder, (app) => clusters.forEach((cluster) => addCluster(app, cluster)));
  return folder;
}

/** Makes the cluster of such an app live: with Kubernetes 1.35 and the AMI of July. */
export function deployCluster(aws: LocalAws, name = 'prod'): ReturnType<LocalAws['eks']['addCluster']> {
  return aws.eks.addCluster({
    name,
    version: '1.35',
    nodegroups: [{ name: 'workers', releaseVersion: '1.35.4-20260714' }],
    addons: [{ name: 'vpc-cni' }],
  });
}

/**
 * Makes CloudFormation know a stack of an app as it was synthesised.
 *
 * @param resources those of which the template does not tell what they are called, or that stand otherwise
 */
export async function deployStack(
  aws: LocalAws, folder: string, artifact: string, resources: StackResourceSeed[] = [], name = artifact,
  status = 'UPDATE_COMPLETE',
): Promise<void> {
  const template: DeployableTemplate = JSON.parse(await readFile(join(folder, `cdk.out/${artifact}.template.json`), 'utf8'));
  const named = namedResources(template).filter(({ logicalId }) => !resources.some((other) => other.logicalId === logicalId));
  aws.cloudFormation.putStack({ name, status, template, resources: [...named, ...resources] });
}

/** A resource of such a cluster whose last update failed, so that CloudFormation sends it again. */
export function failedUpdate(of: 'cluster' | 'workers', clusterName = 'prod'): StackResourceSeed {
  const status = 'UPDATE_FAILED';
  return of === 'cluster'
    ? { logicalId: 'ClusterEB0386A7', type: 'AWS::EKS::Cluster', physicalId: clusterName, status }
    : { logicalId: 'ClusterNodegroupWorkersA3EA85B0', type: 'AWS::EKS::Nodegroup', physicalId: `${clusterName}/workers`, status };
}

/** The clusters, node groups and add-ons of a template that has literal names for them. */
function namedResources({ Resources }: DeployableTemplate): StackResourceSeed[] {
  const nameOf = (cluster: string | { readonly Ref: string }): string | undefined =>
    typeof cluster === 'string' ? cluster : Resources[cluster.Ref]?.Properties.Name;
  return Object.entries(Resources).flatMap(([logicalId, { Type: type, Properties = {} }]) => {
    const { Name, ClusterName, NodegroupName, AddonName } = Properties;
    const ids: Record<string, readonly (string | undefined)[]> = {
      'AWS::EKS::Cluster': [Name],
      'AWS::EKS::Nodegroup': [ClusterName && nameOf(ClusterName), '/', NodegroupName],
      'AWS::EKS::Addon': [ClusterName && nameOf(ClusterName), '|', AddonName],
    };
    const id = ids[type];
    return id === undefined || id.includes(undefined) ? [] : [{ logicalId, type, physicalId: id.join('') }];
  });
}
