import { CfnResource, Token } from 'aws-cdk-lib';
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
 * A cluster that is taken by its name: an imported one, or one of which the app makes the resource alone.
 *
 * @param scope what stands for the cluster in this app
 * @param resource undefined where the cluster is imported
 */
export function clusterByName(scope: Construct, cluster: eks.ICluster, kubernetesVersion: string, resource?: CfnResource): MovedCluster {
  const name = resource ? (resource as CfnCluster).name : cluster.clusterName;
  return {
    construct: scope,
    scope,
    cluster,
    resource,
    isTakenByName: true,
    literalName: Token.isUnresolved(name) ? undefined : name,
    kubernetesVersion,
    kubectlLayer: cluster.kubectlProviderOptions?.kubectlLayer,
  };
}
