import { KUBE_PROXY, POD_IDENTITY_AGENT, VPC_CNI } from '../state/add-on-names';

/**
 * The order in which what belongs to a cluster is upgraded, and created: written down here for plans and templates alike.
 *
 * EKS recommends control plane, add-ons, nodes. Add-ons that need nodes to become active, such as CoreDNS and CSI drivers, come after them.
 * On the way back, which takes two deployments, all but the control plane goes in the first one, in the same order.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export const UPGRADE_ORDER = ['control plane', 'add-ons before nodes', 'node groups', 'add-ons after nodes'] as const;

/** What is upgraded together. */
export type UpgradeStage = typeof UPGRADE_ORDER[number];

/** The add-ons without which a node does not become ready. */
const NEEDED_BY_NODES = [VPC_CNI, KUBE_PROXY, POD_IDENTITY_AGENT];

/** Whether nodes need an add-on to become ready, as far as its name tells. */
export function isNeededByNodes(addOnName: string): boolean {
  return NEEDED_BY_NODES.includes(addOnName);
}

/** Puts things into the order of their stages; those of the same stage stay as they are. */
export function inUpgradeOrder<T>(things: readonly T[], stageOf: (thing: T) => UpgradeStage): T[] {
  return UPGRADE_ORDER.flatMap((stage) => things.filter((thing) => stageOf(thing) === stage));
}
