import { messages } from '../../messages/message';
import { SubnetState } from '../../state/subnet-state';
import { aboutCluster, Check, unread, unreadable } from '../check';

const ADDRESSES_NEEDED = 5;
const ZONES_NEEDED = 2;
const NEEDED = { needed: ADDRESSES_NEEDED, zones: ZONES_NEEDED };

const says = messages({
  unread: unread('the free addresses of the subnets'),
  none: {
    text: 'no subnet of the cluster has {needed} free IP addresses, and the update needs them in {zones} availability zones',
    remedy: 'free addresses in these subnets, or add subnets in the same availability zones to the cluster',
  },
  oneZone: {
    text: [
      'of the subnets of the cluster, only those in {zone} have {needed} free IP addresses, and the update needs them in {zones}',
      'availability zones',
    ],
    remedy: 'free addresses in these subnets, or add subnets in the same availability zones to the cluster',
  },
  short: {
    text: 'fewer than {needed} IP addresses are free in {subnets}, where EKS may place the new control plane',
    remedy: 'free addresses there, or replace the subnet with another in the same availability zone',
  },
});

/**
 * At least two subnets of the cluster, in different availability zones, have 5 free IP addresses each, and no further one has fewer.
 *
 * EKS needs up to 5 addresses for the new control plane while the old one still runs, and places it in two zones; without them the update
 * fails. A further subnet with fewer is a warning: EKS asks for 5 "in each subnet", and whether one short subnet of three fails
 * the update is not documented.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 * @see https://github.com/clowdhaus/eksup/blob/main/docs/info/checks.md
 * @see https://github.com/aws/containers-roadmap/issues/1693
 */
export const freeAddresses: Check = {
  id: 'free-addresses',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
  messages: says,

  * examine(change) {
    const { direction, state: { subnets } } = change;
    if (direction === 'none') return;
    if (!subnets.known) {
      yield unreadable(change, says.unread({ why: subnets.why }));
      return;
    }
    const about = aboutCluster(change);
    const details = subnets.value.map(({ id, zone, freeAddresses: count }) => `${id} (${zone}): ${count} free`);
    const zones = zonesWithRoom(subnets.value);
    if (zones.length < ZONES_NEEDED) {
      yield {
        about,
        ...zones.length === 0 ? says.none(NEEDED) : says.oneZone({ ...NEEDED, zone: zones[0] }),
        details,
      };
      return;
    }
    const short = subnets.value.filter(({ freeAddresses: count }) => count < ADDRESSES_NEEDED);
    if (short.length > 0) {
      yield {
        about,
        severity: 'warning',
        ...says.short({ needed: ADDRESSES_NEEDED, subnets: short.map(describeShort) }),
        details,
      };
    }
  },
};

function zonesWithRoom(subnets: readonly SubnetState[]): string[] {
  return [...new Set(subnets.filter(({ freeAddresses: count }) => count >= ADDRESSES_NEEDED).map(({ zone }) => zone))];
}

function describeShort({ id, freeAddresses: count }: SubnetState): string {
  return `${id} (${count === 0 ? 'none' : count})`;
}
