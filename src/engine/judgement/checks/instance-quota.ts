import { nodeGroupsOf } from '../../change/change';
import { instanceQuotaOf } from '../../eks/instance-quota';
import { messages } from '../../messages/message';
import { instanceTypesOf } from '../../state/instance-types-of';
import { NodeGroupState } from '../../state/node-group-state';
import { NodeRoom } from '../../state/node-room';
import { aboutCluster, Check } from '../check';
import { Roll, rollsOf, wavesOf } from '../rolls';

const says = messages({
  exceeded: {
    text: "rolls launch up to {surge} more vCPUs beside the {taken} of the running nodes, but the quota '{name}' ({code}) is {vcpus}",
    remedy: 'request a higher quota, or let node groups wait for each other with upgradeAfter',
  },
});

/**
 * The vCPU quotas of EC2 have room for the nodes that rolls launch, beside the nodes that the node groups of the cluster have.
 *
 * Node groups that wait for each other do not launch nodes at the same time: the largest wave counts. Of several instance types the
 * smallest counts, and what else runs in the account is not looked at: where this check objects, the surge does not fit for certain;
 * where it does not, it need not fit.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
export const instanceQuota: Check = {
  id: 'instance-quota',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html',
  messages: says,

  * examine(change) {
    const found = rollsOf(change);
    if (!found?.nodeRoom.quotas.known || !found.nodeRoom.instanceTypes.known) return;
    const waves = wavesOf(change, found.rolls);
    for (const { code, name, vcpus } of found.nodeRoom.quotas.value) {
      const surgeOf = (wave: readonly Roll[]) => sum(wave.map((roll) => vcpusOf(found.nodeRoom, roll.group, code) * (roll.surge ?? 0)));
      const surge = Math.max(0, ...waves.map(surgeOf));
      const taken = sum(nodeGroupsOf(change).map((group) => vcpusOf(found.nodeRoom, group, code) * (group.scaling?.desiredSize ?? 0)));
      if (surge === 0 || taken + surge <= vcpus) continue;
      yield {
        about: aboutCluster(change),
        ...says.exceeded({ surge, taken, name, code, vcpus }),
      };
    }
  },
};

/** Of one node, where it falls under a quota for certain. */
function vcpusOf({ instanceTypes, nodeGroups }: NodeRoom, group: NodeGroupState, code: string): number {
  const names = instanceTypesOf(group, nodeGroups[group.name]);
  const types = instanceTypes.known ? instanceTypes.value.filter(({ name }) => names.includes(name)) : [];
  const areKnown = types.length > 0 && types.length === names.length;
  const fallsUnder = areKnown && types.every(({ name }) => instanceQuotaOf(name, group.capacityType) === code);
  return fallsUnder ? Math.min(...types.map(({ vcpus }) => vcpus)) : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
