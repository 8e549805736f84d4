import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Stack } from 'aws-cdk-lib/core';
import { ClusterUpgrades, EksAmiType, ManagedNodeGroupWithAmiTracking, TrackedAmiRelease, UpgradableCluster } from '../../src';

/** What a constant is in an `aws-cdk-lib` that is older than the Kubernetes version, where TypeScript does not look. */
const version = (eks.KubernetesVersion as unknown as Record<string, eks.KubernetesVersion>).V1_99;

const imported = (stack: Stack) => eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'prod' });

test.each<[string, (stack: Stack) => unknown, RegExp]>([
  ['a cluster', (stack) => new UpgradableCluster(stack, 'It', { version }), /^version is undefined: /],
  ['a cluster with another constant', (stack) => new UpgradableCluster(stack, 'It', { version: null as never }), /^version is null: /],
  ['an imported cluster', (stack) => ClusterUpgrades.ofImported(stack, 'It', { clusterName: 'prod', version }), /^version is missing: /],
  ['a node group of an imported cluster', (stack) => new ManagedNodeGroupWithAmiTracking(stack, 'It', {
    cluster: imported(stack), kubernetesVersion: version,
  }),
  /^kubernetesVersion is missing: /],
  ['a release', (stack) => new TrackedAmiRelease(stack, 'It', {
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: version,
  }),
  /^kubernetesVersion is undefined: /],
])('%s of a version whose constant does not exist is refused with what to write', (_, make, says) => {
  const refusal = () => make(new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'us-west-2' } }));
  expect(refusal).toThrow(says);
  expect(refusal).toThrow(/write KubernetesVersion\.of\('1\.36'\), which works in every version of aws-cdk-lib: .* \[Stack\/It\]$/);
});
