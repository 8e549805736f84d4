import { messages } from '../../messages/message';
import { Launch, SuspendedProcess } from '../../state/node-room';
import { Check, Observation } from '../check';
import { rollsOf } from '../rolls';

/** So many launches tell how it goes. */
const LAST_LAUNCHES = 10;

/** One launch that failed may be chance. */
const FAILURES_OF_ONE_CAUSE = 2;

/** What a roll needs of an Auto Scaling group. */
const NEEDED_PROCESSES = ['Launch', 'Terminate'];

const says = messages({
  noneLaunches: {
    text: 'all of its last {count} node launches failed: {why}',
    remedy: 'remove the cause and let the node group launch a node before you roll it',
  },
  lastFailed: {
    text: 'its last node launch failed: {why}',
    remedy: 'remove the cause and let the node group launch a node before you roll it',
  },
  suspended: {
    text: '{processes and} of its Auto Scaling group {processes: is|are} suspended, without which no node can be replaced',
    remedy: "resume the processes with 'aws autoscaling resume-processes'",
  },
});

/**
 * The Auto Scaling groups of node groups that are rolled launch nodes, and may do so.
 *
 * Where launching fails already (quota, capacity, a KMS key that may not be used, a broken template), new nodes of a roll fail as
 * well: a warning when the last launch failed, an error when none of the last ones succeeded. A suspended process is a warning.
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
      const observed = [...launches.known ? ofLaunches(launches.value) : [], ...suspended.known ? ofSuspended(suspended.value) : []];
      for (const observation of observed) yield { about: { kind: 'node group', name: group.name }, ...observation };
    }
  },
};

function* ofLaunches(launches: readonly Launch[]): Iterable<Omit<Observation, 'about'>> {
  const last = launches.slice(0, LAST_LAUNCHES);
  if (last[0]?.successful === false) {
    const failed = last.filter(({ successful }) => !successful);
    const why = plainly(failed[0].message);
    const none = failed.length === last.length && failed.length >= FAILURES_OF_ONE_CAUSE;
    yield {
      severity: none ? 'error' : 'warning',
      ...none ? says.noneLaunches({ count: failed.length, why }) : says.lastFailed({ why }),
      details: [...new Set(failed.map(({ endedAt, message }) => `${endedAt.slice(0, 10)}: ${plainly(message)}`))],
    };
  }
}

function* ofSuspended(suspended: readonly SuspendedProcess[]): Iterable<Omit<Observation, 'about'>> {
  const needed = suspended.filter(({ name }) => NEEDED_PROCESSES.includes(name));
  if (needed.length > 0) {
    yield {
      ...says.suspended({ processes: needed.map(({ name }) => name) }),
      details: needed.map(({ name, reason }) => `${name}: ${plainly(reason)}`),
    };
  }
}

function plainly(words: string): string {
  return words.trim().replace(/\.$/, '') || 'AWS gives no reason';
}
