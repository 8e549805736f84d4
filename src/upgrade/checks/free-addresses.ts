import { aboutCluster, Check, unreadable } from '../check';

const ADDRESSES_NEEDED = 5;

/**
 * The subnets of the cluster have at least 5 free IP addresses, and none of them is used up.
 *
 * EKS needs up to 5 addresses for the new control plane while the old one still runs; without them the update fails,
 * and a subnet without any can fail it with `IpNotAvailable`, which is a warning here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const freeAddresses: Check = {
  id: 'free-addresses',
  severity: 'error',

  * examine(change) {
    const { direction, state: { subnets } } = change;
    if (direction === 'none') return;
    if (!subnets.known) {
      yield unreadable(change, 'the free addresses of the subnets', subnets.why);
      return;
    }
    const about = aboutCluster(change);
    const free = subnets.value.reduce((sum, { freeAddresses: count }) => sum + count, 0);
    const details = subnets.value.map(({ id, freeAddresses: count }) => `${id}: ${count} free`);
    if (free < ADDRESSES_NEEDED) {
      yield {
        about,
        message: `the subnets of the cluster have ${free} free IP addresses, and the update needs up to ${ADDRESSES_NEEDED}`,
        remedy: 'free addresses in these subnets, or give the cluster further subnets in the same availability zones',
        details,
      };
      return;
    }
    const usedUp = subnets.value.filter(({ freeAddresses: count }) => count === 0).map(({ id }) => id);
    if (usedUp.length > 0) {
      yield {
        about,
        severity: 'warning',
        message: `no free IP address is left in ${usedUp.join(', ')}, where EKS may want to place the new control plane`,
        remedy: 'free addresses there, or replace the subnet by another in the same availability zone',
        details,
      };
    }
  },
};
