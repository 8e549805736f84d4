import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { requireLastingVersion } from './lasting-version';
import { says } from './messages';
import { NodeGroupHosts } from './node-group-host';
import { isResourceOfType } from './resource-type';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { judgeSkew, kubeletSkewOf, oldestKubeletFor } from '../engine/kubernetes/kubelet-skew';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { refusal } from '../engine/messages/refusal';
import { AWS_EKS_CLUSTER_TYPE, CLUSTER_TYPE } from '../engine/state/deployed-stack';

/**
 * The Kubernetes minor of a node group, such as `1.36`, or a token.
 *
 * @throws if the cluster is of the older `aws-eks`, or the version is neither given nor known from the cluster, is malformed,
 * newer than the cluster or beyond the kubelet skew
 */
export function nodeGroupVersion(cluster: eks.ICluster, wanted?: Pick<eks.KubernetesVersion, 'version'>): string {
  requireOfAwsEksV2(cluster);
  const host = NodeGroupHosts.of(cluster);
  const clusterVersion = host ? host.kubernetesVersion : lastingVersionOf(cluster);
  const chosen = wanted?.version ?? host?.nodeKubernetesVersion ?? clusterVersion;
  const version = chosen !== undefined && host?.rollback && isNewer(chosen, host.rollback.to) ? host.rollback.to : chosen;
  if (version === undefined) {
    throw refusal(says.versionMissing({}));
  }
  if (isKnownAtSynth(version)) {
    const nodes = KubernetesMinor.ofEks(version);
    if (clusterVersion !== undefined && isKnownAtSynth(clusterVersion)) {
      requireSkew(KubernetesMinor.parse(clusterVersion), nodes);
    }
  }
  return version;
}

function isNewer(version: string, than: string): boolean {
  return isKnownAtSynth(version) && KubernetesMinor.parse(version).isNewerThan(KubernetesMinor.parse(than));
}

/** TypeScript tells the two modules apart; who runs an app without its type check, by tsx for instance, is told here. */
function requireOfAwsEksV2(cluster: eks.ICluster): void {
  if (cluster.node.defaultChild?.node.findAll().some((child) => isResourceOfType(child, AWS_EKS_CLUSTER_TYPE))) {
    throw refusal(says.clusterOfAwsEks({ cluster: cluster.node.path }));
  }
}

/** The version of a cluster of this app; undefined for an imported one. */
function lastingVersionOf(cluster: eks.ICluster): string | undefined {
  const resource = cluster.node.defaultChild;
  const version = isResourceOfType(resource, CLUSTER_TYPE) ? (resource as CfnCluster).version : undefined;
  if (version !== undefined) requireLastingVersion(resource as CfnCluster, version);
  return version;
}

/**
 * Checks the versions of a control plane and of its nodes, where they are given and no tokens.
 *
 * @throws if one is malformed, or the nodes would lead their control plane or lag behind it beyond the kubelet skew
 */
export function requireSkewOfNodes(controlPlane: string, nodes: string | undefined): void {
  const [controlPlaneMinor, nodeMinor] = [controlPlane, nodes].map((version) => version !== undefined && isKnownAtSynth(version)
    ? KubernetesMinor.ofEks(version)
    : undefined);
  if (controlPlaneMinor && nodeMinor) requireSkew(controlPlaneMinor, nodeMinor, 'nodeKubernetesVersion');
}

/**
 * Refuses nodes that would lead their control plane or lag behind it beyond the kubelet skew.
 *
 * @param prop name of the prop that holds the version of the nodes
 */
function requireSkew(controlPlane: KubernetesMinor, nodes: KubernetesMinor, prop = 'kubernetesVersion'): void {
  switch (judgeSkew(controlPlane, nodes)) {
    case 'ahead':
      throw refusal(says.newerThanCluster({ prop, nodes, controlPlane }));
    case 'too far behind':
      throw refusal(says.tooFarBehindCluster({
        prop, nodes, skew: kubeletSkewOf(controlPlane), controlPlane, oldest: oldestKubeletFor(controlPlane),
      }));
  }
}
