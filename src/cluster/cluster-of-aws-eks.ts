import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, IConstruct } from 'constructs';
import { says, warnings } from './messages';
import { MovedCluster } from './moved-cluster';
import { warn } from '../diagnostics/annotations';
import { refusal } from '../engine/messages/refusal';
import { AWS_EKS_CLUSTER_TYPE } from '../engine/state/deployed-stack';
import { isResourceOfType } from '../node-group/resource-type';

/** How `addNodegroupCapacity()` maps the role of nodes in the ConfigMap `aws-auth`. */
const NODE_ROLE_MAPPING: eksv1.AwsAuthMapping = {
  username: 'system:node:{{EC2PrivateDNSName}}',
  groups: ['system:bootstrappers', 'system:nodes'],
};

/** What the older module keeps to itself. */
interface Hidden {
  readonly version: eksv1.KubernetesVersion;
  readonly physicalName: string;
}

/**
 * A cluster that this app makes with the older `aws-eks`.
 *
 * Its resource is a custom resource, and what its own node groups do beside being a resource is done for those of `aws-eks-v2`:
 * their role is mapped in the ConfigMap `aws-auth`, unless access entries alone decide, and the load balancer controller waits for them.
 *
 * @param scope where guard and add-ons are made
 */
export function clusterOfAwsEks(scope: Construct, cluster: eksv1.Cluster): MovedCluster {
  const { version: { version }, physicalName } = cluster as unknown as Hidden;
  return {
    construct: cluster,
    scope,
    cluster: seenByAwsEksV2(scope, cluster),
    resource: resourceOf(cluster),
    literalName: Token.isUnresolved(physicalName) ? undefined : physicalName,
    kubernetesVersion: version,
    allowsAccessEntries: ['API', 'API_AND_CONFIG_MAP'].includes(cluster.authenticationMode as string),
    kubectlLayer: cluster.kubectlLayer,
    podIdentityAgent: () => cluster.eksPodIdentityAgent!,
    completeNodeGroup: (group) => {
      letNodesIn(cluster, group);
      cluster.albController?.node.addDependency(group);
    },
  };
}

/**
 * Maps the role of nodes in the ConfigMap `aws-auth`, unless access entries alone decide.
 *
 * @throws if the role is in another stack, which would have to wait for this one, and this one for it
 */
function letNodesIn(cluster: eksv1.Cluster, group: eks.Nodegroup): void {
  const mode = cluster.authenticationMode as string | undefined;
  if (mode === 'API') return;
  if (Stack.of(group.role) !== Stack.of(cluster)) {
    throw refusal(says.nodeRoleInAnotherStack({ cluster: cluster.node.path }), { at: group.node.path });
  }
  cluster.awsAuth.addRoleMapping(group.role, NODE_ROLE_MAPPING);
  const { amiType = '' } = group.node.defaultChild as eksv1.CfnNodegroup;
  if (amiType.startsWith('WINDOWS_') && mode !== 'API_AND_CONFIG_MAP') warnOfKubeProxyOnWindows(group);
}

/**
 * The ConfigMap of a running cluster must not change by itself, so the lines are told.
 *
 * Where access entries count as well, EKS makes one for the role, which knows the group.
 *
 * @see https://github.com/aws/aws-cdk/issues/36625
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
function warnOfKubeProxyOnWindows(group: eks.Nodegroup): void {
  const groups = [...NODE_ROLE_MAPPING.groups, 'eks:kube-proxy-windows'].map((name) => `'${name}'`).join(', ');
  warn(group, warnings.windowsAwsAuth({ mapping: `{ username: '${NODE_ROLE_MAPPING.username}', groups: [${groups}] }` }));
}

/** Whether this app makes a cluster of the older `aws-eks`. */
export function isMadeHere(cluster: IConstruct): cluster is eksv1.Cluster {
  return resourceOf(cluster) !== undefined;
}

function resourceOf(cluster: IConstruct): CfnResource | undefined {
  return cluster.node.defaultChild?.node.findAll().find((child): child is CfnResource => isResourceOfType(child, AWS_EKS_CLUSTER_TYPE));
}

/** A cluster of `aws-eks` as `aws-eks-v2` sees it: imported by its attributes, of which node groups and add-ons need few. */
export function seenByAwsEksV2(scope: Construct, cluster: eksv1.ICluster): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(scope, 'Cluster', {
    clusterName: cluster.clusterName,
    clusterEndpoint: toldBy(() => cluster.clusterEndpoint),
    clusterCertificateAuthorityData: toldBy(() => cluster.clusterCertificateAuthorityData),
    clusterSecurityGroupId: toldBy(() => cluster.clusterSecurityGroupId),
    vpc: toldBy(() => cluster.vpc),
    ipFamily: cluster.ipFamily as eks.IpFamily | undefined,
  });
}

/** Imported clusters may be without, and say so by throwing. */
function toldBy<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
