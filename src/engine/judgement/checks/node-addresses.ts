import { addOnCalled, Change } from '../../change/change';
import { addressesOfNode } from '../../eks/addresses-of-node';
import { zonesOf } from '../../eks/roll-surge';
import { messages } from '../../messages/message';
import { VPC_CNI } from '../../state/add-on-names';
import { instanceTypesOf } from '../../state/instance-types-of';
import { runsWindows } from '../../state/node-group-state';
import { NodeRoom } from '../../state/node-room';
import { SubnetState } from '../../state/subnet-state';
import { Check, Observation } from '../check';
import { Roll, rollsOf, wavesOf } from '../rolls';

const says = messages({
  none: {
    text: 'no subnet of the node group has room for one more node, which needs {least: an IP address|at least # IP addresses}',
    remedy: 'free addresses in these subnets before the nodes are replaced, or move to a node group in other subnets',
  },
  prefixes: {
    text: 'nodes use prefixes of 16 contiguous addresses, and the number of free addresses does not tell how many prefixes fit',
    remedy: 'reserve prefixes in these subnets with a subnet CIDR reservation',
  },
  short: {
    text: [
      'the roll launches up to {surge} more nodes, but its subnets have room for {placed} of them,',
      'beside the other node groups that roll: a node uses up to {usual} IP addresses',
    ],
    remedy: 'free addresses in these subnets, let node groups wait for each other with upgradeAfter, or use the update strategy MINIMAL',
  },
});

/**
 * The subnets of a node group that is rolled have free IP addresses for at least one new node.
 *
 * A roll launches up to twice as many nodes as the group has zones, and groups that do not wait for each other roll side by side.
 * Where no subnet has room for a single node, EKS gives up after 15 minutes with `NodeCreationFailure`; where the surge does not
 * fit, the roll takes longer, and pods on the new nodes wait for addresses, which is a warning. How many addresses are free says
 * nothing of room for prefixes, which is an information.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html
 */
export const nodeAddresses: Check = {
  id: 'node-addresses',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  messages: says,

  * examine(change) {
    const found = rollsOf(change);
    if (!found?.nodeRoom.subnets.known) return;
    for (const wave of wavesOf(change, found.rolls)) {
      const free = new Map(found.nodeRoom.subnets.value.map(({ id, freeAddresses }) => [id, freeAddresses]));
      for (const roll of wave) {
        const observation = observe(change, found.nodeRoom, found.nodeRoom.subnets.value, roll, free);
        if (observation) yield observation;
      }
    }
  },
};

/** @param free what the other rolls of the wave leave of each subnet; this one takes its share */
function observe(
  change: Change, nodeRoom: NodeRoom, all: readonly SubnetState[], roll: Roll, free: Map<string, number>,
): Observation | undefined {
  const { group, surge } = roll;
  const subnets = all.filter(({ id }) => group.subnetIds.includes(id));
  if (subnets.length === 0 || surge === 0) return undefined;
  const about = { kind: 'node group', name: group.name } as const;
  const details = zoneByZone(roll, subnets);
  const { least, usual, inBlocks } = addressesOf(change, nodeRoom, roll);
  if (!subnets.some(({ freeAddresses }) => freeAddresses >= least)) {
    return { about, ...says.none({ least }), details };
  }
  if (inBlocks) {
    return { about, severity: 'info', ...says.prefixes({}), details, unknown: true };
  }
  if (surge === undefined || usual === undefined) return undefined;
  const placed = place(surge, usual, subnets, free);
  return placed === surge ? undefined : {
    about,
    severity: 'warning',
    ...says.short({ surge, placed: placed === 0 ? 'none' : placed, usual }),
    details,
  };
}

function addressesOf(change: Change, { instanceTypes, ipFamily }: NodeRoom, { group, room }: Roll) {
  const names = instanceTypesOf(group, room);
  const types = instanceTypes.known ? instanceTypes.value.filter(({ name }) => names.includes(name)) : [];
  return addressesOfNode(types, { ipFamily, runsWindows: runsWindows(group) }, addOnCalled(change, VPC_CNI));
}

/** Puts nodes where most is free, one after the other. Returns how many fit. */
function place(nodes: number, addresses: number, subnets: readonly SubnetState[], free: Map<string, number>): number {
  for (let placed = 0; placed < nodes; placed++) {
    const [{ id }] = [...subnets].sort((a, b) => free.get(b.id)! - free.get(a.id)!);
    if (free.get(id)! < addresses) return placed;
    free.set(id, free.get(id)! - addresses);
  }
  return nodes;
}

function zoneByZone({ group }: Roll, subnets: readonly SubnetState[]): string[] {
  return zonesOf(group, subnets).flatMap((zone) => {
    const free = subnets.filter((subnet) => subnet.zone === zone).map(({ id, freeAddresses }) => `${freeAddresses} free in ${id}`);
    return free.length > 0 ? `${zone}: ${free.join(', ')}` : [];
  });
}
