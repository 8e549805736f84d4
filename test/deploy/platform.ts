/**
 * The cluster of the scenarios: two node groups, four add-ons, in a small VPC; and the person who deploys it.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { IConstruct } from 'constructs';
import { ENV, synthesize } from './assembly';
import type { Cloud } from './cloud';
import type { DeployOptions, Operation, Template } from './stacks';
import { Toolkit, type Deployed, type DiffedAndDeployed, type Seen } from './toolkit';
import { ManagedAddOn, UpgradableCluster, type ManagedAddOnOptions, type UpgradableClusterProps } from '../../src';
import type { ClusterRecord, NodegroupRecord } from '../aws/eks-region';
import { runCommand } from '../cli/_command-line';
import { enterEnvironment } from '../live/sdk-environment';

/** What scenarios change of the app. */
export interface PlatformProps extends Partial<Omit<UpgradableClusterProps, 'version'>> {
  /** Such as `1.36`. */
  readonly version: string;

  /** The node groups' largest size. @default 3 */
  readonly maxSize?: number;

  /** @default - none */
  readonly kubeProxy?: ManagedAddOnOptions;

  /** What `cdk.context.json` holds beyond what is looked up. @default - nothing */
  readonly context?: Record<string, unknown>;

  /** What the node groups wait for. @default - nothing */
  readonly upgradeAfter?: (stack: Stack, cluster: UpgradableCluster) => IConstruct[];

  /** More of the stack. @default - nothing */
  readonly also?: (stack: Stack, cluster: UpgradableCluster) => void;
}

/** A small network: public subnets in two zones. */
export function smallVpc(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }],
    restrictDefaultSecurityGroup: false,
  });
}

export class Platform {
  private readonly folders: string[] = [];

  constructor(private readonly cloud: Cloud, readonly stack: string) {}

  /** Synthesises; returns the folder of the cloud assembly. */
  synth({ version, maxSize, kubeProxy, context, upgradeAfter: after, also, ...props }: PlatformProps): string {
    const folder = synthesize(this.cloud.aws, (app) => {
      const stack = new Stack(app, this.stack, { env: ENV });
      const cluster = new UpgradableCluster(stack, 'Cluster', {
        version: eks.KubernetesVersion.of(version),
        vpc: smallVpc(stack),
        vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
        defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
        defaultCapacity: 0,
        bootstrapSelfManagedAddons: false,
        managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(kubeProxy), ManagedAddOn.podIdentityAgent(), ManagedAddOn.coreDns()],
        ...props,
      });
      const upgradeAfter = after?.(stack, cluster);
      cluster.addManagedNodeGroup('Workers', { instanceTypes: [new ec2.InstanceType('m7i.large')], maxSize, upgradeAfter });
      cluster.addManagedNodeGroup('Arm', { instanceTypes: [new ec2.InstanceType('m7g.large')], maxSize, upgradeAfter });
      also?.(stack, cluster);
    }, context);
    this.folders.push(folder);
    return folder;
  }

  /** Publishes what a template needs; returns the template. */
  async publish(props: PlatformProps): Promise<Template> {
    const folder = this.synth(props);
    await this.cloud.publishAssets(folder);
    return templateIn(folder, this.stack);
  }

  /** Creates the stack, or updates it, without the CLI. */
  async put(props: PlatformProps, options?: DeployOptions): Promise<Operation> {
    return this.cloud.stacks.deploy(this.stack, await this.publish(props), options);
  }

  /** `cdk diff`, then `cdk deploy`. */
  async diffAndDeploy(props: PlatformProps, ...args: readonly string[]): Promise<DiffedAndDeployed> {
    return this.toolkit(this.synth(props)).diffAndDeploy(this.stack, ...args);
  }

  /** `cdk deploy`. */
  async deploy(props: PlatformProps, ...args: readonly string[]): Promise<Deployed> {
    return this.toolkit(this.synth(props)).deploy(this.stack, ...args);
  }

  /** `cdk <command> <stack>` with what was synthesised last. */
  async cdk(command: string, ...args: readonly string[]): Promise<Seen & Operation> {
    let seen: Seen | undefined;
    const operation = await this.cloud.stacks.operation(this.stack, async () => {
      seen = await this.toolkit(this.folders.at(-1)!).cdk(command, this.stack, ...args);
    });
    return { ...seen!, ...operation };
  }

  /** What `cdk-eks-upgrades <command> --json` tells of the cluster that was synthesised last. */
  async told(command: 'check' | 'plan'): Promise<any> {
    const folder = this.folders.at(-1)!;
    const leave = enterEnvironment({ environment: this.cloud.environment });
    try {
      return JSON.parse((await runCommand([command, '--json', '--app', folder], { cwd: folder })).stdout).clusters[0];
    } finally {
      leave();
    }
  }

  async cluster(): Promise<ClusterRecord> {
    const ids = Object.values(await this.cloud.stacks.resources(this.stack));
    return this.cloud.eks.clusters.get(ids.find((id) => this.cloud.eks.clusters.has(id))!)!;
  }

  async nodeGroup(id: string): Promise<NodegroupRecord> {
    const { nodegroups } = await this.cluster();
    return [...nodegroups.values()].find(({ name }) => name.startsWith(`ClusterNodegroup${id}`))!;
  }

  /** What runs where: `Workers 1.36 1.36.2-20260714`. */
  async versions(): Promise<{ cluster: string; nodes: Record<string, string>; addOns: Record<string, string> }> {
    const { version, nodegroups, addons } = await this.cluster();
    const id = (name: string) => /ClusterNodegroup([A-Z][a-z]+)/.exec(name)?.[1] ?? name;
    return {
      cluster: version,
      nodes: Object.fromEntries(
        [...nodegroups.values()].map((group) => [id(group.name), `${group.version} ${group.releaseVersion}`]).sort(),
      ),
      addOns: Object.fromEntries([...addons.values()].map((addOn) => [addOn.name, addOn.version])),
    };
  }

  /** Forgets what was synthesised. */
  dispose(): void {
    this.folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  }

  private toolkit(folder: string): Toolkit {
    return new Toolkit({ cloud: this.cloud, cwd: folder, args: ['--app', folder] });
  }
}

function templateIn(folder: string, stack: string): Template {
  return JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8'));
}
