import { CfnResource, Fn, Token } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { renderedProperties } from '../../diagnostics/rendered-properties';
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
  return {
    name: cluster.clusterName,
    endpoint: options.clusterEndpoint ?? told('clusterEndpoint', () => cluster.clusterEndpoint),
    certificateAuthority: options.clusterCertificateAuthority ?? told(
      'clusterCertificateAuthority', () => cluster.clusterCertificateAuthorityData,
    ),
    serviceCidr,
    dns: serviceCidr === undefined || isDynamicReference(serviceCidr) ? undefined : dnsIn(
      serviceCidr, cluster.ipFamily === eks.IpFamily.IP_V6,
    ),
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
  const { KubernetesNetworkConfig: network, Config: config } = renderedProperties(resource);
  const rendered = network?.ServiceIpv4Cidr ?? config?.kubernetesNetworkConfig?.serviceIpv4Cidr;
  return typeof rendered === 'string' || rendered === undefined ? rendered : Token.asString(rendered);
}
