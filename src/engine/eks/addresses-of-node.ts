import { AddOnState } from '../state/add-on-state';
import { InstanceTypeState } from '../state/node-room';

/** How many addresses of its subnet a node takes. */
export interface AddressesOfNode {
  /** Without so many, it cannot start or run a pod. */
  readonly least: number;
  /** So many it takes where it gets them; undefined where that is not known. */
  readonly usual?: number;
  /** Whether it takes blocks of 16 addresses in a row, of which the number of free addresses says nothing. */
  readonly inBlocks: boolean;
}

/**
 * How many addresses of its subnet a node takes from the VPC CNI plugin.
 *
 * By default those of its first network interface and of a second one that is kept warm, or of as many as `WARM_ENI_TARGET` says. Whoever
 * uses `WARM_IP_TARGET` or `MINIMUM_IP_TARGET` takes so many instead; with IPv6 or custom networking, pods take none of the node's subnet.
 * The settings of a plugin that EKS does not manage are not known: then the default is assumed for what is usual, and nothing but the
 * node's own address for what is needed. The plugin does not run on Windows: such a node has one network interface, on which the VPC
 * resource controller of EKS keeps three addresses warm, or what the `Windows` settings of the plugin say, in blocks if they say so.
 *
 * @param types the instance types of the node group; the largest counts
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 * @see https://github.com/aws/amazon-vpc-resource-controller-k8s/blob/master/docs/windows/secondary_ip_mode_config_options.md
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/charts/aws-vpc-cni/templates/configmap.yaml the settings for Windows
 */
export function addressesOfNode(
  types: readonly InstanceTypeState[],
  { ipFamily, runsWindows }: { readonly ipFamily: 'ipv4' | 'ipv6'; readonly runsWindows: boolean },
  vpcCni: AddOnState | undefined,
): AddressesOfNode {
  const setting = (name: string) => settingIn(vpcCni?.configurationValues, name);
  const target = (...names: string[]) => Math.max(...names.map((name) => Number(setting(name)) || 0));
  if (runsWindows) {
    if (setting('enableWindowsPrefixDelegation') === 'true') return { least: 1, inBlocks: true };
    const warm = target('warmWindowsIPTarget', 'minimumWindowsIPTarget') || WARM_ON_WINDOWS;
    return { least: 1, usual: Math.min(1 + warm, addressesOf(types, 1) ?? Infinity), inBlocks: false };
  }
  if (ipFamily === 'ipv6' || setting('AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG') === 'true') return { least: 1, usual: 1, inBlocks: false };
  if (setting('ENABLE_PREFIX_DELEGATION') === 'true') return { least: 1, inBlocks: true };

  const warmInterfaces = Number(setting('WARM_ENI_TARGET'));
  const warm = target('WARM_IP_TARGET', 'MINIMUM_IP_TARGET');
  return {
    least: vpcCni ? 2 : 1,
    usual: warm > 0 ? 1 + warm : addressesOf(types, 1 + (Number.isNaN(warmInterfaces) ? 1 : warmInterfaces)),
    inBlocks: false,
  };
}

/** How many addresses are kept for pods on a Windows node where no setting says otherwise. */
const WARM_ON_WINDOWS = 3;

/** Those of some network interfaces, as far as the instance has them. */
function addressesOf(types: readonly InstanceTypeState[], interfaces: number): number | undefined {
  const ofTypes = types.map((type) => type.addressesPerInterface * Math.min(type.interfaces, interfaces));
  return ofTypes.length === 0 ? undefined : Math.max(...ofTypes);
}

/** A setting of the plugin, from its configuration in JSON or YAML. */
function settingIn(configuration: string | undefined, name: string): string | undefined {
  return new RegExp(`\\b${name}["']?\\s*:\\s*["']?([\\w.-]+)`).exec(configuration ?? '')?.[1];
}
