import { Token } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { MovedCluster } from './moved-cluster';

/** What the L2 keeps to itself. */
interface KubectlUser {
  readonly _kubectlProviderOptions?: eks.KubectlProviderOptions;
}

/**
 * A cluster that this app makes with `aws-eks-v2`.
 *
 * @param scope where guard and add-ons are made
 */
export function ownedCluster(scope: Construct, cluster: eks.Cluster): MovedCluster {
  const resource = cluster.node.defaultChild as CfnCluster;
  const { _kubectlProviderOptions: kubectl } = cluster as unknown as KubectlUser;
  return {
    construct: cluster,
    scope,
    cluster,
    resource,
    literalName: Token.isUnresolved(resource.name) ? undefined : resource.name,
    kubernetesVersion: resource.version!,
    kubectlLayer: kubectl?.kubectlLayer,
    podIdentityAgent: () => cluster.eksPodIdentityAgent!,
  };
}

/**
 * An imported cluster.
 *
 * @param scope what stands for the cluster in this app
 */
export function clusterElsewhere(scope: Construct, cluster: eks.ICluster, kubernetesVersion: string): MovedCluster {
  return {
    construct: scope,
    scope,
    cluster,
    literalName: Token.isUnresolved(cluster.clusterName) ? undefined : cluster.clusterName,
    kubernetesVersion,
    kubectlLayer: cluster.kubectlProviderOptions?.kubectlLayer,
  };
}
