import { wantedOfNodeGroup } from '../../change/change';
import { NodeGroupIntent } from '../../change/upgrade-intent';
import { messages } from '../../messages/message';
import { regionOfCluster } from '../../state/cluster-state';
import { Launch, SuspendedProcess } from '../../state/node-room';
import { Check, Observation } from '../check';
import { rollsOf } from '../rolls';

/** So many launches tell how it goes. */
const LAST_LAUNCHES = 10;

/** One launch that failed may be chance. */
const FAILURES_OF_ONE_CAUSE = 2;

/** What a roll needs of an Auto Scaling group. */
const NEEDED_PROCESSES = ['Launch', 'Terminate'];

/** A launch that failed for its image says so: `The AMI ID … does not exist`, `AMI … is pending, and cannot be run`. */
const NAMES_IMAGE = /\b(ami|image)\b/i;

const NONE = 'all of its last {count} node launches failed: {why}';
const LAST = 'its last node launch failed: {why}';
const REPAIR = 'remove the cause and let the node group launch a node before you roll it';
const VERIFY = 'make sure that this deployment removes the cause; otherwise remove it before you roll the node group';

const says = messages({
  noneLaunches: { text: NONE, remedy: REPAIR },
  noneLaunchesCurable: { text: NONE, remedy: VERIFY },
  lastFailed: { text: LAST, remedy: REPAIR },
  lastFailedCurable: { text: LAST, remedy: VERIFY },
  suspended: {
    text: '{processes and} of its Auto Scaling group {processes: is|are} suspended, without which no node can be replaced',
    remedy: "resume the processes with 'aws autoscaling resume-processes --auto-scaling-group-name {group} --scaling-processes {names}"
      + "{region? --region #}'",
  },
});

/**
 * The Auto Scaling groups of node groups that are rolled launch nodes, and may do so.
 *
 * Where launching fails already (quota, capacity, a KMS key that may not be used, a broken template), new nodes of a roll fail as
 * well: a warning when the last launch failed, an error when none of the last ones succeeded. It is a warning, too, where the
 * deployment may be the repair: it gives the nodes another launch template or image of one's own, which may cure anything, or
 * another release, which cures only what AWS blames on the image. A suspended process is a warning.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html
 */
export const nodeGroupLaunches: Check = {
  id: 'node-group-launches',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html',
  messages: says,

  * examine(change) {
    for (const { group, room: { launches, suspended } } of rollsOf(change)?.rolls ?? []) {
      const wanted = wantedOfNodeGroup(change, group.name);
      const observed = [
        ...launches.known ? ofLaunches(launches.value, wanted) : [],
        ...suspended.known ? ofSuspended(suspended.value, regionOfCluster(change.state)) : [],
      ];
      for (const observation of observed) yield { about: { kind: 'node group', name: group.name }, ...observation };
    }
  },
};

function* ofLaunches(launches: readonly Launch[], wanted: NodeGroupIntent): Iterable<Omit<Observation, 'about'>> {
  const last = launches.slice(0, LAST_LAUNCHES);
  if (last[0]?.successful === false) {
    const failed = last.filter(({ successful }) => !successful);
    const why = plainly(failed[0].message);
    const none = failed.length === last.length && failed.length >= FAILURES_OF_ONE_CAUSE;
    const isCurable = mayCure(wanted, why);
    const [noneLaunches, lastFailed] = isCurable
      ? [says.noneLaunchesCurable, says.lastFailedCurable]
      : [says.noneLaunches, says.lastFailed];
    yield {
      severity: none && !isCurable ? 'error' : 'warning',
      ...none ? noneLaunches({ count: failed.length, why }) : lastFailed({ why }),
      details: [...new Set(failed.map(({ endedAt, message }) => `${endedAt.slice(0, 10)}: ${plainly(message)}`))],
    };
  }
}

/** Whether what a roll gives the nodes may be the end of what made their launches fail. */
function mayCure({ image, otherChanges = [] }: NodeGroupIntent, why: string): boolean {
  return image !== undefined || otherChanges.includes('LaunchTemplate') || NAMES_IMAGE.test(why);
}

function* ofSuspended(suspended: readonly SuspendedProcess[], region: string | undefined): Iterable<Omit<Observation, 'about'>> {
  const needed = suspended.filter(({ name }) => NEEDED_PROCESSES.includes(name));
  for (const group of new Set(needed.map((process) => process.group))) {
    const processes = needed.filter((process) => process.group === group);
    const names = processes.map(({ name }) => name);
    yield {
      ...says.suspended({ processes: names, group, names: names.join(' '), region }),
      details: processes.map(({ name, reason }) => `${name}: ${plainly(reason)}`),
    };
  }
}

function plainly(words: string): string {
  return words.trim().replace(/\.$/, '') || 'AWS gives no reason';
}
