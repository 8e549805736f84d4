import { CfnResource, Fn, Token } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../engine/messages/refusal';
import { CLUSTER_TYPES } from '../../engine/state/deployed-stack';
import { says } from '../messages';
import { clusterConstructOf } from '../node-group-host';
import { NodeLaunchOptions } from '../node-launch-options';
import { isResourceOfType } from '../resource-type';

/** What a node has to know of its cluster to join it. */
export interface JoinedCluster {
  readonly name: string;
  readonly endpoint: string;
  /** Encoded in base64. */
  readonly certificateAuthority: string;
  readonly serviceCidr?: string;
  readonly isIpv6: boolean;
  /** The address of its DNS. */
  readonly dns?: string;
}

/**
 * What nodes have to know of a cluster: what the options say, else what the cluster tells.
 *
 * @throws if endpoint or certificate authority are not known
 */
export function joinedCluster(cluster: eks.ICluster, options: NodeLaunchOptions): JoinedCluster {
  const serviceCidr = options.serviceCidr ?? serviceCidrOf(cluster);
  const isIpv6 = cluster.ipFamily === eks.IpFamily.IP_V6;
  return {
    name: cluster.clusterName,
    endpoint: options.clusterEndpoint ?? told('clusterEndpoint', () => cluster.clusterEndpoint),
    certificateAuthority: options.clusterCertificateAuthority ?? told(
      'clusterCertificateAuthority', () => cluster.clusterCertificateAuthorityData,
    ),
    serviceCidr,
    isIpv6,
    dns: serviceCidr === undefined || isDynamicReference(serviceCidr) ? undefined : dnsIn(serviceCidr, isIpv6),
  };
}

/** The address of the cluster's DNS, as nodeadm works it out: the tenth of an IPv4 range, the `a` of an IPv6 one. */
function dnsIn(serviceCidr: string, isIpv6: boolean): string {
  if (!Token.isUnresolved(serviceCidr)) {
    return serviceCidr.includes(':') ? `${serviceCidr.split('/')[0]}a` : serviceCidr.replace(/\.\d+\/\d+$/, '.10');
  }
  return isIpv6
    ? `${Fn.select(0, Fn.split('/', serviceCidr))}a`
    : Fn.join('.', [...[0, 1, 2].map((index) => Fn.select(index, Fn.split('.', serviceCidr))), '10']);
}

/** Nothing can be worked out of what CloudFormation resolves after all functions. */
function isDynamicReference(value: string): boolean {
  return !Token.isUnresolved(value) && value.includes('{{resolve:');
}

function told(option: string, read: () => string): string {
  try {
    return read();
  } catch {
    throw refusal(says.joinOptionMissing({ option }));
  }
}

/** The range that the app gives the cluster, or that EKS gives an IPv6 cluster; that of an IPv4 cluster CloudFormation does not tell. */
function serviceCidrOf(cluster: eks.ICluster): string | undefined {
  const construct = clusterConstructOf(cluster);
  const resource = construct.node.findAll().find((child): child is CfnResource =>
    CLUSTER_TYPES.some((type) => isResourceOfType(child, type)));
  if (!resource) return undefined;
  if (cluster.ipFamily === eks.IpFamily.IP_V6) return (resource as CfnCluster).attrKubernetesNetworkConfigServiceIpv6Cidr;
  const given = serviceIpv4CidrGivenTo(resource);
  return typeof given === 'string' || given === undefined ? given : Token.asString(given);
}

/** What a resource was given, and what escape hatches lay over it; the CDK keeps both to itself. */
interface Given {
  readonly cfnProperties: Record<string, any>;
  readonly rawOverrides: { readonly Properties?: Record<string, any> };
}

/** As it stands: to render the cluster while the tree is built would fix values that the app may still add to. */
function serviceIpv4CidrGivenTo(resource: CfnResource): unknown {
  const { cfnProperties: given, rawOverrides: { Properties: over = {} } } = resource as unknown as Given;
  return over.KubernetesNetworkConfig?.ServiceIpv4Cidr ?? over.Config?.kubernetesNetworkConfig?.serviceIpv4Cidr
    ?? (given.kubernetesNetworkConfig ?? given.Config?.kubernetesNetworkConfig)?.serviceIpv4Cidr;
}
