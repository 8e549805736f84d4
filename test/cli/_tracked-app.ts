/**
 * An app with tracked node groups, synthesised in this process to the folder of a test.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { App, Environment, Stack } from 'aws-cdk-lib/core';
import { AmiTracking, EksAmiType, ManagedNodeGroupWithAmiTracking } from '../../src';
import { ENV, importedCluster } from '../node-group/_fixtures';

export const STANDARD = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';
export const BOTTLEROCKET = '/aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_version';
export const WINDOWS = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.36';

/** A folder with `cdk.json` and, where values are given, `cdk.context.json` as the CDK writes it. */
export async function folderOf(context?: Record<string, unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdk-app-'));
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ app: 'cdk.out' }));
  if (context) await writeFile(join(folder, 'cdk.context.json'), `${JSON.stringify(context, undefined, 2)}\n`);
  return folder;
}

/** Synthesises an app to `cdk.out` of a folder. */
export function synthesizeTo(folder: string, build: (app: App) => void, context: Record<string, unknown> = {}): void {
  const app = new App({ outdir: join(folder, 'cdk.out'), context });
  build(app);
  app.synth();
}

/** Two stacks: `Blue` with two node groups that share a release, and one of Bottlerocket; `Green` with one of Windows, and a pinned one. */
export function blueAndGreen(app: App): void {
  const blue = stackIn(app, 'Blue');
  group(blue, 'NodegroupWorkers', EksAmiType.AL2023_X86_64_STANDARD);
  group(blue, 'Batch', EksAmiType.AL2023_X86_64_STANDARD);
  group(blue, 'Edge', EksAmiType.BOTTLEROCKET_ARM_64);
  const green = stackIn(app, 'Green');
  group(green, 'Office', EksAmiType.WINDOWS_CORE_2022_X86_64);
  group(green, 'Frozen', EksAmiType.AL2023_X86_64_STANDARD, AmiTracking.pinned('1.36.1-20260601'));
}

export function stackIn(app: App, id: string, env: Environment = ENV): Stack {
  return new Stack(app, id, { env });
}

/** A tracked node group of an imported cluster in the stack. */
export function group(stack: Stack, id: string, eksAmiType: EksAmiType, amiTracking?: AmiTracking): void {
  const cluster = stack.node.tryFindChild('ImportedCluster') as ReturnType<typeof importedCluster> | undefined ?? importedCluster(stack);
  new ManagedNodeGroupWithAmiTracking(stack, id, { cluster, eksAmiType, amiTracking, kubernetesVersion: KubernetesVersion.V1_36 });
}
