import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LocalAws } from '../aws/aws-server';
import type { DeployableTemplate } from '../aws/deploy';
import { CdkResult, appOf, runCdk } from '../cli/cdk-cli';

const PROJECT = resolve(__dirname, '../..');

/** The app that most tests preview: one cluster with two add-ons and two node groups. */
export const APP = `
  import { App, Stack } from 'aws-cdk-lib';
  import * as ec2 from 'aws-cdk-lib/aws-ec2';
  import * as eks from 'aws-cdk-lib/aws-eks-v2';
  import { EksAmiType, ManagedAddOn, UpgradableCluster, UpgradeGuard } from 'cdk-eks-upgrades';

  const stack = new Stack(new App(), 'Prod', { env: { account: '111122223333', region: 'us-west-2' } });
  const cluster = new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_35,
    clusterName: 'prod',
    upgradeGuard: UpgradeGuard.enforce(),
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }),
    vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy()],
  });
  cluster.addManagedNodeGroup('Workers', { nodegroupName: 'workers', eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, instanceTypes: [new ec2.InstanceType('m7i.large')], maxSize: 9, minSize: 6, maxUnavailable: 2 });
  cluster.addManagedNodeGroup('Rocket', { nodegroupName: 'rocket', eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64, instanceTypes: [new ec2.InstanceType('m7g.large')] });
`;

/** An app with the preview in its cdk.json, and a local AWS to which it seems deployed. */
export class PreviewedApp {
  /** Publishes AMIs of 2026-07-14 for 1.34 to 1.37, and makes the app. */
  static async open(source = APP, { now = new Date() } = {}): Promise<PreviewedApp> {
    const aws = await LocalAws.start({ now });
    aws.publishAmis({ minors: ['1.34', '1.35', '1.36', '1.37'], date: '2026-07-14' });
    const folder = await appOf(source);
    await mkdir(join(folder, 'modules'));
    await symlink(PROJECT, join(folder, 'modules/cdk-eks-upgrades'));
    const app = new PreviewedApp(aws, folder);
    await app.configure({ plugin: ['cdk-eks-upgrades/preview'] });
    return app;
  }

  private constructor(readonly aws: LocalAws, readonly folder: string) {}

  /** Changes `cdk.json`. */
  async configure(settings: object): Promise<void> {
    const file = join(this.folder, 'cdk.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...settings }));
  }

  /** Runs the CLI. The local AWS keeps its own time; the app believes to live then, too. */
  async cdk(args: readonly string[], env: Record<string, string> = {}): Promise<CdkResult> {
    return runCdk(args, { cwd: this.folder, env: { ...this.aws.environment, NODE_PATH: join(this.folder, 'modules'), ...env } });
  }

  /** Compares with what is deployed, without a change set. */
  async diff(env: Record<string, string> = {}, ...args: string[]): Promise<CdkResult & { readonly output: string }> {
    const result = await this.cdk(['diff', '--method', 'template', ...args], env);
    return { ...result, output: result.stderr + result.stdout };
  }

  async edit(before: string, after: string): Promise<void> {
    const file = join(this.folder, 'app.ts');
    const source = await readFile(file, 'utf8');
    if (!source.includes(before)) throw new Error(`the app does not hold '${before}'`);
    await writeFile(file, source.replaceAll(before, after));
  }

  async template(stack: string): Promise<DeployableTemplate> {
    return JSON.parse(await this.rawTemplate(stack));
  }

  /** A template as it was written. */
  async rawTemplate(stack: string): Promise<string> {
    return readFile(join(this.folder, `cdk.out/${stack}.template.json`), 'utf8');
  }

  /** Undefined before anything was looked up. */
  async contextFile(): Promise<string | undefined> {
    return readFile(join(this.folder, 'cdk.context.json'), 'utf8').catch(() => undefined);
  }

  /** Makes as if what the app holds now had been deployed, and leaves the template of the first stack in `deployed.json`. */
  async deploy(...stacks: string[]): Promise<void> {
    await this.synthesizeOnce();
    for (const stack of stacks) this.aws.deploy(stack, await this.template(stack));
    if (stacks[0]) await cp(join(this.folder, `cdk.out/${stacks[0]}.template.json`), join(this.folder, 'deployed.json'));
  }

  /** The CLI takes its time: the same app is synthesised once for all tests of a file. */
  private async synthesizeOnce(): Promise<void> {
    const source = await readFile(join(this.folder, 'app.ts'), 'utf8');
    const kept = SYNTHESIZED.get(source);
    if (kept) return cp(kept, this.folder, { recursive: true });
    const { exitCode, stderr } = await this.cdk(['synth', '--quiet'], { CDK_EKS_UPGRADES_PREVIEW: 'off' });
    if (exitCode !== 0) throw new Error(stderr);
    const folder = await mkdtemp(join(tmpdir(), 'synthesized-'));
    for (const name of ['cdk.out', 'cdk.context.json']) {
      await cp(
        join(this.folder, name), join(folder, name), { recursive: true, force: true },
      ).catch(ignoreMissing);
    }
    SYNTHESIZED.set(source, folder);
  }

  async close(): Promise<void> {
    await this.aws.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Folders with what was synthesised, by the source of the app. */
const SYNTHESIZED = new Map<string, string>();

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
